// An explanation in words: p-values that people understand, and on what ground a judgement stands.
#include "jobs/report/explanation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
p_values_are_shares_of_parcels(void **state)
{
    static const struct
    {
        double p_value;
        const char *words;
    } cases[] = {
        {1, "100 in 100 parcels"},
        {0.5, "50 in 100 parcels"},
        {0.024, "2.4 in 100 parcels"},
        {0.01, "1.0 in 100 parcels"},
        {0.0024, "2.4 in 1,000 parcels"},
        {0.00024, "2.4 in 10,000 parcels"},
        {0.00002, "fewer than 1 in 10,000 parcels"},
        {0, "fewer than 1 in 10,000 parcels"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const said = explain_p_value(arena, LANGUAGE_ENGLISH, cases[i].p_value);

        if (!text_starts_with(said, cases[i].words))
            fail_msg("%g is \"%s\", not \"%s\"", cases[i].p_value, said, cases[i].words);
    }
    arena_destroy(arena);
}

static void
footings_follow_the_segment(void **state)
{
    const Shipment shipment = {.carrier = "gls",
        .service = "home",
        .origin_zone = "IDF",
        .destination_zone = "BE",
        .origin_country = "FR",
        .destination_country = "BE"};

    (void)state;
    assert_int_equal(explain_footing(&shipment, "gls / home / IDF>BE / in_transit"), FOOTING_LANE);
    assert_int_equal(explain_footing(&shipment, "gls / home / in_transit"), FOOTING_SERVICE);
    assert_int_equal(explain_footing(&shipment, "gls / in_transit"), FOOTING_CARRIER);
    assert_int_equal(explain_footing(&shipment, "all carriers / in_transit"), FOOTING_EVERYBODY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_values_are_shares_of_parcels),
        cmocka_unit_test(footings_follow_the_segment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
