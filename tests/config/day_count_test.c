// Counting days as a clerk does, from worked examples, and the time between two instants by class of day.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/day_count.h"
#include "config/work_time.h"
#include "core/text.h"
#include "tests/harness/cases.h"

#include <string.h>

static const Calendar *
load(Arena *arena, const char *id)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const calendar = calendar_load(arena, id, &problems, &err);

    if (calendar == NULL)
        fail_msg("%s", err.text);
    return calendar;
}

static Day
day(const char *text)
{
    Day result = DAY_NONE;

    if (!day_parse(text, &result))
        fail_msg("\"%s\" is no day", text);
    return result;
}

static Instant
instant(const char *text)
{
    Instant result = INSTANT_NONE;

    if (!instant_parse(text, &result))
        fail_msg("\"%s\" is no instant", text);
    return result;
}

static const Zone *
paris(Arena *arena)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    assert_non_null(zone);
    return zone;
}

static int64_t
number(const char *text)
{
    int64_t result = 0;

    if (!text_parse_int(text, &result))
        fail_msg("\"%s\" is no number", text);
    return result;
}

// As a terms or carrier file names it.
static DayCount
convention(const char *word)
{
    for (int i = 0; i < DAY_COUNT_NAMES_MAX; i++)
        if (strcmp(DAY_COUNT_NAMES[i], word) == 0)
            return day_count_of(i);
    fail_msg("\"%s\" is no way of counting", word);
    return 0;
}

static void
check_between(Arena *arena, const Case *example)
{
    const Calendar *const calendar = load(arena, example->words[2]);

    for (Week week = 0; week < WEEK_COUNT; week++)
        if (strcmp(example->words[1], WEEK_WORDS[week]) == 0) {
            const int32_t found = calendar_days_between(
                calendar, week, day(example->words[3]), day(example->words[4]));

            if (found != number(example->words[5]))
                fail_msg("%s:%d: found %d", example->file, example->line, (int)found);
            return;
        }
    fail_msg("%s:%d: no such week", example->file, example->line);
}

static void
check_count(void *data, const Case *example)
{
    Arena *const arena = data;

    if (strcmp(example->words[0], "between") == 0) {
        check_between(arena, example);
        return;
    }

    const DayCount count = convention(example->words[0]);
    const Calendar *const calendar = load(arena, example->words[1]);
    const int32_t after = (int32_t)number(example->words[3]);

    if (strlen(example->words[2]) == strlen("2026-11-20")) {
        const Day found = day_count_add(count, calendar, day(example->words[2]), after);

        if (found != day(example->words[4]))
            fail_msg("%s:%d: found %s", example->file, example->line, day_print(arena, found));
    } else {
        const Instant found =
            day_count_after(count, calendar, paris(arena), instant(example->words[2]), after);

        if (found != instant(example->words[4]))
            fail_msg("%s:%d: found %s", example->file, example->line, instant_print(arena, found));
    }
}

static void
days_are_counted_as_a_clerk_counts_them(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(cases_read(arena, "config/day_counts.cases", check_count, arena) > 40);
    arena_destroy(arena);
}

// The slow way: one day after the other.
static Day
step(const Calendar *calendar, Week week, Day from, int32_t count)
{
    Day at = from;

    while (count == 0 && !calendar_counts(calendar, week, at))
        at++;
    for (int32_t left = count; left > 0; left--)
        do
            at++;
        while (!calendar_counts(calendar, week, at));
    return at;
}

static void
sums_and_steps_agree(void **state)
{
    static const char *const STARTS[] = {"1970-01-01", "1999-12-20", "2026-04-28", "2100-12-20"};
    Arena *const arena = arena_create();
    const Calendar *const calendar = load(arena, "GB-SCT");

    (void)state;
    for (Week week = 0; week < WEEK_COUNT; week++)
        for (size_t i = 0; i < sizeof STARTS / sizeof STARTS[0]; i++)
            for (Day from = day(STARTS[i]) - 15; from < day(STARTS[i]) + 15; from++)
                for (int32_t count = 0; count < 300; count += 1 + count / 4) {
                    const Day reached = calendar_add(calendar, week, from, count);

                    assert_int_equal(reached, step(calendar, week, from, count));
                    if (count > 0)
                        assert_int_equal(
                            calendar_days_between(calendar, week, from, reached), count);
                }
    arena_destroy(arena);
}

// Friday 23 October 2026 18:00 to Monday 2 November 09:00 in Paris: the clocks go back on Sunday 25 October, Toussaint is
// on Sunday 1 November.
static void
time_is_spent_in_working_days_weekends_and_holidays(void **state)
{
    Arena *const arena = arena_create();
    const WorkTime *const work = work_time_prepare(
        arena, load(arena, "FR"), paris(arena), day("2026-10-23"), day("2026-11-02"));
    const Instant from = instant("2026-10-23T18:00:00+02:00");
    const Instant to = instant("2026-11-02T09:00:00+01:00");
    const TimeSpent spent = work_time_spent(work, from, to);

    (void)state;
    assert_int_equal(spent.in[DAY_WORKING] / HOUR, 6 + 5 * 24 + 9);
    assert_int_equal(spent.in[DAY_SATURDAY] / HOUR, 24 + 24);
    assert_int_equal(spent.in[DAY_SUNDAY] / HOUR, 25);
    assert_int_equal(spent.in[DAY_HOLIDAY] / HOUR, 24);
    assert_int_equal(work_time_of_week(spent, WEEK_MON_FRI), 135 * HOUR);
    assert_int_equal(work_time_of_week(spent, WEEK_MON_SAT), 183 * HOUR);
    assert_int_equal(work_time_of_week(spent, WEEK_MON_SUN), 208 * HOUR);
    // Within one day, backwards, and where the span ends.
    assert_int_equal(work_time_spent(work, from, from + HOUR).in[DAY_WORKING], HOUR);
    assert_int_equal(work_time_spent(work, to, from).in[DAY_WORKING], 0);
    assert_int_equal(work_time_spent(work, to, to + 100 * HOUR).in[DAY_WORKING], 15 * HOUR);
    assert_int_equal(work_time_spent(work, from - 100 * HOUR, from).in[DAY_WORKING], 18 * HOUR);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_as_a_clerk_counts_them),
        cmocka_unit_test(sums_and_steps_agree),
        cmocka_unit_test(time_is_spent_in_working_days_weekends_and_holidays),
    };

    return cmocka_run_group_tests_name("day counts", tests, NULL, NULL);
}
