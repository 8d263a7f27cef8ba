#include "core/money.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
amounts_are_read_as_people_write_them(void **state)
{
    static const struct
    {
        const char *text, *currency;
        int64_t minor;
    } cases[] = {
        {"0", "EUR", 0},
        {"12", "EUR", 1200},
        {"12.5", "EUR", 1250},
        {"12,50", "EUR", 1250},
        {"1 234,50", "EUR", 123450},
        {"1,234.50", "EUR", 123450},
        {"1.234,50", "EUR", 123450},
        {"1,234,567", "EUR", 123456700},
        {"1.234.567,8", "EUR", 123456780},
        {"12 345 678", "EUR", 1234567800},
        {"-3.20", "EUR", -320},
        {"1.500", "KWD", 1500},
        {"1,5", "KWD", 1500},
        {"12.3000", "EUR", 1230},
        {"100", "JPY", 100},
        {"100.00", "JPY", 100},
        {"0.01", "EUR", 1},
        {"9999999999.99", "EUR", INT64_C(999999999999)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Money money = MONEY_NONE;
        Err err = {0};

        if (!money_parse(cases[i].text, cases[i].currency, &money, &err))
            fail_msg("\"%s\" %s: %s", cases[i].text, cases[i].currency, err.text);
        if (money.minor != cases[i].minor)
            fail_msg("\"%s\" became %lld", cases[i].text, (long long)money.minor);
        assert_string_equal(money.currency, cases[i].currency);
    }
}

// An amount that could be two amounts, or is none, is refused rather than guessed.
static void
doubtful_amounts_are_refused(void **state)
{
    static const struct
    {
        const char *text, *currency;
    } cases[] = {
        {"1,234", "EUR"},
        {"1.234", "EUR"},
        {"12.345", "EUR"},
        {"1,234", "JPY"},
        {"", "EUR"},
        {"-", "EUR"},
        {"+5", "EUR"},
        {".5", "EUR"},
        {"5.", "EUR"},
        {"5,", "EUR"},
        {"12 34,50", "EUR"},
        {"1,23,456.00", "EUR"},
        {"1.234,56.78", "EUR"},
        {"1 2345", "EUR"},
        {" 12", "EUR"},
        {"12 ", "EUR"},
        {"12 EUR", "EUR"},
        {"1e3", "EUR"},
        {"0x10", "EUR"},
        {"nan", "EUR"},
        {"12.345,6", "eur"},
        {"12", "EURO"},
        {"12", "XXX"},
        {"12", ""},
        {"12.999", "EUR"},
        {"0.5", "JPY"},
        {"1'000.00", "EUR"},
        {"10000000000000", "EUR"},
        {"99999999999999999999999999", "EUR"},
        {"--1", "EUR"},
        {"1-", "EUR"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Money money = {77, "USD"};
        Err err = {0};

        if (money_parse(cases[i].text, cases[i].currency, &money, &err))
            fail_msg("\"%s\" became %lld", cases[i].text, (long long)money.minor);
        assert_int_equal(err.kind, ERR_DATA);
        assert_true(err.text[0] != '\0');
        assert_int_equal(money.minor, 77);
        assert_string_equal(money.currency, "USD");
    }
}

static void
what_is_printed_is_read_back(void **state)
{
    static const char *const currencies[] = {"EUR", "JPY", "KWD"};
    Arena *const arena = arena_create();
    uint64_t random = 42;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);

        Money money = {(int64_t)(random >> 26) % MONEY_MINOR_MAX, ""};
        Money back = MONEY_NONE;
        Err err = {0};
        const char *const currency = currencies[i % 3];

        for (size_t c = 0; c < 3; c++)
            money.currency[c] = currency[c];
        if (i % 7 == 0)
            money.minor = -money.minor;
        if (!money_parse(money_amount(arena, money), currency, &back, &err))
            fail_msg("%s: %s", money_amount(arena, money), err.text);
        assert_int_equal(back.minor, money.minor);
    }
    assert_string_equal(money_print(arena, (Money){-5, "EUR"}), "-0.05 EUR");
    assert_string_equal(money_print(arena, (Money){1, "KWD"}), "0.001 KWD");
    assert_string_equal(money_print(arena, (Money){7, "JPY"}), "7 JPY");
    arena_destroy(arena);
}

static void
currencies_never_mix(void **state)
{
    Money out = MONEY_NONE;
    Err err = {0};

    (void)state;
    assert_true(money_add((Money){100, "EUR"}, (Money){-30, "EUR"}, &out, &err));
    assert_int_equal(out.minor, 70);
    assert_true(money_add((Money){100, "EUR"}, MONEY_NONE, &out, &err));
    assert_int_equal(out.minor, 100);
    assert_true(money_add(MONEY_NONE, (Money){5, "USD"}, &out, &err));
    assert_string_equal(out.currency, "USD");
    assert_false(money_add((Money){1, "EUR"}, (Money){1, "USD"}, &out, &err));
    assert_int_equal(err.kind, ERR_DATA);
    assert_string_equal(out.currency, "USD");
    err = (Err){0};
    assert_false(money_add((Money){INT64_MAX, "EUR"}, (Money){1, "EUR"}, &out, &err));
    assert_true(money_least((Money){3, "EUR"}, (Money){2, "EUR"}, &out, &err));
    assert_int_equal(out.minor, 2);
    err = (Err){0};
    assert_false(money_least((Money){3, "EUR"}, (Money){2, "USD"}, &out, &err));
}

// Half to even, as IEEE 754 and most contracts round: never a drift over many amounts.
static void
shares_round_half_to_even(void **state)
{
    static const struct
    {
        int64_t minor, numerator, denominator, expect;
    } cases[] = {
        {5, 1, 2, 2},
        {15, 1, 2, 8},
        {25, 1, 10, 2},
        {35, 1, 10, 4},
        {-5, 1, 2, -2},
        {-15, 1, 2, -8},
        {100, 1, 3, 33},
        {200, 1, 3, 67},
        {INT64_C(999999999999), INT64_C(999999999999), INT64_C(999999999999),
            INT64_C(999999999999)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(money_share((Money){cases[i].minor, "EUR"}, cases[i].numerator,
                             cases[i].denominator, ROUND_HALF_EVEN)
                             .minor,
            cases[i].expect);
}

static void
expectations_stay_between_nothing_and_all(void **state)
{
    const Money hundred = {10000, "EUR"};

    (void)state;
    assert_int_equal(money_expect(hundred, 0.25).minor, 2500);
    assert_int_equal(money_expect(hundred, -1).minor, 0);
    assert_int_equal(money_expect(hundred, 2).minor, 10000);
    assert_int_equal(money_expect(hundred, (double)NAN).minor, 0);
    assert_true(money_is_known(money_expect(hundred, 0)));
    assert_false(money_is_known(MONEY_NONE));
}

// What is read back from minor units is what was printed; no code, no currency.
static void
minor_units_have_their_currency(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(money_print(arena, money_of(123450, "EUR")), "1234.50 EUR");
    assert_string_equal(money_print(arena, money_of(1234, "JPY")), "1234 JPY");
    assert_true(money_is_known(money_of(0, "EUR")));
    assert_false(money_is_known(money_of(5, "")));
    assert_false(money_is_known(money_of(5, "EURO")));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_as_people_write_them),
        cmocka_unit_test(doubtful_amounts_are_refused),
        cmocka_unit_test(what_is_printed_is_read_back),
        cmocka_unit_test(currencies_never_mix),
        cmocka_unit_test(shares_round_half_to_even),
        cmocka_unit_test(expectations_stay_between_nothing_and_all),
        cmocka_unit_test(minor_units_have_their_currency),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
