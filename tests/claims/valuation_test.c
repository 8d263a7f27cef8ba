#include "claims/valuation.h"

#include "core/claim_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EUR(amount)                                                                                \
    {                                                                                              \
        .minor = (amount), .currency = "EUR"                                                       \
    }

static Shipment
parcel(int64_t grams, int64_t value_minor)
{
    return (Shipment){
        .weight_grams = grams,
        .purchase_value = EUR(value_minor),
        .freight_charge = EUR(690),
    };
}

static Valuation
value(Arena *arena, const Liability *liabilities, size_t count, bool sum, const Shipment *shipment)
{
    const TermsRule rule = {.liabilities = liabilities, .liability_count = count, .sum = sum};

    static const SdrRate rates[] = {
        {.day = 20700, .currency = "EUR", .source = "test", .micros = 1187000}};
    static const TermsBook book = {.rates = rates, .rate_count = 1};

    return claim_valuation(arena, &book, &rule, shipment, 20740);
}

// The four regimes of one parcel of 1.2 kg worth 180 EUR, as published for each.
static void
the_same_parcel_under_four_regimes(void **state)
{
    static const Liability postal[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "L7"},
        {.kind = LIABILITY_PER_KG, .amount = EUR(2300), .clause = "R2-2"},
    };
    static const Liability road[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "22.1"},
        {.kind = LIABILITY_PER_KG, .amount = EUR(3300), .clause = "22.1"},
        {.kind = LIABILITY_CAP, .amount = EUR(100000), .clause = "22.1"},
    };
    static const Liability flat[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "-"},
        {.kind = LIABILITY_FLAT, .amount = EUR(2500), .clause = "flat"},
    };
    static const Liability contract[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "-"},
        {.kind = LIABILITY_CAP, .amount = EUR(25000), .clause = "250"},
    };
    Arena *const arena = arena_create();
    const Shipment shipment = parcel(1200, 18000);

    (void)state;
    assert_int_equal(value(arena, postal, 2, false, &shipment).payable.minor, 2760);
    assert_int_equal(value(arena, road, 3, false, &shipment).payable.minor, 3960);
    assert_int_equal(value(arena, flat, 2, false, &shipment).payable.minor, 2500);
    assert_int_equal(value(arena, contract, 2, false, &shipment).payable.minor, 18000);
    arena_destroy(arena);
}

static void
every_line_says_what_it_rests_on(void **state)
{
    static const Liability postal[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "CPCE L7"},
        {.kind = LIABILITY_PER_KG, .amount = EUR(2300), .clause = "CPCE R2-2"},
    };
    Arena *const arena = arena_create();
    const Shipment shipment = parcel(1200, 18000);
    const Valuation valuation = value(arena, postal, 2, false, &shipment);

    (void)state;
    assert_int_equal(valuation.line_count, 2);
    assert_string_equal(words_valuation(arena, LANGUAGE_ENGLISH, &valuation.lines[0]),
        "purchase value 180.00\u00a0EUR");
    assert_string_equal(valuation.lines[0].clause, "CPCE L7");
    assert_false(valuation.lines[0].decided);
    assert_string_equal(words_valuation(arena, LANGUAGE_ENGLISH, &valuation.lines[1]),
        "1,200\u00a0g \u00d7 23.00\u00a0EUR/kg");
    assert_string_equal(valuation.lines[1].clause, "CPCE R2-2");
    assert_true(valuation.lines[1].decided);
    arena_destroy(arena);
}

static void
sums_are_limited_by_caps(void **state)
{
    static const Liability sum[] = {
        {.kind = LIABILITY_FLAT, .amount = EUR(4000), .clause = "a"},
        {.kind = LIABILITY_PER_KG, .amount = EUR(450), .clause = "b"},
        {.kind = LIABILITY_FREIGHT_REFUND, .percent = 100, .clause = "c"},
        {.kind = LIABILITY_CAP, .amount = EUR(5300), .clause = "d"},
    };
    Arena *const arena = arena_create();
    const Shipment light = parcel(1000, 18000), heavy = parcel(2000, 18000);
    const Valuation below = value(arena, sum, 4, true, &light);
    const Valuation above = value(arena, sum, 4, true, &heavy);

    (void)state;
    assert_int_equal(below.payable.minor, 5140);  // 40.00 + 4.50 + 6.90
    assert_true(below.lines[0].decided && below.lines[1].decided && below.lines[2].decided);
    assert_false(below.lines[3].decided);
    assert_int_equal(above.payable.minor, 5300);  // 40.00 + 9.00 + 6.90 = 55.90
    assert_false(above.lines[0].decided || above.lines[1].decided || above.lines[2].decided);
    assert_true(above.lines[3].decided);
    arena_destroy(arena);
}

static void
the_first_of_equal_amounts_decides(void **state)
{
    static const Liability equal[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "first"},
        {.kind = LIABILITY_FLAT, .amount = EUR(2500), .clause = "second"},
    };
    Arena *const arena = arena_create();
    const Shipment shipment = parcel(1200, 2500);
    const Valuation valuation = value(arena, equal, 2, false, &shipment);

    (void)state;
    assert_true(valuation.lines[0].decided);
    assert_false(valuation.lines[1].decided);
    arena_destroy(arena);
}

static void
missing_facts_are_named_and_nothing_is_guessed(void **state)
{
    static const Liability all[] = {
        {.kind = LIABILITY_PROVED_VALUE, .clause = "a"},
        {.kind = LIABILITY_PER_KG, .amount = EUR(2300), .clause = "b"},
        {.kind = LIABILITY_FREIGHT_REFUND, .percent = 100, .clause = "c"},
    };
    static const struct
    {
        Shipment shipment;
        const char *missing;
    } cases[] = {
        {{0}, "value, weight_grams, freight_charge"},
        {{.weight_grams = 1200, .freight_charge = EUR(690)}, "value"},
        {{.weight_grams = 1200, .freight_charge = EUR(690), .sale_value = {18000, "USD"}},
            "value in EUR"},
        {{.weight_grams = 1200, .freight_charge = {690, "GBP"}, .sale_value = EUR(18000)},
            "freight_charge in EUR"},
        {{.weight_grams = -5, .freight_charge = EUR(690), .sale_value = EUR(18000)},
            "weight_grams"},
        {{.weight_grams = INT64_MAX, .freight_charge = EUR(690), .sale_value = EUR(18000)},
            "weight_grams"},
        {{.weight_grams = 1200, .freight_charge = EUR(690), .sale_value = EUR(-1)}, "value"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Valuation valuation = value(arena, all, 3, false, &cases[i].shipment);

        assert_string_equal(valuation.missing, cases[i].missing);
        assert_false(money_is_known(valuation.payable));
        for (size_t k = 0; k < valuation.line_count; k++)
            assert_false(valuation.lines[k].decided);
    }
    arena_destroy(arena);
}

static void
terms_that_disagree_in_currency_pay_nothing(void **state)
{
    static const Liability mixed[] = {
        {.kind = LIABILITY_FLAT, .amount = EUR(2500), .clause = "a"},
        {.kind = LIABILITY_CAP, .amount = {5000, "GBP"}, .clause = "b"},
    };
    Arena *const arena = arena_create();
    const Shipment shipment = parcel(1200, 2500);
    const Valuation valuation = value(arena, mixed, 2, false, &shipment);

    (void)state;
    assert_false(money_is_known(valuation.payable));
    assert_non_null(strstr(valuation.missing, "cannot combine EUR and GBP"));
    arena_destroy(arena);
}

static void
terms_without_amounts_are_missing_one(void **state)
{
    Arena *const arena = arena_create();
    const Shipment shipment = parcel(1200, 2500);

    (void)state;
    assert_string_equal(value(arena, NULL, 0, false, &shipment).missing, "an amount in the terms");
    arena_destroy(arena);
}

static void
facts_are_named_once(void **state)
{
    Arena *const arena = arena_create();
    Text missing = {.arena = arena};

    (void)state;
    missing_add(&missing, "value");
    missing_add(&missing, "value in EUR");
    missing_add(&missing, "value");
    missing_add(&missing, "sale_value");
    missing_add(&missing, "value in EUR");
    assert_string_equal(text_get(&missing), "value, value in EUR, sale_value");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_parcel_under_four_regimes),
        cmocka_unit_test(every_line_says_what_it_rests_on),
        cmocka_unit_test(sums_are_limited_by_caps),
        cmocka_unit_test(the_first_of_equal_amounts_decides),
        cmocka_unit_test(missing_facts_are_named_and_nothing_is_guessed),
        cmocka_unit_test(terms_that_disagree_in_currency_pay_nothing),
        cmocka_unit_test(terms_without_amounts_are_missing_one),
        cmocka_unit_test(facts_are_named_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
