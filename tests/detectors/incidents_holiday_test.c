/*
 * Nights by a public holiday, Easter Monday 2026 (tests/harness/timetable.h): nothing begins while depots rest, what began before
 * goes on, the next working day is judged, and other nights are not judged by such ones.
 */
#include "detectors/incidents/night_day.h"
#include "tests/harness/timetable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Day
april(int day)
{
    return day_from_civil(2026, 4, day);
}

static void
nights_by_a_holiday_are_known(void **state)
{
    static const struct
    {
        int before, last, weekday;
        bool by_holiday, long_rest;
    } rows[] = {
        {2, 3, 4, false, false},  // Good Friday is none in France
        {4, 5, 6, false, false},
        {5, 6, 6, true, true},
        {6, 7, 1, true, false},
        {7, 8, 2, true, false},
        {8, 9, 3, false, false},
        {5, 9, 3, true, false},   // a night of four days
        {30, 31, 6, true, true},  // 1 May
        {31, 32, 5, true, true},  // and the Saturday behind it
        {33, 34, 0, false, false},
    };
    const Timetable *const f = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const NightDay day = night_day(
            f->plan->calendar, april(1) + rows[i].before - 1, april(1) + rows[i].last - 1);

        assert_int_equal(day.weekday, rows[i].weekday);
        assert_int_equal(day.by_holiday, rows[i].by_holiday);
        assert_int_equal(night_day_is_long_rest(day), rows[i].long_rest);
    }
}

static void
a_slow_carrier_is_told_on_the_next_working_day(void **state)
{
    const Timetable *const f = *state;

    for (int day = 5; day <= 7; day++) {
        const Trouble trouble = {.first_hub = 0,
            .last_hub = HUBS - 1,
            .first = april(day),
            .last = april(day),
            .misses = .5,
            .silent_from = INSTANT_NONE};
        const IncidentsFound found = timetable_judge(f, f->arena, april(day), &trouble, NULL, 0);

        assert_int_equal(found.count, day != 6);
        if (day != 6)
            assert_int_equal(found.items[0].kind, INCIDENT_CARRIER);
    }
}

static void
an_open_incident_goes_on(void **state)
{
    const Timetable *const f = *state;
    const Trouble trouble = {.first_hub = 0,
        .last_hub = HUBS - 1,
        .first = april(5),
        .last = april(6),
        .misses = .5,
        .silent_from = INSTANT_NONE};
    IncidentsFound found = timetable_judge(f, f->arena, april(5), &trouble, NULL, 0);

    assert_int_equal(found.count, 1);
    found = timetable_judge(f, f->arena, april(6), &trouble, found.items, 1);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].event, INCIDENT_CONFIRMED);
    assert_int_equal(found.items[0].calm_nights, 0);
}

static void
a_silent_feed_is_told_on_the_next_working_day(void **state)
{
    const Timetable *const f = *state;
    Trouble trouble = calm;

    trouble.silent_from = zone_day_start(f->plan->zone, april(5)) + 20 * HOUR;
    trouble.silent_to = trouble.silent_from + 72 * HOUR;
    for (int day = 6; day <= 7; day++) {
        const IncidentsFound found = timetable_judge(f, f->arena, april(day), &trouble, NULL, 0);

        assert_int_equal(found.count, day == 7);
        if (day == 7) {
            assert_int_equal(found.items[0].kind, INCIDENT_FEED);
            assert_true(found.items[0].since < trouble.silent_from);
        }
    }
}

// A slow hub on a Monday, when a night in which all hubs were slow, and nobody told it, is known of a day before.
static Incident
slow_monday(const Timetable *f, Day known)
{
    const Trouble all = {.last_hub = HUBS - 1,
        .first = known,
        .last = known,
        .misses = .2,
        .silent_from = INSTANT_NONE};
    const Trouble hub = {.first_hub = 2,
        .last_hub = 2,
        .first = april(13),
        .last = april(13),
        .misses = .6,
        .silent_from = INSTANT_NONE};
    Timetable with = *f;
    IncidentsFound found;

    with.history.items = NULL;
    with.history.count = with.history.capacity = 0;
    for (size_t i = 0; i < f->history.count; i++)
        ARENA_PUSH(&with.history, f->history.items[i]);
    if (known != DAY_NONE) {
        const size_t first = with.history.count;

        found = timetable_judge(f, f->arena, known, &all, NULL, 0);
        timetable_remember(&with, &found);
        for (size_t i = first; i < with.history.count; i++)
            with.history.items[i].disturbed = false;
    }
    found = timetable_judge(&with, f->arena, april(13), &hub, NULL, 0);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].kind, INCIDENT_HUB);
    return found.items[0];
}

static void
such_nights_say_nothing_of_others(void **state)
{
    const Timetable *const f = *state;
    const Incident without = slow_monday(f, DAY_NONE), holiday = slow_monday(f, april(6)),
                   behind = slow_monday(f, april(7)), working = slow_monday(f, april(10));

    assert_true(holiday.expected == without.expected && holiday.p_value == without.p_value);
    assert_true(behind.expected == without.expected && behind.p_value == without.p_value);
    assert_true(working.expected < without.expected && working.p_value != without.p_value);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nights_by_a_holiday_are_known),
        cmocka_unit_test(a_slow_carrier_is_told_on_the_next_working_day),
        cmocka_unit_test(an_open_incident_goes_on),
        cmocka_unit_test(a_silent_feed_is_told_on_the_next_working_day),
        cmocka_unit_test(such_nights_say_nothing_of_others),
    };

    return cmocka_run_group_tests(tests, timetable_setup, timetable_teardown);
}
