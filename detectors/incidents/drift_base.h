/*
 * drift_base.h - how early a carrier's parcels usually come before their promise, by the weeks before (statistics 6).
 */
#ifndef DETECTORS_INCIDENTS_DRIFT_BASE_H
#define DETECTORS_INCIDENTS_DRIFT_BASE_H

#include "core/forecast.h"

#include <stddef.h>

// What is usual is learned from so many weeks (Monday to Sunday) without a drift, that ended DRIFT_GAP_DAYS before the week in
// question: a drift that has just begun must not become what is usual. Weeks are sought a year back; so many days in them and
// promises on them are needed.
#define DRIFT_WEEKS          17
#define DRIFT_REACH_WEEKS    52
#define DRIFT_GAP_DAYS       7
#define DRIFT_LEAST_DAYS     20
#define DRIFT_LEAST_PROMISES 100

typedef struct DriftBase
{
    bool known;         // there were enough earlier days
    double usual;       // share of promises kept
    double dispersion;  // variance of days against that of independent parcels; 1 or more
    double promises;    // whose leads were counted
    double shares[7][PROMISE_LEADS];  // of leads, by the weekday of the promise
} DriftBase;

// What speaks for a drift on a weekday: the log-likelihood ratio of each lead, and its mean and variance while all is usual.
typedef struct DriftScore
{
    double of[PROMISE_LEADS];
    double mean, variance;
} DriftScore;

// Whether nearly all promises of a day were counted by their leads: right behind a public holiday only the short ones are.
bool drift_day_is_whole(const PromiseDay *day);

// What is usual in the week that begins on a Monday: in the end, or (first) of days that have just ended. Of days, those before
// `count` are DRIFT_GAP_DAYS before it, or earlier; is_drift tells of each whether it was one of a drift.
DriftBase
drift_base_of(const PromiseDay *days, const bool *is_drift, size_t count, Day monday, bool first);

// The score of a weekday (0 is Monday) by a base that is known.
DriftScore drift_score(const DriftBase *base, int weekday);

// The sum of a day's leads' scores, and how many promises stand behind it.
double drift_score_of(const DriftScore *score, const int64_t *leads, double *promises);

#endif
