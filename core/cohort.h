/*
 * cohort.h - what learning remembers: sums only, so that workers, shards and nights can be merged by adding, and a
 * corrected parcel can be taken out again by subtracting.
 *
 * A count is an integer: a gap that started on the day of the landmark counts COHORT_UNIT, one that started earlier less,
 * a later one more (2^(days / half-life), rounded once per day). Against a fixed landmark a gap's weight never changes, so
 * sums of yesterday stay true; at as-of they are scaled once, as a whole.
 *
 * A parcel that stands for several in a sample (Shipment.sample_weight) counts so many times as much.
 *
 * Forgetting by start with weights fixed to a landmark: G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, "Forward decay",
 * ICDE 2009.
 */
#ifndef CORE_COHORT_H
#define CORE_COHORT_H

#include "core/arena.h"
#include "core/instant.h"
#include "core/stage.h"

#include <stddef.h>
#include <stdint.h>

#define COHORT_UNIT 1024  // weight of a gap that started on the landmark's day

// The days of the recent cohorts, from which the tempo of the last nights is told.
#define COHORT_RECENT_DAYS 14

// A lane's gaps that closed by a scan of a stage are counted a second time in the bin of this number plus the stage's.
#define COHORT_LANE_NEXT 100

typedef enum Measure
{
    MEASURE_MOVE = 1,  // from a physical scan to the next physical scan
    MEASURE_ARRIVE,    // from a physical scan to first presentation
    MEASURE_COUNT,
} Measure;

// What a cohort is counted for. Each gap is counted for its service and for its lane; one that closed also for what came
// next, and how long its end stayed unknown; one that was watched in the last COHORT_RECENT_DAYS also for its destination.
typedef enum CohortKind
{
    COHORT_SERVICE = 1,  // carrier, service; part: the start phase; fine bins
    COHORT_LANE,  // carrier, service, origin, destination; coarse bins, and behind them (COHORT_LANE_NEXT) what came next
    COHORT_NEXT,  // carrier; part: the milestone that ended the gap; bins: its length and the hour it ended (stats/phase.h)
    COHORT_RECENT,  // carrier, destination; fine bins: where gaps stood when they closed, or stand at as-of; not forgotten
    COHORT_EARLIER,  // the same gaps: where they stood COHORT_RECENT_DAYS before as-of, those that had begun
    COHORT_SLACK,  // carrier, service; part: how far ahead the promise lay, and the start phase; fine bins
    COHORT_CARD,  // carrier, service, origin, destination: parcels accepted of late, for scorecards (CardPart); not forgotten
    COHORT_DELAY,  // carrier; part: the week in which a gap ended (stats/delay.h); fine bins of hours by the clock on the wall until
    // that, or anything else after its start, was known, where the source says when; up to DELAY_HOURS_MAX
    COHORT_KIND_COUNT,
} CohortKind;

// Parcels of a lane accepted since the first day of its card (detectors/baseline/scorecard.h), each counted as much as it stands
// for, under MEASURE_ARRIVE and the stage "accepted".
typedef enum CardPart
{
    CARD_TRANSIT,  // fine bins of hours by the clock on the wall, from acceptance to first presentation: ended presented,
                   // waited not (yet)
    CARD_OUTCOMES,  // bins CARD_OUTCOME_COUNT x week since that day + CardOutcome
    CARD_PARTS,
} CardPart;

typedef enum CardOutcome
{
    CARD_STATED,   // promises of the source that end in the week: ended kept, waited not kept
    CARD_DERIVED,  // promises that follow from the carrier's service, likewise
    CARD_LOSS,  // parcels accepted in the week: ended found, waited lost, if the horizon has passed
    CARD_OUTCOME_COUNT,
} CardOutcome;

// One leaf. Names that its kind does not have are "", its part 0. Bin numbers ascend; see detectors/stats/bins.h.
typedef struct Cohort
{
    CohortKind kind;
    Measure measure;
    Stage stage;
    const char *carrier, *service, *origin, *destination;
    int part;
    size_t bin_count;
    const int16_t *bins;
    const int64_t *ended;   // weighted gaps that closed in the bin
    const int64_t *waited;  // weighted gaps still open at as-of whose length falls in the bin
} Cohort;

// Gaps by the day they started on, not forgotten (COHORT_UNIT each): how many closed, and how many were open at as-of.
typedef struct CohortDay
{
    Measure measure;
    Stage stage;
    const char *carrier;
    Day day;
    int64_t closed, open;
} CohortDay;

// How fast operations run, from a sample up to the landmark.
typedef struct CohortClock
{
    Measure measure;
    Stage stage;
    const char *carrier;
    int64_t events[4];          // gap ends by day class: working day, Saturday, Sunday, holiday
    int64_t exposure_hours[4];  // hours waited by day class
} CohortClock;

// All that was learned for one as-of, or the part of it that is settled. Lists are sorted by kind (cohorts), measure,
// milestone, names, part or day.
typedef struct Learned
{
    Instant as_of;
    Instant
        landmark;  // day by which clocks were learned and to which weights refer; not after as_of
    int64_t shipments, scans, gaps;  // unweighted
    const Cohort *cohorts;
    size_t cohort_count;
    const CohortDay *days;
    size_t day_count;
    const CohortClock *clocks;
    size_t clock_count;
} Learned;

// The order of the lists, for qsort(): cohorts by kind, measure, milestone, names and part; days; clocks.
int cohort_compare(const void *left, const void *right);
int cohort_day_compare(const void *left, const void *right);
int cohort_clock_compare(const void *left, const void *right);

// a + sign b: sums of the same landmark, added or taken out (sign 1 or -1). Carries a's clocks and the later as-of. Owned by
// the arena; names are shared with a and b. False when something would become negative: b was never part of a.
bool
learned_combine(Arena *arena, const Learned *a, const Learned *b, int sign, const Learned **out);

// Whether two learned states hold the same sums.
bool learned_equal(const Learned *a, const Learned *b);

// How many parcels a parcel stands for on average: 1 unless the source is a sample.
double learned_weight_of_parcel(const Learned *learned);

// The end of the run of cohorts of one kind, measure and milestone that starts at first.
size_t cohort_same_place(const Learned *learned, size_t first);

#endif
