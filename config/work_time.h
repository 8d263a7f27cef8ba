/*
 * work_time.h - how much of the time between two instants lies in working days, on weekends and on holidays.
 *
 * Prepared once for a span of days; each question is then answered in constant time by differences of prefix sums. Days
 * have their real length: 23 or 25 hours where the clocks change.
 */
#ifndef CONFIG_WORK_TIME_H
#define CONFIG_WORK_TIME_H

#include "config/calendar.h"
#include "core/zone.h"

typedef struct WorkTime WorkTime;

// For questions from the first to the last day, both included; last may not be before first. Owned by the arena; zone must
// outlive it.
const WorkTime *
work_time_prepare(Arena *arena, const Calendar *calendar, const Zone *zone, Day first, Day last);

// Time by class of day, in microseconds.
typedef struct TimeSpent
{
    Instant in[DAY_CLASS_COUNT];
} TimeSpent;

// The time from an instant to another. Time outside the span counts nothing; all is 0 when to is not after from.
TimeSpent work_time_spent(const WorkTime *work, Instant from, Instant to);

// Of it the business days of a week: Monday to Friday, to Saturday or to Sunday, without holidays.
Instant work_time_of_week(TimeSpent spent, Week week);

#endif
