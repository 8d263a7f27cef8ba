/*
 * Departures and rounds run on schedules, so the hour at which a wait begins tells more about its length than anything
 * else: a parcel that reaches a hub on Friday at 20:00 leaves on Monday, one at 15:00 the same night. The weekday itself
 * matters only by the days to the next rest: a Thursday before a holiday is a Friday.
 */
#include "detectors/stats/phase.h"

#include <math.h>

#define RUN_MOST 4

int
phase_of_day(const int *classes, size_t count, size_t i)
{
    if (classes[i] != 0)
        return i + 1 < count && classes[i + 1] != 0 ? PHASE_REST + 1 : PHASE_REST;

    int left = 0;

    while (left < RUN_MOST && i + 1 < count && classes[i + 1] == 0) {
        left++;
        i++;
    }
    return left;
}

// The class of the n-th day after one of a kind. Days of rest come in blocks of two, an ordinary weekend; a longer one is
// rare and looks like the days behind it.
static int
class_after(int kind, int n)
{
    const int saturday = kind > PHASE_REST ? 0 : kind == PHASE_REST ? -1 : kind + 1;

    if (kind == RUN_MOST)
        return 0;
    return n == saturday ? 1 : n == saturday + 1 ? 2 : 0;
}

int
phase_round(int phase, double hours, const double rates[3])
{
    const int kind = phase / PHASE_HOURS;
    int day = 0, class = class_after(kind, 0), nights = 0;
    double left = floor(rates[class] * (phase % PHASE_HOURS + .5)) + hours;

    while (left >= rates[class] * PHASE_HOURS) {
        left -= rates[class] * PHASE_HOURS;
        nights += rates[class] == 1 && nights < 3;
        class = class_after(kind, ++day);
    }
    return (nights * 2 + (class != 0)) * PHASE_HOURS + (int)(left / rates[class]);
}
