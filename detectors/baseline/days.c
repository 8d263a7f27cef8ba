#include "detectors/baseline/days.h"

enum
{
    DAYS_BEFORE = 12 * 366,
    DAYS_AFTER = 4 * 366,
    DAYS = DAYS_BEFORE + DAYS_AFTER,
};

const OperatingDays *
days_of_plan(Arena *arena, const LearnPlan *plan)
{
    Instant *const starts = ARENA_ARRAY(arena, Instant, DAYS + 1);
    int *const classes = ARENA_ARRAY(arena, int, DAYS);
    const Day first = zone_day(plan->zone, plan->as_of) - DAYS_BEFORE;

    for (int i = 0; i < DAYS; i++) {
        starts[i] = zone_day_start(plan->zone, first + i);
        classes[i] = (int)calendar_day_class(plan->calendar, first + i);
    }
    starts[DAYS] = zone_day_start(plan->zone, first + DAYS);
    return operating_days_create(arena, starts, classes, DAYS);
}

Instant
learn_landmark(const Zone *zone, Instant as_of)
{
    int year, month, day;

    day_to_civil(zone_day(zone, as_of), &year, &month, &day);
    return zone_day_start(zone, day_from_civil(year, month, 1));
}

Instant
learn_from(const LearnPlan *plan)
{
    return plan->landmark - plan->window_days * HOURS_24;
}
