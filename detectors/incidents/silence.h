/*
 * silence.h - has a carrier's feed gone silent? (statistics 6)
 */
#ifndef DETECTORS_INCIDENTS_SILENCE_H
#define DETECTORS_INCIDENTS_SILENCE_H

#include "detectors/incidents/groups.h"

typedef struct Silence
{
    Instant since;  // the carrier's newest scan; INSTANT_NONE when it never had one
    double raw;     // parcels that should have moved on since, by what is normal for all
    double
        expected;  // the same by the carrier's own ratio; a feed a day behind: till the night began
    double usual;  // of those, what calm nights end with at most
    double chance;  // of no scan at all since, when nothing is wrong
    bool silent;
} Silence;

// The silence of a carrier at the end of the night (after, as_of]. group is the carrier's; history as in groups_make().
Silence silence_of(const FlowMeter *meter, Instant after, const FlowCarrier *carrier,
    const FlowGroup *group, const GroupPast *history, size_t history_count);

#endif
