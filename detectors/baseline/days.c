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
