/*
 * The operating-time clock, against slow twins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/operating.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>

enum
{
    DAYS = 60
};

// Two months in which one day has 23 hours and another 25, as in March and October.
static const OperatingDays *
some_days(Arena *arena, Instant starts[DAYS + 1], int classes[DAYS])
{
    starts[0] = 1000 * HOURS_24 + 22 * HOUR;
    for (int i = 0; i < DAYS; i++) {
        classes[i] = i % 7 == 5 ? 1 : i % 7 == 6 ? 2 : i % 19 == 4 ? 3 : 0;
        starts[i + 1] = starts[i] + HOURS_24 - (i == 20 ? HOUR : 0) + (i == 40 ? HOUR : 0);
    }
    return operating_days_create(arena, starts, classes, DAYS);
}

static double
slow_hours(const Instant *starts, const int *classes, const double *rates, Instant a, Instant b)
{
    double minutes = 0;

    for (Instant at = a; at < b; at += MINUTE)
        for (int i = 0; i < DAYS; i++)
            if (at >= starts[i] && at < starts[i + 1])
                minutes += rates[classes[i]];
    return minutes / 60;
}

static void
operating_hours_equal_a_walk_minute_by_minute(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Instant starts[DAYS + 1];
    int classes[DAYS];
    const OperatingDays *const days = some_days(arena, starts, classes);
    const double rates[] = {1, .5, .01, .25};
    Dice dice = {21};

    for (int i = 0; i < 60; i++) {
        const Instant a = starts[0] + dice_below(&dice, DAYS * 24 * 60) * MINUTE;
        const Instant b = a + dice_below(&dice, 20 * 24 * 60) * MINUTE;
        const OperatingStamp from = operating_stamp(days, a);
        const OperatingStamp to = operating_stamp(days, b);

        assert_close(
            operating_hours(rates, &from, &to), slow_hours(starts, classes, rates, a, b), 1e-9);
        assert_true(operating_hours(rates, &to, &from) == 0);
    }
    arena_destroy(arena);
}

static void
advancing_by_the_hours_between_arrives(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Instant starts[DAYS + 1];
    int classes[DAYS];
    const OperatingDays *const days = some_days(arena, starts, classes);
    const double rates[] = {1, 1, .01, .3};
    Dice dice = {22};

    for (int i = 0; i < 2000; i++) {
        const Instant a = starts[0] + dice_below(&dice, 30 * 24 * 60) * MINUTE;
        const Instant b = a + dice_below(&dice, 20 * 24 * 60) * MINUTE;
        const OperatingStamp from = operating_stamp(days, a);
        const OperatingStamp to = operating_stamp(days, b);
        const Instant back = operating_advance(days, rates, a, operating_hours(rates, &from, &to));

        assert_true(llabs(back - b) < SECOND);
    }
    assert_true(operating_advance(days, rates, starts[0], 1e9) == INSTANT_NONE);
    assert_true(operating_advance(days, rates, starts[0], INFINITY) == INSTANT_NONE);
    assert_true(operating_advance(days, rates, INSTANT_NONE, 1) == INSTANT_NONE);
    arena_destroy(arena);
}

// Whatever the minute at which a wait begins: a lorry that leaves at 22 hours leaves in the same hour of the wait.
static void
waits_are_told_by_the_clock_on_the_wall(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Instant starts[] = {0, HOURS_24, 2 * HOURS_24, 3 * HOURS_24};
    const OperatingDays *const days =
        operating_days_create(arena, starts, (const int[]){0, 2, 0}, 3);
    const double rates[] = {1, 1, 0, 1};  // the second day rests
    const OperatingStamp leaves = operating_stamp(days, 22 * HOUR + 20 * MINUTE);
    const OperatingStamp after_rest = operating_stamp(days, 2 * HOURS_24 + 4 * HOUR);

    for (int minute = 0; minute < 60; minute += 7) {
        const Instant at = 16 * HOUR + minute * MINUTE;
        const OperatingStamp from = operating_stamp(days, at);
        const OperatingStamp soon = operating_stamp(days, at + 3 * MINUTE);

        assert_close(operating_wait(rates, &from, &leaves), 6 + 1. / 3, 1e-12);
        assert_close(operating_wait(rates, &from, &after_rest), 12, 1e-12);
        assert_true(operating_wait_end(days, rates, at, 6.5) == 22 * HOUR + 30 * MINUTE);
        if (minute < 57) {
            assert_close(operating_wait(rates, &from, &soon), .05, 1e-12);
            assert_true(operating_wait_end(days, rates, at, .05) == at + 3 * MINUTE);
        } else {
            assert_true(operating_wait(rates, &from, &soon) >= 1);
        }
        assert_true(operating_wait_end(days, rates, at, 1) >= at);
        assert_true(operating_wait(rates, &leaves, &from) == 0);
    }
    arena_destroy(arena);
}

// Whatever minute of a slow day a wait began at, the lorry of a later working day leaves after as many whole hours.
static void
waits_from_slow_days_end_on_full_hours(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Instant starts[] = {0, 24 * HOUR, 48 * HOUR};
    const int classes[] = {2, 0};
    const OperatingDays *const days = operating_days_create(arena, starts, classes, 2);
    const double rates[] = {1, 1, 2. / 24, 0};  // an hour of the clock takes twelve
    const OperatingStamp leaves = operating_stamp(days, 28 * HOUR + 20 * MINUTE);

    for (Instant at = 0; at < 24 * HOUR; at += 7 * MINUTE) {
        const OperatingStamp from = operating_stamp(days, at);
        const double hours = (at < 12 * HOUR ? 6 : 5) + 1. / 3;

        assert_close(operating_wait(rates, &from, &leaves), hours, 1e-9);
        assert_in_range(
            operating_wait_end(days, rates, at, hours) - 28 * HOUR - 20 * MINUTE + SECOND, 0,
            2 * SECOND);
        assert_true(operating_wait_end(days, rates, at, 0) == at);
    }
    arena_destroy(arena);
}

// Friday's (or Saturday's) 20:00, when Saturday runs and Sunday is worth two hours: hours of the day stay those of the wall.
static void
rounds_know_how_long_days_of_rest_are(void **state)
{
    (void)state;
    static const double runs[] = {1, 1, 2. / 24}, rests[] = {1, 0, 0};
    static const struct
    {
        int kind, hour;
        double hours;
        const double *rates;
        int nights, rest, at;
    } rows[] = {
        {0, 20, 3.5, runs, 0, 0, 23},
        {0, 20, 4.5, runs, 1, 1, 0},
        {0, 20, 28.5, runs, 2, 1, 6},
        {0, 20, 29.5, runs, 2, 1, 18},
        {0, 20, 34.5, runs, 2, 0, 4},
        {6, 20, 4.5, runs, 1, 1, 6},
        {5, 13, 1.5, runs, 0, 0, 0},
        {0, 20, 8.5, rests, 1, 0, 4},
        {2, 20, 28.5, rests, 2, 0, 0},
        {4, 20, 200.5, rests, 3, 0, 4},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(
            phase_round(rows[i].kind * PHASE_HOURS + rows[i].hour, rows[i].hours, rows[i].rates),
            (rows[i].nights * 2 + rows[i].rest) * PHASE_HOURS + rows[i].at);
}

static void
instants_outside_the_table_count_as_its_ends(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Instant starts[DAYS + 1];
    int classes[DAYS];
    const OperatingDays *const days = some_days(arena, starts, classes);
    const double rates[] = {1, 1, 1, 1};
    const OperatingStamp first = operating_stamp(days, INSTANT_NONE);
    const OperatingStamp last = operating_stamp(days, INT64_MAX);

    assert_close(operating_hours(rates, &first, &last), DAYS * 24, 1e-12);
    arena_destroy(arena);
}

static void
ratios_lean_on_what_is_known(void **state)
{
    (void)state;
    double ratios[4];
    double rates[4];

    // working days: 1000 events in 1000 h; Saturday 500 in 1000 h; Sunday none in 1000 h; one quiet holiday
    operating_ratios(
        (const int64_t[]){1000, 500, 0, 0}, (const int64_t[]){1000, 1000, 1000, 24}, NULL, ratios);
    assert_close(ratios[1], 520.0 / 1020, 1e-12);
    assert_close(ratios[2], 20.0 / 1020, 1e-12);
    assert_close(ratios[3], 20.0 / (24 + 1020), 1e-12);
    operating_rates(ratios, rates);
    assert_true(rates[0] == 1 && rates[1] == 1);
    assert_true(rates[2] == 0 && rates[3] == 0);
    operating_rates((const double[]){1, .36, .34, .03}, rates);
    assert_true(rates[1] == 1 && rates[2] == 8. / 24 && rates[3] == 1. / 24);

    // nothing known: the prior, or no difference
    operating_ratios((const int64_t[]){0, 0, 0, 0}, (const int64_t[]){0, 0, 0, 0},
        (const double[]){1, .9, .2, .1}, ratios);
    assert_true(ratios[1] == .9 && ratios[2] == .2 && ratios[3] == .2);
    operating_ratios((const int64_t[]){0, 5, 5, 5}, (const int64_t[]){0, 9, 9, 9}, NULL, ratios);
    assert_true(ratios[1] == 1 && ratios[2] == 1 && ratios[3] == 1);
}

// By hand: 5 ends a day and none on Sundays, whose rate leans on 20 events: 20 / 120 a weekday's. A gap is then told by
// 1 / (500 + 100 + 100 / 6) of an hour instead of 1 / 700.
static void
a_clock_earns_what_days_of_rest_tell(void **state)
{
    (void)state;
    const int64_t exposure[OPERATING_CLASSES] = {500, 100, 100, 0};
    const int64_t rests[OPERATING_CLASSES] = {500, 100, 0, 0};
    const int64_t works[OPERATING_CLASSES] = {500, 100, 100, 0};
    const int64_t none[OPERATING_CLASSES] = {0};

    assert_close(operating_gain(rests, exposure, NULL), log(700 / (600 + 100. / 6)), 2e-3);
    assert_close(operating_gain(works, exposure, NULL), 0, 1e-12);
    assert_true(isnan(operating_gain(none, exposure, NULL)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operating_hours_equal_a_walk_minute_by_minute),
        cmocka_unit_test(advancing_by_the_hours_between_arrives),
        cmocka_unit_test(waits_are_told_by_the_clock_on_the_wall),
        cmocka_unit_test(waits_from_slow_days_end_on_full_hours),
        cmocka_unit_test(rounds_know_how_long_days_of_rest_are),
        cmocka_unit_test(instants_outside_the_table_count_as_its_ends),
        cmocka_unit_test(ratios_lean_on_what_is_known),
        cmocka_unit_test(a_clock_earns_what_days_of_rest_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
