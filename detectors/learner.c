/*
 * Pass 2 of learning: gaps counted on the operating clock, into two leaves each.
 *
 * The curves need fine bins, but only per service; a lane needs one number, for which coarse bins do. So a gap adds
 * to a leaf of its service (origin and destination "", fine bins) and to one of its lane (coarse bins). Each counts
 * 2^(-age / half-life) of a gap, in 1/1024, from a table by whole days of age, so that every sum is an integer and no
 * order of addition, number of workers or rerun can change a bit.
 */
#include "detectors/learner.h"

#include "core/map.h"
#include "core/text.h"
#include "detectors/cells.h"
#include "detectors/clocks.h"
#include "detectors/journey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RECENT (14 * HOURS_24)

enum
{
    KEY_BYTES =
        1024,  // names of a segment that are longer share a leaf with those that begin alike
};

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

static int64_t *
weights_make(Arena *arena, int32_t days, int32_t half_life)
{
    int64_t *const weights = ARENA_ARRAY(arena, int64_t, (size_t)days + 1);

    for (int32_t age = 0; age <= days; age++)
        weights[age] = llround(COHORT_UNIT * exp2(-(double)age / half_life));
    return weights;
}

Learner *
learner_create(Arena *arena, const LearnPlan *plan, const OperatingClocks *clocks)
{
    Learner *const learner = ARENA_NEW(arena, Learner);

    *learner = (Learner){.arena = arena,
        .plan = plan,
        .clocks = clocks,
        .journey = {.arena = arena, .days = clocks_days(clocks)},
        .pool = cell_pool_create(arena),
        .segments = {.arena = arena, .index = map_create(arena), .key = {.arena = arena}},
        .carriers = {.arena = arena, .index = map_create(arena)},
        .weights = weights_make(arena, plan->window_days, plan->half_life_days),
        .loss_weights = weights_make(arena, plan->window_days, plan->loss_half_life_days),
        .first_start = INSTANT_NONE,
        .last_start = INSTANT_NONE};
    for (int i = 0; i < BIN_COUNT; i++)
        learner->coarse[i] = (uint8_t)bin_coarse(i);
    return learner;
}

static int64_t
carrier_intern(Learner *learner, const char *name)
{
    const int64_t next = (int64_t)learner->carriers.count;
    const int64_t index = map_intern(learner->carriers.index, name, strlen(name), next, NULL);

    if (index == next) {
        const CarrierTotals carrier = {
            .name = arena_copy(learner->arena, name), .clock = clocks_of(learner->clocks, name)};

        ARENA_PUSH(&learner->carriers, carrier);
    }
    return index;
}

// With its zero, so that "a", "b" is not "ab", "".
static void
key_add(Text *key, const char *name)
{
    text_add_bytes(key, name, strlen(name) + 1);
}

static int64_t
segment_intern(Learner *learner, const Segment *names)
{
    SegmentTable *const table = &learner->segments;
    table->key.length = 0;
    key_add(&table->key, names->carrier);
    key_add(&table->key, names->service);
    if (names->origin) {
        key_add(&table->key, names->origin);
        key_add(&table->key, names->destination);
    }

    const int64_t next = (int64_t)table->count;
    const int64_t index = map_intern(table->index, table->key.bytes, table->key.length, next, NULL);

    if (index == next) {
        const Segment segment = {.carrier = arena_copy(table->arena, names->carrier),
            .service = arena_copy(table->arena, names->service),
            .origin = arena_copy(table->arena, names->origin),
            .destination = arena_copy(table->arena, names->destination),
            .carrier_index = carrier_intern(learner, names->carrier),
            .service_index = next};

        ARENA_PUSH(table, segment);
    }
    return index;
}

// The lane of some names; its service comes first, so that a lane can point to it.
static int64_t
lane_intern(Learner *learner, const char *carrier, const char *service, const char *origin,
    const char *destination)
{
    const size_t before = learner->segments.count;
    const int64_t lane = segment_intern(learner,
        &(Segment){
            .carrier = carrier, .service = service, .origin = origin, .destination = destination});

    if ((size_t)lane == before) {
        const int64_t owner =
            segment_intern(learner, &(Segment){.carrier = carrier, .service = service});

        learner->segments.items[lane].service_index = owner;
    }
    return lane;
}

static Cells *
leaf_of(Learner *learner, int64_t segment, Measure measure, Milestone milestone)
{
    Cells **const leaf = &learner->segments.items[segment].leaves[measure][milestone];

    if (!*leaf)
        *leaf = ARENA_NEW(learner->arena, Cells);
    return *leaf;
}

static CohortTotals *
totals_of(Learner *learner, int64_t carrier, Measure measure, Milestone milestone)
{
    CarrierTotals *const owner = &learner->carriers.items[carrier];
    CohortTotals **const totals = &owner->of[measure][milestone];

    if (!*totals) {
        *totals = ARENA_NEW(learner->arena, CohortTotals);
        **totals =
            (CohortTotals){.measure = measure, .milestone = milestone, .carrier = owner->name};
    }
    return *totals;
}

// Gaps old enough to tell: those open for longer than the horizon are taken for lost. One that was given up earlier
// (cancelled, sent back) tells nothing.
static void
count_loss(const LearnPlan *plan, CohortTotals *totals, const Gap *gap, int64_t weight)
{
    const Instant horizon = plan->loss_horizon_days * HOURS_24;

    if (plan->as_of - gap->from->at <= horizon)
        return;
    if (!gap->closed && gap->to->at - gap->from->at <= horizon)
        return;
    totals->ripe_gaps += weight;
    if (!gap->closed)
        totals->ripe_lost += weight;
}

static void
count_span(Learner *learner, Instant start)
{
    if (learner->gaps++ == 0)
        learner->first_start = learner->last_start = start;
    if (start < learner->first_start)
        learner->first_start = start;
    if (start > learner->last_start)
        learner->last_start = start;
}

static void
count_gap(Learner *learner, int64_t lane, Measure measure, const Gap *gap)
{
    const LearnPlan *const plan = learner->plan;
    const Segment *const segment = &learner->segments.items[lane];
    const Milestone milestone = gap->from->milestone;
    const int64_t age = (plan->as_of - gap->from->at) / HOURS_24;

    if (age > plan->window_days || gap->from->at > plan->as_of)
        return;

    const double *const rates =
        learner->carriers.items[segment->carrier_index].clock->of[measure][milestone];
    const int bin = bin_of(operating_hours(rates, &gap->from->stamp, &gap->to->stamp));
    const int open = gap->closed ? 0 : 1;
    const int64_t weight = learner->weights[age];
    CohortTotals *const totals = totals_of(learner, segment->carrier_index, measure, milestone);

    count_span(learner, gap->from->at);
    count_loss(plan, totals, gap, learner->loss_weights[age]);
    if (gap->closed) {
        totals->next[gap->to->milestone] += weight;
        totals->closed_recent += plan->as_of - gap->to->at < RECENT;
    }
    if (weight == 0)
        return;
    cells_add(learner->pool, leaf_of(learner, segment->service_index, measure, milestone),
        2 * bin + open, weight);
    cells_add(learner->pool, leaf_of(learner, lane, measure, milestone),
        2 * learner->coarse[bin] + open, weight);
}

void
learner_add(Learner *learner, const Shipment *shipment)
{
    Gap gap;

    if (!journey_read(&learner->journey, shipment, learner->plan->as_of))
        return;
    learner->shipments++;
    learner->scans += (int64_t)shipment->scan_count;
    if (learner->plan->as_of - learner->journey.items[learner->journey.count - 1].at >
        (learner->plan->window_days + 1) * HOURS_24)
        return;

    const int64_t lane = lane_intern(learner, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment));

    for (size_t i = 0; i < learner->journey.count; i++) {
        if (journey_move(&learner->journey, i, &gap))
            count_gap(learner, lane, MEASURE_MOVE, &gap);
        if (journey_arrive(&learner->journey, i, &gap))
            count_gap(learner, lane, MEASURE_ARRIVE, &gap);
    }
}

static void
merge_segment(Learner *into, const Segment *from)
{
    int64_t sums[CELL_KEYS];
    const int64_t index = from->origin ? lane_intern(into, from->carrier, from->service,
                                             from->origin, from->destination)
                                       : segment_intern(into, from);

    for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
        for (Milestone m = 0; m < MILESTONE_COUNT; m++) {
            if (!from->leaves[measure][m])
                continue;
            cells_read(from->leaves[measure][m], sums);
            for (int key = 0; key < CELL_KEYS; key++)
                if (sums[key] > 0)
                    cells_add(into->pool, leaf_of(into, index, measure, m), key, sums[key]);
        }
}

static void
merge_totals(Learner *into, const CohortTotals *from)
{
    CohortTotals *const totals =
        totals_of(into, carrier_intern(into, from->carrier), from->measure, from->milestone);

    totals->ripe_gaps += from->ripe_gaps;
    totals->ripe_lost += from->ripe_lost;
    totals->closed_recent += from->closed_recent;
    for (Milestone m = 0; m < MILESTONE_COUNT; m++)
        totals->next[m] += from->next[m];
}

static void
merge_span(Learner *into, const Learner *from)
{
    if (from->gaps == 0)
        return;
    if (into->gaps == 0 || from->first_start < into->first_start)
        into->first_start = from->first_start;
    if (into->gaps == 0 || from->last_start > into->last_start)
        into->last_start = from->last_start;
}

void
learner_merge(Learner *into, const Learner *from)
{
    merge_span(into, from);
    into->shipments += from->shipments;
    into->scans += from->scans;
    into->gaps += from->gaps;
    for (size_t i = 0; i < from->segments.count; i++)
        merge_segment(into, &from->segments.items[i]);
    for (size_t i = 0; i < from->carriers.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++)
                if (from->carriers.items[i].of[measure][m])
                    merge_totals(into, from->carriers.items[i].of[measure][m]);
}

static Cohort
cohort_of(
    Arena *arena, const Segment *segment, const Cells *cells, Measure measure, Milestone milestone)
{
    int64_t sums[CELL_KEYS];
    size_t count = 0;

    cells_read(cells, sums);
    for (int bin = 0; bin < BIN_COUNT; bin++)
        count += sums[2 * bin] > 0 || sums[2 * bin + 1] > 0;

    int16_t *const bins = ARENA_ARRAY(arena, int16_t, count);
    int64_t *const ended = ARENA_ARRAY(arena, int64_t, count);
    int64_t *const waited = ARENA_ARRAY(arena, int64_t, count);
    size_t next = 0;

    for (int bin = 0; bin < BIN_COUNT; bin++)
        if (sums[2 * bin] > 0 || sums[2 * bin + 1] > 0) {
            bins[next] = (int16_t)bin;
            ended[next] = sums[2 * bin];
            waited[next++] = sums[2 * bin + 1];
        }
    return (Cohort){.measure = measure,
        .milestone = milestone,
        .carrier = segment->carrier,
        .service = segment->service,
        .origin = segment->origin ? segment->origin : "",
        .destination = segment->origin ? segment->destination : "",
        .bin_count = count,
        .bins = bins,
        .ended = ended,
        .waited = waited};
}

static int
compare_names(const char *const *a, const char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int order = strcmp(a[i], b[i]);

        if (order != 0)
            return order;
    }
    return 0;
}

static int
compare_cohorts(const void *left, const void *right)
{
    const Cohort *const a = left;
    const Cohort *const b = right;
    const char *const names_a[] = {a->carrier, a->service, a->origin, a->destination};
    const char *const names_b[] = {b->carrier, b->service, b->origin, b->destination};

    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->milestone != b->milestone)
        return a->milestone < b->milestone ? -1 : 1;
    return compare_names(names_a, names_b, 4);
}

static int
compare_totals(const void *left, const void *right)
{
    const CohortTotals *const a = left;
    const CohortTotals *const b = right;

    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->milestone != b->milestone)
        return a->milestone < b->milestone ? -1 : 1;
    return strcmp(a->carrier, b->carrier);
}

static size_t
count_leaves(const Learner *learner)
{
    size_t count = 0;

    for (size_t i = 0; i < learner->segments.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++)
                count += learner->segments.items[i].leaves[measure][m] != NULL;
    return count;
}

// Names are copied once a segment, not once a leaf.
static void
finish_cohorts(Arena *arena, const Learner *learner, Learned *learned)
{
    Cohort *const cohorts = ARENA_ARRAY(arena, Cohort, count_leaves(learner));
    size_t count = 0;

    for (size_t i = 0; i < learner->segments.count; i++) {
        const Segment *const own = &learner->segments.items[i];
        const Segment segment = {.carrier = arena_copy(arena, own->carrier),
            .service = arena_copy(arena, own->service),
            .origin = arena_copy(arena, own->origin),
            .destination = arena_copy(arena, own->destination)};

        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++)
                if (own->leaves[measure][m])
                    cohorts[count++] =
                        cohort_of(arena, &segment, own->leaves[measure][m], measure, m);
    }
    if (count > 0)
        qsort(cohorts, count, sizeof *cohorts, compare_cohorts);
    learned->cohorts = cohorts;
    learned->cohort_count = count;
}

static const CohortTotals *
find_totals(const CohortTotals *sorted, size_t count, const CohortTotals *wanted)
{
    return count > 0 ? bsearch(wanted, sorted, count, sizeof *sorted, compare_totals) : NULL;
}

// The clocks' totals (pass 1) with what was counted on them (pass 2). A pass 1 that saw fewer shipments than pass 2
// is allowed; its totals then lack some.
static void
finish_totals(Arena *arena, const Learner *learner, Learned *learned)
{
    size_t clock_count = 0;
    const CohortTotals *const clocks = clocks_totals(learner->clocks, &clock_count);
    CohortTotals *const sorted = ARENA_ARRAY(arena, CohortTotals, clock_count);
    struct
    {
        Arena *arena;
        CohortTotals *items;
        size_t count, capacity;
    } totals = {.arena = arena};

    if (clock_count > 0) {
        memcpy(sorted, clocks, clock_count * sizeof *sorted);
        qsort(sorted, clock_count, sizeof *sorted, compare_totals);
    }
    for (size_t i = 0; i < learner->carriers.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++) {
                const CohortTotals *const own = learner->carriers.items[i].of[measure][m];

                if (!own)
                    continue;

                const CohortTotals *const clock = find_totals(sorted, clock_count, own);
                CohortTotals whole = *own;

                whole.carrier = arena_copy(arena, own->carrier);
                if (clock) {
                    memcpy(whole.events, clock->events, sizeof whole.events);
                    memcpy(
                        whole.exposure_hours, clock->exposure_hours, sizeof whole.exposure_hours);
                }
                ARENA_PUSH(&totals, whole);
            }
    if (totals.count > 0)
        qsort(totals.items, totals.count, sizeof *totals.items, compare_totals);
    learned->totals = totals.items;
    learned->total_count = totals.count;
}

const Learned *
learner_finish(Arena *arena, const Learner *learner)
{
    Learned *const learned = ARENA_NEW(arena, Learned);

    *learned = (Learned){.as_of = learner->plan->as_of,
        .first_start = learner->first_start,
        .last_start = learner->last_start,
        .shipments = learner->shipments,
        .scans = learner->scans,
        .gaps = learner->gaps};
    finish_cohorts(arena, learner, learned);
    finish_totals(arena, learner, learned);
    return learned;
}
