#include "core/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
only_two_clocks_are_hours(void **state)
{
    static const char *const wrong[] = {
        "22", "22-7", "22:00-7:00", "22:00-24:01", "22:00 07:00", "22:00-07:00 ", "aa:00-07:00"};
    QuietHours quiet = {1, 2};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(quiet_hours_parse(wrong[i], &quiet));
    assert_int_equal(quiet.from, 1);
    assert_true(quiet_hours_parse("22:00-07:30", &quiet));
    assert_int_equal(quiet.from, 22 * 60);
    assert_int_equal(quiet.to, 7 * 60 + 30);
}

// In Paris; the clock goes back on 2026-10-25 at 03:00 and forward on 2026-03-29 at 02:00.
static void
what_is_quiet_waits_for_the_end_of_the_hours(void **state)
{
    static const struct
    {
        const char *hours, *at, *after;
    } cases[] = {
        {"22:00-07:00", "2026-11-20T20:59:59Z", "2026-11-20T20:59:59Z"},
        {"22:00-07:00", "2026-11-20T21:00:00Z", "2026-11-21T06:00:00Z"},
        {"22:00-07:00", "2026-11-21T00:30:00Z", "2026-11-21T06:00:00Z"},
        {"22:00-07:00", "2026-11-21T06:00:00Z", "2026-11-21T06:00:00Z"},
        {"22:00-07:00", "2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"},
        {"22:00-07:00", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"},
        {"22:00-02:30", "2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z"},
        {"22:00-02:30", "2026-10-25T00:45:00Z", "2026-10-25T00:45:00Z"},
        {"22:00-02:30", "2026-10-25T01:15:30Z", "2026-10-25T01:30:00Z"},
        {"12:00-14:00", "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z"},
        {"12:00-14:00", "2026-11-20T13:00:00Z", "2026-11-20T13:00:00Z"},
        {"18:00-00:00", "2026-11-20T17:30:00Z", "2026-11-20T23:00:00Z"},
        {"07:00-07:00", "2026-11-20T06:30:00Z", "2026-11-20T06:30:00Z"},
        {"", "2026-11-20T02:00:00Z", "2026-11-20T02:00:00Z"},
    };
    Arena *const arena = arena_create();
    Err err = {0};
    const Zone *const paris = zone_load(arena, "Europe/Paris", &err);

    (void)state;
    assert_non_null(paris);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        QuietHours quiet;
        Instant at;

        assert_true(quiet_hours_parse(cases[i].hours, &quiet));
        assert_true(instant_parse(cases[i].at, &at));
        assert_string_equal(
            instant_print(arena, quiet_hours_after(quiet, paris, at)), cases[i].after);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_two_clocks_are_hours),
        cmocka_unit_test(what_is_quiet_waits_for_the_end_of_the_hours),
    };

    return cmocka_run_group_tests_name("quiet hours", tests, NULL, NULL);
}
