/*
 * learner_state.h - what a learner holds; shared by learner.c, which counts, and learned.c, which hands over the sums.
 */
#ifndef DETECTORS_BASELINE_LEARNER_STATE_H
#define DETECTORS_BASELINE_LEARNER_STATE_H

#include "core/map.h"
#include "core/text.h"
#include "detectors/baseline/cells.h"
#include "detectors/baseline/clocks.h"
#include "detectors/baseline/learner.h"
#include "detectors/journey/journey.h"

// A service, a lane, a carrier (what comes next) or a destination of one.
typedef struct Segment
{
    CohortKind kind;
    const char *carrier, *service, *origin, *destination;  // "" where the kind has none
    // Keys are 2 x bin for gaps that closed, 2 x bin + 1 for those that wait.
    Cells *leaves[MEASURE_COUNT][STAGE_COUNT];  // leaf_parts(kind) of them; NULL until counted
} Segment;

// Where the gaps of a lane are counted.
typedef struct Route
{
    size_t carrier;
    size_t segments[COHORT_KIND_COUNT];  // by kind; not of scorecards, which few lanes have
    size_t card;                         // of those; SEGMENT_NONE until a parcel counts for one
} Route;

#define SEGMENT_NONE SIZE_MAX

typedef struct SegmentTable
{
    Arena *arena;
    Map *index;
    Text key;  // of the segment being looked up
    Segment *items;
    size_t count, capacity;
} SegmentTable;

typedef struct DayGaps
{
    int64_t closed, open;
} DayGaps;

typedef struct CarrierDays
{
    const char *name;
    const ClockRates *clock;
    DayGaps *of[MEASURE_COUNT][STAGE_COUNT];  // by day since the window began; NULL until counted
} CarrierDays;

struct Learner
{
    Arena *arena;
    const LearnPlan *plan;
    const OperatingClocks *clocks;
    Journey journey;
    CellPool *pool;
    SegmentTable segments;
    Map *routes;  // by the key of the lane
    struct
    {
        Arena *arena;
        Route *items;
        size_t count, capacity;
    } route_list;
    struct
    {
        Arena *arena;
        Map *index;
        CarrierDays *items;
        size_t count, capacity;
    } carriers;
    Day first_day;        // of the window
    int first_index;      // its number in the table of days
    size_t days;          // from there to as-of
    int64_t *weights;     // by day since first_day
    Instant recent_from;  // COHORT_RECENT_DAYS before as-of
    OperatingStamp recent_stamp;
    Day card_day;              // since when parcels count for scorecards
    const Shipment *shipment;  // at hand
    OperatingStamp promise;    // when it is promised, if it is
    int64_t one;  // what the shipment at hand counts: COHORT_UNIT, or as many as it stands for
    int64_t shipments, scans, gaps;
};

// The segment of a kind, which takes of the names what it has.
size_t segment_intern(Learner *learner, CohortKind kind, const Segment *names);

// One of the leaves of a segment.
Cells *leaf_of(Learner *learner, size_t segment, Measure measure, Stage stage, int part);

// Count the shipment at hand, which goes that route, for its scorecard, if it was accepted since card_day: into the pool's queue.
void card_count(Learner *learner, Route *route);

// How many leaves a kind has at a measure and milestone.
int leaf_parts(CohortKind kind);

#endif
