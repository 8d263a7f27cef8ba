#include "core/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// Days and weekdays that are written in books: the epoch, leap days, the turn of centuries.
static void
civil_days_are_counted_right(void **state)
{
    static const struct
    {
        int year, month, day;
        Day number;
        int weekday;  // 0 Monday
    } cases[] = {
        {1970, 1, 1, 0, 3},
        {2000, 1, 1, 10957, 5},
        {2000, 2, 29, 11016, 1},
        {2024, 2, 29, 19782, 3},
        {2026, 11, 20, 20777, 4},
        {2038, 1, 19, 24855, 1},
        {2100, 3, 1, 47541, 0},
        {1969, 12, 31, -1, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int year, month, day;

        assert_int_equal(
            day_from_civil(cases[i].year, cases[i].month, cases[i].day), cases[i].number);
        assert_int_equal(day_weekday(cases[i].number), cases[i].weekday);
        day_to_civil(cases[i].number, &year, &month, &day);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(month, cases[i].month);
        assert_int_equal(day, cases[i].day);
    }
}

static void
every_day_is_the_day_after_the_one_before(void **state)
{
    int year = 1969, month = 12, day = 31;

    (void)state;
    for (Day number = 0; number < 84000; number++) {
        const int before_year = year, before_month = month, before_day = day;

        day_to_civil(number, &year, &month, &day);
        assert_true(day_is_valid(year, month, day));
        assert_int_equal(day_from_civil(year, month, day), number);
        if (day != before_day + 1 || month != before_month) {
            assert_int_equal(day, 1);
            assert_true(month == before_month + 1 || (month == 1 && year == before_year + 1));
            assert_true(
                before_year < YEAR_MIN || !day_is_valid(before_year, before_month, before_day + 1));
        }
    }
}

// As the French code of civil procedure counts (art. 641): to the same day, in a month without it to the last.
static void
months_end_where_they_end(void **state)
{
    static const struct
    {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2026-01-31", 1, "2026-02-28"},
        {"2024-01-31", 1, "2024-02-29"},
        {"2024-01-31", 13, "2025-02-28"},
        {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"},
        {"2023-02-28", 12, "2024-02-28"},
        {"2026-05-31", 1, "2026-06-30"},
        {"2026-12-31", 2, "2027-02-28"},
        {"2026-11-30", 1, "2026-12-30"},
        {"2026-11-04", 0, "2026-11-04"},
        {"2026-11-04", 12, "2027-11-04"},
        {"1999-12-31", 2, "2000-02-29"},
        {"2099-12-31", 2, "2100-02-28"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Day from = 0;

        assert_true(day_parse(cases[i].from, &from));
        assert_string_equal(day_print(arena, day_add_months(from, cases[i].months)), cases[i].to);
    }
    arena_destroy(arena);
}

static void
days_that_do_not_exist_are_refused(void **state)
{
    static const char *const wrong[] = {"2023-02-29", "2100-02-29", "2026-13-01", "2026-00-10",
        "2026-04-31", "2026-1-1", "26-01-01", "2026/01/01", "20260101", "2026-01-01 ",
        " 2026-01-01", "1969-12-31", "2200-01-01", "", "2026-01-0x", "-026-01-01"};
    Day day = 7;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (day_parse(wrong[i], &day))
            fail_msg("\"%s\" is no day", wrong[i]);
    assert_int_equal(day, 7);
    assert_true(day_parse("2024-02-29", &day));
}

static void
instants_need_their_zone(void **state)
{
    static const struct
    {
        const char *text;
        int64_t seconds;
        int64_t micros;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0, 0},
        {"2026-11-20T23:00:00Z", 1795215600, 0},
        {"2026-11-20 23:00:00+00", 1795215600, 0},
        {"2026-11-21t00:00:00+01:00", 1795215600, 0},
        {"2026-11-20T18:00-0500", 1795215600, 0},
        {"2026-11-21T04:45:00.5 +0545", 1795215600, 500000},
        {"2026-11-20T23:00:00.123456789Z", 1795215600, 123456},
        {"2026-11-20T23:00:00,25Z", 1795215600, 250000},
        {"2026-11-20T24:00:00Z", 1795219200, 0},
        {"2016-12-31T23:59:60Z", 1483228800, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Instant at = 0;

        if (!instant_parse(cases[i].text, &at))
            fail_msg("\"%s\" is an instant", cases[i].text);
        assert_int_equal(at, cases[i].seconds * SECOND + cases[i].micros);
    }
}

static void
other_texts_are_no_instants(void **state)
{
    static const char *const wrong[] = {"2026-11-20", "2026-11-20T23:00:00", "2026-11-20T25:00:00Z",
        "2026-11-20T24:00:01Z", "2026-11-20T23:60:00Z", "2026-11-20T23:00:61Z",
        "2026-11-20T23:00:00ZZ", "2026-11-20T23:00:00+19:00", "2026-11-20T23:00:00+01:60",
        "2026-11-20T23:00:00.Z", "2026-11-20T23Z", "20/11/2026 23:00", "now", "infinity",
        "2026-11-20T23:00:00 Europe/Paris", ""};
    Instant at = 7;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (instant_parse(wrong[i], &at))
            fail_msg("\"%s\" is no instant", wrong[i]);
    assert_int_equal(at, 7);
}

static void
wall_clocks_have_none(void **state)
{
    int64_t wall = 0;

    (void)state;
    assert_true(wall_parse("1970-01-02", &wall));
    assert_int_equal(wall, HOURS_24);
    assert_true(wall_parse("1970-01-01 06:30", &wall));
    assert_int_equal(wall, 6 * HOUR + 30 * MINUTE);
    assert_true(wall_parse("1970-01-01T00:00:01.5", &wall));
    assert_int_equal(wall, 1500000);
    assert_false(wall_parse("1970-01-01T00:00:00Z", &wall));
    assert_false(wall_parse("1970-01-01T", &wall));
    assert_false(wall_parse("1970-01-01 06", &wall));
    assert_int_equal(wall, 1500000);
}

static void
what_is_printed_is_read_back(void **state)
{
    static const Instant instants[] = {
        0, 1, -1 * SECOND + HOURS_24, 1795215600 * SECOND + 42, INT64_C(4102444800) * SECOND - 1};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        Instant back = INSTANT_NONE;

        assert_true(instant_parse(instant_print(arena, instants[i]), &back));
        assert_int_equal(back, instants[i]);
    }
    assert_string_equal(instant_print(arena, 1795215600 * SECOND), "2026-11-20T23:00:00Z");
    assert_string_equal(instant_print(arena, 500000), "1970-01-01T00:00:00.500000Z");
    assert_string_equal(instant_print(arena, -SECOND), "1969-12-31T23:59:59Z");
    assert_string_equal(day_print(arena, 20777), "2026-11-20");
    arena_destroy(arena);
}

static void
an_hour_of_the_day_is_read_exactly(void **state)
{
    static const char *const WRONG[] = {"", "18", "18:0", "8:00", "18:00:00", "24:01", "25:00",
        "18:60", " 18:00", "18:00 ", "18h00"};
    int minutes = -7;

    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        assert_false(clock_parse(WRONG[i], &minutes));
    assert_int_equal(minutes, -7);
    assert_true(clock_parse("00:00", &minutes));
    assert_int_equal(minutes, 0);
    assert_true(clock_parse("18:05", &minutes));
    assert_int_equal(minutes, 1085);
    assert_true(clock_parse("24:00", &minutes));
    assert_int_equal(minutes, 1440);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_days_are_counted_right),
        cmocka_unit_test(every_day_is_the_day_after_the_one_before),
        cmocka_unit_test(months_end_where_they_end),
        cmocka_unit_test(an_hour_of_the_day_is_read_exactly),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(instants_need_their_zone),
        cmocka_unit_test(other_texts_are_no_instants),
        cmocka_unit_test(wall_clocks_have_none),
        cmocka_unit_test(what_is_printed_is_read_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
