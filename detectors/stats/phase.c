/*
 * Departures and rounds run on schedules, so the hour at which a wait begins tells more about its length than anything
 * else: a parcel that reaches a hub on Friday at 20:00 leaves on Monday, one at 15:00 the same night. The weekday itself
 * matters only by the days to the next rest: a Thursday before a holiday is a Friday.
 */
#include "detectors/stats/phase.h"

#define RUN_MOST  4
#define REST_LAST 5

int
phase_of_day(const int *classes, size_t count, size_t i)
{
    if (classes[i] != 0)
        return i + 1 < count && classes[i + 1] != 0 ? REST_LAST + 1 : REST_LAST;

    int left = 0;

    while (left < RUN_MOST && i + 1 < count && classes[i + 1] == 0) {
        left++;
        i++;
    }
    return left;
}

int
phase_hour(Instant since_day_start)
{
    const Instant hour = since_day_start / HOUR;

    return hour < 0 ? 0 : hour >= PHASE_HOURS ? PHASE_HOURS - 1 : (int)hour;
}

// Days of rest come in blocks of two, an ordinary weekend; a longer one is rare and looks like the days behind it.
static bool
is_rest(int kind, int days)
{
    if (kind >= REST_LAST)
        return days <= kind - REST_LAST;
    return kind < RUN_MOST && (days == kind + 1 || days == kind + 2);
}

int
phase_round(int phase, double hours, bool rests)
{
    const int kind = phase / PHASE_HOURS;
    const double since_midnight = phase % PHASE_HOURS + hours;
    const int days = (int)(since_midnight / PHASE_HOURS);
    const int hour = (int)since_midnight - days * PHASE_HOURS;
    const int nights = days < 3 ? days : 3;

    return (nights * 2 + (rests && is_rest(kind, days))) * PHASE_HOURS + hour;
}

int
phase_end(double hours, int phase)
{
    const int length = (hours >= 1) + (hours >= 4) + (hours >= 12) + (hours >= 24) + (hours >= 48) +
                       (hours >= 96) + (hours >= 240);

    return length * PHASE_HOURS + phase % PHASE_HOURS;
}
