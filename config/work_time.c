#include "config/work_time.h"

struct WorkTime
{
    const Zone *zone;
    Day first;
    int32_t days;
    Instant *starts;    // of each day, and the end of the last
    TimeSpent *before;  // until the start of each day
    unsigned char *classes;
};

const WorkTime *
work_time_prepare(Arena *arena, const Calendar *calendar, const Zone *zone, Day first, Day last)
{
    WorkTime *const work = ARENA_NEW(arena, WorkTime);
    const size_t days = (size_t)(last - first + 1);

    *work = (WorkTime){.zone = zone,
        .first = first,
        .days = (int32_t)days,
        .starts = ARENA_ARRAY(arena, Instant, days + 1),
        .before = ARENA_ARRAY(arena, TimeSpent, days + 1),
        .classes = arena_alloc(arena, days)};
    work->starts[0] = zone_day_start(zone, first);
    for (size_t i = 0; i < days; i++) {
        const DayClass class = calendar_day_class(calendar, first + (Day)i);

        work->starts[i + 1] = zone_day_start(zone, first + (Day)i + 1);
        work->classes[i] = (unsigned char)class;
        work->before[i + 1] = work->before[i];
        work->before[i + 1].in[class] += work->starts[i + 1] - work->starts[i];
    }
    return work;
}

// Time from the start of the span to an instant of it.
static TimeSpent
until(const WorkTime *work, Instant at)
{
    const int32_t i = zone_day(work->zone, at) - work->first;

    if (i < 0)
        return work->before[0];
    if (i >= work->days)
        return work->before[work->days];

    TimeSpent spent = work->before[i];

    spent.in[work->classes[i]] += at - work->starts[i];
    return spent;
}

TimeSpent
work_time_spent(const WorkTime *work, Instant from, Instant to)
{
    if (to <= from)
        return (TimeSpent){0};

    const TimeSpent start = until(work, from);
    TimeSpent spent = until(work, to);

    for (int class = 0; class < DAY_CLASS_COUNT; class ++)
        spent.in[class] -= start.in[class];
    return spent;
}

Instant
work_time_of_week(TimeSpent spent, Week week)
{
    Instant time = spent.in[DAY_WORKING];

    if (week != WEEK_MON_FRI)
        time += spent.in[DAY_SATURDAY];
    if (week == WEEK_MON_SUN)
        time += spent.in[DAY_SUNDAY];
    return time;
}
