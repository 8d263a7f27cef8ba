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
