#include "alerts/alerts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
waits_longer_each_time(void **state)
{
    (void)state;
    assert_int_equal(alert_backoff_seconds(1), 60);
    assert_int_equal(alert_backoff_seconds(2), 120);
    assert_int_equal(alert_backoff_seconds(5), 960);
    assert_int_equal(alert_backoff_seconds(9), 15360);
}

static void
never_more_than_six_hours(void **state)
{
    (void)state;
    assert_int_equal(alert_backoff_seconds(10), 21600);
    assert_int_equal(alert_backoff_seconds(11), 21600);
    assert_int_equal(alert_backoff_seconds(INT64_MAX), 21600);
}

static void
never_less_than_a_minute(void **state)
{
    (void)state;
    assert_int_equal(alert_backoff_seconds(0), 60);
    assert_int_equal(alert_backoff_seconds(-7), 60);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_longer_each_time),
        cmocka_unit_test(never_more_than_six_hours),
        cmocka_unit_test(never_less_than_a_minute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
