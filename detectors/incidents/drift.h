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

// What is usual is learned from the weeks that ended DRIFT_GAP_DAYS before: a drift that has just begun must not become what
// is usual. There are so many of them that December, or a drift that is over, is less than half.
#define DRIFT_BASE_DAYS 119
#define DRIFT_GAP_DAYS  14

// So many days are needed for the first day to be judged by, and so many promises on them.
#define DRIFT_LEAST_DAYS     20
#define DRIFT_LEAST_PROMISES 100

// The drift that is told soonest, five points of a hundred: what a working day's slip of one parcel in eight takes when it
// matters. One of half as much is told late or never.
#define DRIFT_DELTA .05

// The statistic at which a drift is told (docs/method.md tells what it was found to give).
#define DRIFT_LIMIT 4.75

typedef struct Drift
{
    bool known;  // there were enough earlier days
    bool on;     // a drift was told, and has not ended since
    Day since;   // its first day; DAY_NONE when nothing speaks for one
    double
        statistic;  // 0 to DRIFT_LIMIT: log-likelihood of a drift against none, over-dispersion taken out
    double usual;            // share of promises kept in most weeks before
    double dispersion;       // variance of days against that of independent parcels; 1 or more
    int64_t promised, kept;  // from since on
} Drift;

// Where in a list by carrier the days of the carrier at first end; first < count.
size_t drift_days_end(const PromiseDay *days, size_t count, size_t first);

// A carrier's state after the last of its days; days ascend, some may be missing. Nothing is known of no days.
Drift drift_of(const PromiseDay *days, size_t count);

#endif
