/*
 * slack.h - how far ahead a promise lies when a wait begins. What the carrier promised tells what it knows of the way.
 */
#ifndef DETECTORS_STATS_SLACK_H
#define DETECTORS_STATS_SLACK_H

#include "detectors/stats/operating.h"

#define SLACK_CLASSES 6
#define SLACK_STARTS  (3 * PHASE_HOURS)
#define SLACK_PARTS   (SLACK_CLASSES * SLACK_STARTS)

// How much is left at one stamp until the promise at another, in working days: passed; within 1, 2, 3, 5; more. 0 to
// SLACK_CLASSES - 1.
static inline int
slack_class(const OperatingStamp *from, const OperatingStamp *promise)
{
    const Instant ahead = promise->micros[0] -
                          from->micros[0];  // promises end with a day: 24 h of it are a working day

    return (ahead > 0) + (ahead > 24 * HOUR) + (ahead > 48 * HOUR) + (ahead > 72 * HOUR) +
           (ahead > 120 * HOUR);
}

// The part of a wait of a class that begins in a phase: by whether that is on the last working day of a run, on another one, or
// on a day of rest, and by the hour.
static inline int
slack_part_of(int class, int phase)
{
    const int kind = phase / PHASE_HOURS;
    const int start = (kind > 0) + (kind >= PHASE_REST);

    return (class * 3 + start) * PHASE_HOURS + phase % PHASE_HOURS;
}

// The part of a wait that begins at one stamp with the promise at another.
static inline int
slack_part(const OperatingStamp *from, const OperatingStamp *promise)
{
    return slack_part_of(slack_class(from, promise), from->phase);
}

// A start phase (see phase.h) like those of a part, to compare with.
int slack_phase(int part);

#endif
