/*
 * learner_state.h - what a learner holds; shared by learner.c, which counts, and learned.c, which hands over the sums.
 */
#ifndef DETECTORS_LEARNER_STATE_H
#define DETECTORS_LEARNER_STATE_H

#include "core/map.h"
#include "core/text.h"
#include "detectors/cells.h"
#include "detectors/clocks.h"
#include "detectors/journey.h"
#include "detectors/learner.h"

// A carrier, service and lane, or a carrier and service (origin and destination NULL).
typedef struct Segment
{
    const char *carrier, *service, *origin, *destination;
    int64_t carrier_index, service_index;
    Cells *leaves[MEASURE_COUNT][MILESTONE_COUNT];  // NULL until something was counted
} Segment;

typedef struct CarrierTotals
{
    const char *name;
    const ClockRates *clock;
    CohortTotals *of[MEASURE_COUNT][MILESTONE_COUNT];
} CarrierTotals;

typedef struct SegmentTable
{
    Arena *arena;
    Map *index;
    Text key;  // of the segment being looked up
    Segment *items;
    size_t count, capacity;
} SegmentTable;

struct Learner
{
    Arena *arena;
    const LearnPlan *plan;
    const OperatingClocks *clocks;
    Journey journey;
    CellPool *pool;
    SegmentTable segments;  // services and lanes
    struct
    {
        Arena *arena;
        Map *index;
        CarrierTotals *items;
        size_t count, capacity;
    } carriers;
    int64_t *weights, *loss_weights;  // by whole days of age, 0 to window_days
    uint8_t coarse[BIN_COUNT];
    Instant first_start, last_start;
    int64_t shipments, scans, gaps;
};

#endif
