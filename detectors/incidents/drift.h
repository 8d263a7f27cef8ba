/*
 * drift.h - whether a carrier's parcels come later, against their promises, than they used to (statistics 6).
 *
 * Days are those on which promises ended: whoever counts by the day of shipping finds the newest days' slow parcels
 * missing.
 */
#ifndef DETECTORS_INCIDENTS_DRIFT_H
#define DETECTORS_INCIDENTS_DRIFT_H

#include "core/forecast.h"

#include <stddef.h>

// The days of a drift are not what is usual, unless it lasts so long.
#define DRIFT_LASTS_DAYS 60

typedef struct Drift
{
    bool known;  // there were enough earlier days
    bool on;     // a drift was told, and has not ended since
    Day since;   // its first day; DAY_NONE when nothing speaks for one
    double
        statistic;  // 0 to the limit: log-likelihood of a drift against none, over-dispersion taken out
    double usual;            // share of promises kept in the weeks before
    double dispersion;       // variance of days against that of independent parcels; 1 or more
    int64_t promised, kept;  // from since on
    double
        later;  // working days by which parcels came later than usual, on average from since on, one that missed its
                // promise counting as a day after it; 0 where none was counted
} Drift;

// Where in a list by carrier the days of the carrier at first end; first < count.
size_t drift_days_end(const PromiseDay *days, size_t count, size_t first);

// The statistic at which a drift is told in a house with so many carriers (1 or more), all of them together having fewer than one
// false drift a year (docs/method.md tells what it was found to give).
double drift_limit(size_t carriers);

// How many carriers a list by carrier is of.
size_t drift_carriers(const PromiseDay *days, size_t count);

// A carrier's state after the last of its days; days ascend, some may be missing, and the newest may have only just ended.
// Nothing is known of no days.
Drift drift_of(const PromiseDay *days, size_t count, double limit);

#endif
