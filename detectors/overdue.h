/*
 * overdue.h - has a parcel waited too long since a scan? The one clock that customs, failed attempts, ways back and hand-overs
 * share: by what was learned of such waits, else by a stated number of working days.
 */
#ifndef DETECTORS_OVERDUE_H
#define DETECTORS_OVERDUE_H

#include "detectors/detector.h"

typedef struct Overdue
{
    bool is;
    double
        probability;  // that this is more than an ordinary wait: 1 - p-value; 1 by a stated limit
    const char *why;  // what is normal, or what was allowed, in words; owned by the arena
} Overdue;

// By what was learned when the scan is the parcel's last physical one and the judgement knows its stage: too long when at most
// detect.slow_share of the parcels that moved on waited as long. Else, after so many working days (1 or more, by the
// calendar of its
// destination, whole days of the night's zone) have passed since the scan. Time in which everything around the parcel stood
// still counts for neither.
Overdue overdue_since(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, int scan, int64_t working_days, Arena *arena);

// The last instant of the day that is so many working days, by the calendar of the destination, after that of an instant.
Instant overdue_limit(const Night *night, const Shipment *shipment, Instant since, int64_t days);

// As-of, less the time in which everything around the parcel stood still.
Instant overdue_now(const Night *night, const Judgement *judgement);

#endif
