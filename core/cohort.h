/*
 * cohort.h - what learning remembers: sums only, so that workers, shards and nights can be merged by adding.
 *
 * A count is an integer: one parcel started at as-of counts COHORT_UNIT, an older one less (exponential
 * forgetting by start, rounded once per day of age), so sums do not depend on the order of addition.
 */
#ifndef CORE_COHORT_H
#define CORE_COHORT_H

#include "core/instant.h"
#include "core/milestone.h"

#include <stddef.h>
#include <stdint.h>

#define COHORT_UNIT 1024  // weight of an observation of age 0

typedef enum Measure
{
    MEASURE_MOVE = 1,  // from a physical scan to the next physical scan
    MEASURE_ARRIVE,    // from a physical scan to first presentation
    MEASURE_COUNT,
} Measure;

// One leaf of the tree: everything counted for a segment. Bin numbers ascend; see detectors/stats/bins.h. Each gap is
// counted twice: for its service (origin and destination "", fine bins) and for its lane (coarse bins).
typedef struct Cohort
{
    Measure measure;
    Milestone milestone;
    const char *carrier, *service, *origin, *destination;
    size_t bin_count;
    const int16_t *bins;
    const int64_t *ended;   // weighted gaps that closed in the bin
    const int64_t *waited;  // weighted gaps still open at as-of whose length falls in the bin
} Cohort;

// Sums per (milestone, carrier), beside the leaves.
typedef struct CohortTotals
{
    Measure measure;
    Milestone milestone;
    const char *carrier;
    int64_t
        ripe_gaps;  // weighted (half-life for losses) gaps that started more than the horizon before as-of
    int64_t ripe_lost;      // of those, still open at as-of
    int64_t closed_recent;  // unweighted gaps that closed in the last 14 days
    int64_t events[4];  // unweighted gap ends by day class: working day, Saturday, Sunday, holiday
    int64_t exposure_hours[4];      // unweighted hours waited by day class
    int64_t next[MILESTONE_COUNT];  // weighted: milestone that ended the gap
} CohortTotals;

// All that was learned for one as-of.
typedef struct Learned
{
    Instant as_of;
    Instant first_start,
        last_start;  // the span of gap starts behind it; INSTANT_NONE when nothing was learned
    int64_t shipments, scans, gaps;  // unweighted, read for it
    const Cohort *cohorts;
    size_t cohort_count;
    const CohortTotals *totals;
    size_t total_count;
} Learned;

#endif
