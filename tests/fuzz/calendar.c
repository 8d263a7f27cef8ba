// Any bytes as a country's calendar: what was accepted counts the same there and back.
#include "config/calendar.h"
#include "tests/fuzz/fuzz.h"

static void
check_counts(const Calendar *calendar, Week week, Day day)
{
    const Day later = calendar_add(calendar, week, day, 10);

    require(later > day && calendar_counts(calendar, week, later));
    require(calendar_days_between(calendar, week, day, later) == 10);
    require(!calendar_counts(calendar, week, day) || calendar_holiday(calendar, day) == NULL);
}

static void
check(Arena *arena, const Calendar *calendar)
{
    const Day from = day_from_civil(2024, 1, 1);
    size_t count = 0;
    const Holiday *const holidays = calendar_holidays(arena, calendar, from, from + 731, &count);

    for (size_t i = 0; i < count; i++) {
        require(i == 0 || holidays[i].day > holidays[i - 1].day);
        require(calendar_day_class(calendar, holidays[i].day) == DAY_HOLIDAY);
    }
    // Two weeks and more without a day to work on are no calendar to count by.
    for (int week = 0; count < 100 && week < WEEK_COUNT; week++)
        for (Day day = from; day < from + 60; day += 7)
            check_counts(calendar, (Week)week, day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    const Calendar *const calendar =
        calendar_read(arena, "f", length == 0 ? "" : (const char *)bytes, length, "", &problems);

    require((calendar != NULL) == (problems.count == 0));
    if (calendar != NULL)
        check(arena, calendar);
    arena_destroy(arena);
    return 0;
}
