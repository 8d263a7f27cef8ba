// How a parcel counts on the day its promise ended: worked by hand, by the calendar of France.
#include "detectors/incidents/promise_day.h"

#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena *arena;
static const Zone *zone;
static const Calendar *calendar;

static int
set_up(void **state)
{
    Problems problems;
    Err err = {0};

    (void)state;
    arena = arena_create();
    problems = (Problems){.arena = arena};
    zone = zone_load(arena, "Europe/Paris", &err);
    calendar = calendar_load(arena, "FR", &problems, &err);
    assert_non_null(zone);
    assert_non_null(calendar);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

// The noon of a day, "" for none.
static Instant
noon(const char *day)
{
    Day at;

    if (*day == '\0')
        return INSTANT_NONE;
    assert_true(day_parse(day, &at));
    return zone_day_start(zone, at) + 12 * HOUR;
}

typedef struct Story
{
    const char *what, *accepted, *presented, *promised;
    int lead;  // -1: it counts, and no lead does; -2: it does not count
} Story;

static const Story stories[] = {
    {"on the day", "2026-03-02", "2026-03-04", "2026-03-04", PROMISE_ON_THE_DAY},
    {"the day before", "2026-03-02", "2026-03-03", "2026-03-04", PROMISE_ON_THE_DAY - 1},
    {"on Friday for Monday", "2026-03-05", "2026-03-06", "2026-03-09", PROMISE_ON_THE_DAY - 1},
    {"on Saturday for Monday", "2026-03-05", "2026-03-07", "2026-03-09", PROMISE_ON_THE_DAY - 1},
    {"on Saturday for Saturday", "2026-03-05", "2026-03-07", "2026-03-07", PROMISE_ON_THE_DAY},
    {"on Friday for Saturday", "2026-03-05", "2026-03-06", "2026-03-07", PROMISE_ON_THE_DAY},
    {"five days before", "2026-03-02", "2026-03-03", "2026-03-10", 0},
    {"weeks before", "2026-03-02", "2026-03-03", "2026-04-03", 0},
    {"the day after", "2026-03-02", "2026-03-05", "2026-03-04", PROMISE_MISSED},
    {"never", "2026-03-02", "", "2026-03-04", PROMISE_MISSED},
    {"past May 1st, a Friday", "2026-04-29", "2026-05-04", "2026-05-04", -1},
    {"past May 1st, not in time", "2026-04-29", "", "2026-05-04", -1},
    {"past All Saints, a Saturday", "2025-10-31", "2025-11-03", "2025-11-03", -1},
    {"past All Saints, a Sunday", "2026-10-30", "2026-11-02", "2026-11-02", PROMISE_ON_THE_DAY},
    {"accepted on Easter Monday", "2026-04-06", "2026-04-07", "2026-04-08", PROMISE_ON_THE_DAY - 1},
    {"never handed over", "", "", "2026-03-04", -2},
    {"handed over after the promise", "2026-03-05", "2026-03-06", "2026-03-04", -2},
    {"no promise", "2026-03-02", "2026-03-03", "", -2},
    {"the promise lies ahead", "2026-03-02", "2026-03-03", "2027-03-03", -2},
};

static void
parcels_count_as_they_came(void **state)
{
    const Instant known_at = noon("2026-12-31");

    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        const Story *const story = &stories[i];
        const Ending ending = {.promised_at = noon(story->promised),
            .accepted_at = noon(story->accepted),
            .presented_at = noon(story->presented),
            .over_at = INSTANT_NONE,
            .cancelled_at = INSTANT_NONE};

        print_message("%s\n", story->what);
        assert_int_equal(promise_counts(&ending, known_at), story->lead != -2);
        if (story->lead == -2)
            continue;

        PromiseDay day = {.carrier = "x", .day = zone_day(zone, ending.promised_at)}, first = day;
        int64_t leads = 0;

        promise_day_add(&day, &ending, zone, calendar);
        promise_day_add_first(&first, &ending, zone, calendar);
        assert_memory_equal(first.first_leads, day.leads, sizeof day.leads);
        assert_int_equal(first.promised, 0);
        for (int k = 0; k < PROMISE_LEADS; k++)
            leads += day.leads[k];
        assert_int_equal(day.promised, 1);
        assert_int_equal(day.kept,
            ending.presented_at != INSTANT_NONE && ending.presented_at <= ending.promised_at);
        assert_int_equal(leads, story->lead >= 0);
        if (story->lead >= 0)
            assert_int_equal(day.leads[story->lead], 1);
    }
}

// Cancelled before the promise, it is nobody's; after it, it was late already.
static void
what_was_cancelled_counts_by_when(void **state)
{
    Ending ending = {.promised_at = noon("2026-03-04"),
        .accepted_at = noon("2026-03-02"),
        .presented_at = INSTANT_NONE,
        .over_at = INSTANT_NONE,
        .cancelled_at = noon("2026-03-03")};

    (void)state;
    assert_false(promise_counts(&ending, noon("2026-03-10")));
    ending.cancelled_at = noon("2026-03-06");
    assert_true(promise_counts(&ending, noon("2026-03-10")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parcels_count_as_they_came),
        cmocka_unit_test(what_was_cancelled_counts_by_when),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
