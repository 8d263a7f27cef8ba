/*
 * learner_state.h - what a learner holds: learner.c and learner_card.c count into what learner_route.c finds, learned.c hands
 * over the sums.
 */
#ifndef DETECTORS_BASELINE_LEARNER_STATE_H
#define DETECTORS_BASELINE_LEARNER_STATE_H

#include "core/map.h"
#include "core/text.h"
#include "detectors/baseline/cells.h"
#include "detectors/baseline/clocks.h"
#include "detectors/baseline/learner.h"
#include "detectors/journey/journey.h"
#include "detectors/stats/bins.h"
#include "detectors/stats/slack.h"

// A service, a lane, a carrier (what comes next) or a destination of one.
typedef struct Segment
{
    CohortKind kind;
    const char *carrier, *service, *origin, *destination;  // "" where the kind has none
    Cells *sums;                                           // by sum_cell()
} Segment;

// Where the gaps of a lane are counted.
typedef struct Route
{
    size_t carrier;
    Cells *sums
        [COHORT_KIND_COUNT];  // NULL of COHORT_SLACK, and of COHORT_CARD until a parcel counts for it
} Route;

// A gap counts once for its service, in a part for its start phase and slack class (0 without a promise, else 1 more), which
// holds both COHORT_SERVICE and COHORT_SLACK; and once for its lane, in a part for the stage that came next (0 for none, else
// 1 more). Sums are told apart when they are handed over.
#define SERVICE_SLACKS (SLACK_CLASSES + 1)

// A cell of the sums: gaps of a measure and stage, in a part and a bin, that closed or wait.
#define CELL_BIN_BITS   9
#define CELL_PART_BITS  11
#define CELL_STAGE_BITS 5

_Static_assert(2 * BIN_COUNT <= 1 << CELL_BIN_BITS, "bins fit");
_Static_assert(PHASE_COUNT *SERVICE_SLACKS <= 1 << CELL_PART_BITS, "parts fit");
_Static_assert(STAGE_COUNT <= 1 << CELL_STAGE_BITS, "stages fit");
_Static_assert(MEASURE_COUNT <= 1 << (CELL_BITS - CELL_STAGE_BITS - CELL_PART_BITS - CELL_BIN_BITS),
    "measures fit");

// How far a part and bin are from the first ones.
static inline uint32_t
cell_at(int part, int bin)
{
    return (uint32_t)part << CELL_BIN_BITS | (uint32_t)(2 * bin);
}

static inline uint32_t
sum_cell(Measure measure, Stage stage, int part, int bin, bool waits)
{
    const uint32_t place = (uint32_t)measure << CELL_STAGE_BITS | (uint32_t)stage;

    return place << (CELL_PART_BITS + CELL_BIN_BITS) | cell_at(part, bin) | waits;
}

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

#define QUEUE 128  // some two parcels' sums

struct Learner
{
    Arena *arena;
    const LearnPlan *plan;
    const OperatingClocks *clocks;
    Journey journey;
    CellPool *pool;
    CellAddition queue[QUEUE];  // sums of the shipment at hand on their way
    size_t queued;
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
    Instant card_from;         // since when parcels count for scorecards
    int card_index;            // the number of that day in the table of days
    const Shipment *shipment;  // at hand
    OperatingStamp promise;    // when it is promised, if it is
    int64_t one;  // what the shipment at hand counts: COHORT_UNIT, or as many as it stands for
    int64_t shipments, scans, gaps;
};

// Have an amount added to a cell of a segment; at the latest queue_flush() does.
void queue_flush(Learner *learner);

static inline void
queue_add(Learner *learner, Cells *cells, uint32_t cell, int64_t amount)
{
    if (learner->queued == QUEUE)
        queue_flush(learner);
    learner->queue[learner->queued++] = (CellAddition){cells, amount, cell};
}

// Read a shipment's gaps and queue what is to be added; learner_add() without the additions.
void learner_gather(Learner *learner, const Shipment *shipment);

// The number of a carrier.
size_t carrier_intern(Learner *learner, const char *name);

// Where a shipment's gaps are counted.
Route *route_of(Learner *learner, const Shipment *shipment);

// The sums of the segment of a kind, which takes of the names what it has.
Cells *segment_sums(Learner *learner, CohortKind kind, const Segment *names);

// Count the shipment at hand, which goes that route, for its scorecard, if it was accepted since card_from.
void card_count(Learner *learner, Route *route);

#endif
