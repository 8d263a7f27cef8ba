#include "detectors/stats/slack.h"

// Working hours ahead, by 24 a day: promises end with a day.
static const double edges[SLACK_CLASSES - 1] = {0, 24, 48, 72, 120};

#define RUN_DAYS 5  // kinds of days below this are working days with so many left in their run

int
slack_part(const OperatingStamp *from, const OperatingStamp *promise)
{
    const double hours = (double)(promise->micros[0] - from->micros[0]) / (double)HOUR;
    const int kind = from->phase / PHASE_HOURS;
    const int start = kind == 0 ? 0 : kind < RUN_DAYS ? 1 : 2;
    int class = 0;

    while (class < SLACK_CLASSES - 1 && hours > edges[class])
        class ++;
    return (class * 3 + start) * PHASE_HOURS + from->phase % PHASE_HOURS;
}

int
slack_phase(int part)
{
    static const int kinds[3] = {0, 2, RUN_DAYS};

    return kinds[part / PHASE_HOURS % 3] * PHASE_HOURS + part % PHASE_HOURS;
}
