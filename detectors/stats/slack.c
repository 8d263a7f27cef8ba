#include "detectors/stats/slack.h"

#define RUN_DAYS 5  // kinds of days below this are working days with so many left in their run

// Working hours ahead, by 24 a day: promises end with a day.
int
slack_part(const OperatingStamp *from, const OperatingStamp *promise)
{
    const Instant ahead = promise->micros[0] - from->micros[0];
    const int kind = from->phase / PHASE_HOURS;
    const int start = kind == 0 ? 0 : kind < RUN_DAYS ? 1 : 2;
    const int class = (ahead > 0) + (ahead > 24 * HOUR) + (ahead > 48 * HOUR) +
                      (ahead > 72 * HOUR) + (ahead > 120 * HOUR);

    return (class * 3 + start) * PHASE_HOURS + from->phase % PHASE_HOURS;
}

int
slack_phase(int part)
{
    static const int kinds[3] = {0, 2, RUN_DAYS};

    return kinds[part / PHASE_HOURS % 3] * PHASE_HOURS + part % PHASE_HOURS;
}
