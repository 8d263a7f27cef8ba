/*
 * drift.h - whether a carrier keeps fewer promises than it used to (statistics 6).
 *
 * Days are those on which promises ended: whoever counts by the day of shipping finds the newest days' slow parcels
 * missing.
 */
#ifndef DETECTORS_INCIDENTS_DRIFT_H
#define DETECTORS_INCIDENTS_DRIFT_H

#include "core/forecast.h"

#include <stddef.h>

// What is usual is learned from the DRIFT_BASE_DAYS days that ended DRIFT_GAP_DAYS before: a drift that has just begun
// must not become what is usual.
#define DRIFT_BASE_DAYS 60
#define DRIFT_GAP_DAYS  14

// So many days are needed for the first day to be judged by, and so many promises on them.
#define DRIFT_LEAST_DAYS     20
#define DRIFT_LEAST_PROMISES 100

// A drift worth telling: three points of a hundred.
#define DRIFT_DELTA .03

// The statistic at which a drift is told. Without any drift 4.3 is reached once in some 365 days, and each unit above it
// makes that rarer by a factor of e; 5.5 leaves room for several carriers.
#define DRIFT_LIMIT 5.5

typedef struct Drift
{
    bool known;  // there were enough earlier days
    bool on;     // a drift was told, and has not ended since
    Day since;   // its first day; DAY_NONE when nothing speaks for one
    double
        statistic;  // 0 to DRIFT_LIMIT: log-likelihood of a drift against none, over-dispersion taken out
    double usual;            // share of promises kept on the days before
    double dispersion;       // variance of days against that of independent parcels; 1 or more
    int64_t promised, kept;  // from since on
} Drift;

// Where in a list by carrier the days of the carrier at first end; first < count.
size_t drift_days_end(const PromiseDay *days, size_t count, size_t first);

// A carrier's state after the last of its days; days ascend, some may be missing. Nothing is known of no days.
Drift drift_of(const PromiseDay *days, size_t count);

#endif
