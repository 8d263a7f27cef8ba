#include "alerts/alerts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// Bounds of a pause, for any key.
static void
assert_between(int64_t attempt, int64_t least, int64_t most)
{
    Arena *const arena = arena_create();

    for (int key = 0; key < 200; key++) {
        const int64_t pause = alert_backoff_seconds(arena_printf(arena, "k%d", key), attempt, 0);

        assert_true(pause >= least && pause <= most);
    }
    arena_destroy(arena);
}

static void
waits_longer_each_time(void **state)
{
    (void)state;
    assert_between(1, 30, 60);
    assert_between(2, 60, 120);
    assert_between(5, 480, 960);
    assert_between(9, 7680, 15360);
}

static void
never_more_than_six_hours_nor_less_than_half_a_minute(void **state)
{
    (void)state;
    assert_between(10, 10800, 21600);
    assert_between(INT64_MAX, 10800, 21600);
    assert_between(0, 30, 60);
    assert_between(-7, 30, 60);
}

// Ten thousand messages that failed together spread over the pause, and each one's pause is always the same.
static void
chance_spreads_them(void **state)
{
    Arena *const arena = arena_create();
    int quarters[4] = {0};

    (void)state;
    for (int key = 0; key < 10000; key++) {
        const char *const name = arena_printf(arena, "case-%d:new:lost", key);
        const int64_t pause = alert_backoff_seconds(name, 5, 0);

        assert_int_equal(pause, alert_backoff_seconds(name, 5, 0));
        quarters[(pause - 480) * 4 / 481]++;
    }
    for (int i = 0; i < 4; i++)
        assert_in_range(quarters[i], 2300, 2700);
    arena_destroy(arena);
}

static void
what_the_server_asks_is_the_least(void **state)
{
    (void)state;
    assert_int_equal(alert_backoff_seconds("k", 1, 3600), 3600);
    assert_int_equal(alert_backoff_seconds("k", 1, 30 * 86400), 86400);
    assert_true(alert_backoff_seconds("k", 8, 5) > 3600);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_longer_each_time),
        cmocka_unit_test(never_more_than_six_hours_nor_less_than_half_a_minute),
        cmocka_unit_test(chance_spreads_them),
        cmocka_unit_test(what_the_server_asks_is_the_least),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
