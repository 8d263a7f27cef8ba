// The catalogue reads what the simulator writes: names, spellings and codes of its carriers.
#include "jobs/simulator/network.h"

#include "config/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const Catalogue *
load(Arena *arena)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Catalogue *const catalogue =
        catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);

    if (!catalogue)
        fail_msg("%s", err.text);
    return catalogue;
}

static void
every_spelling_is_known(void **state)
{
    Arena *const arena = arena_create();
    const Catalogue *const catalogue = load(arena);

    (void)state;
    for (int i = 0; i < CARRIER_COUNT; i++) {
        const Carrier *const carrier = &NETWORK_CARRIERS[i];
        const int index = catalogue_find(catalogue, carrier->id);
        assert_true(index >= 0);
        for (int spelling = 0; spelling < 3; spelling++)
            assert_int_equal(catalogue_find(catalogue, carrier->spellings[spelling]), index);
    }
    arena_destroy(arena);
}

static void
every_code_means_its_step(void **state)
{
    Arena *const arena = arena_create();
    const Catalogue *const catalogue = load(arena);
    int codes = 0;

    (void)state;
    for (int i = 0; i < CARRIER_COUNT; i++) {
        const Carrier *const carrier = &NETWORK_CARRIERS[i];
        for (int step = 0; step < STEP_COUNT; step++) {
            const char *const code = carrier->wordings[step].code;
            const Milestone milestone = step_milestone((Step)step);
            if (!code[0])
                continue;
            const CodeMeaning meaning =
                catalogue_code(catalogue, catalogue_find(catalogue, carrier->id), code, "");
            if (meaning.milestone != milestone ||
                meaning.physical != milestone_is_physical(milestone))
                fail_msg("%s: \"%s\" means %s in the catalogue, not %s", carrier->id, code,
                    milestone_name(meaning.milestone), milestone_name(milestone));
            codes++;
        }
    }
    assert_in_range(codes, 40, CARRIER_COUNT * STEP_COUNT);
    arena_destroy(arena);
}

static void
unmapped_codes_mean_nothing(void **state)
{
    static const char *const CODES[] = {"ZZ9", "QX7", "Q-404"};
    Arena *const arena = arena_create();
    const Catalogue *const catalogue = load(arena);

    (void)state;
    for (int i = 0; i < CARRIER_COUNT; i++)
        for (int code = 0; code < 3; code++)
            assert_int_equal(catalogue_code(catalogue,
                                 catalogue_find(catalogue, NETWORK_CARRIERS[i].id), CODES[code], "")
                                 .milestone,
                MILESTONE_UNMAPPED);
    arena_destroy(arena);
}

// Shares and tables have no holes: a service and an area for every draw, a text for every step.
static void
tables_are_whole(void **state)
{
    uint32_t carriers = 0;

    (void)state;
    for (int i = 0; i < CARRIER_COUNT; i++) {
        const Carrier *const carrier = &NETWORK_CARRIERS[i];
        uint32_t services = 0;
        carriers += carrier->share;
        assert_in_range(carrier->service_count, 1, SERVICES_MAX);
        for (uint32_t service = 0; service < carrier->service_count; service++)
            services += carrier->services[service].share;
        assert_int_equal(services, 100);
        for (int step = 0; step < STEP_COUNT; step++) {
            assert_non_null(carrier->wordings[step].text);
            assert_string_not_equal(carrier->wordings[step].text, carrier->wordings[step].other);
        }
    }
    assert_int_equal(carriers, 100);
    for (int i = 0; i < AREA_COUNT; i++) {
        assert_true(NETWORK_AREAS[i].weight > 0);
        assert_int_equal(NETWORK_AREAS[i].zone[0] != '\0', i < HOME_COUNT);
        assert_int_equal(NETWORK_AREAS[i].partner[0] != '\0', i >= HOME_COUNT);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_known),
        cmocka_unit_test(every_code_means_its_step),
        cmocka_unit_test(unmapped_codes_mean_nothing),
        cmocka_unit_test(tables_are_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
