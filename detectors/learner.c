/*
 * Pass 2 of learning: gaps counted on the operating clock, into two leaves each.
 *
 * The curves need fine bins, but only per service; a lane needs one number, for which coarse bins do. So a gap adds
 * to a leaf of its service (origin and destination "", fine bins) and to one of its lane (coarse bins). Each counts
 * 2^(-age / half-life) of a gap, in 1/1024, from a table by whole days of age, so that every sum is an integer and no
 * order of addition, number of workers or rerun can change a bit.
 */
#include "detectors/learner_state.h"

#include <math.h>
#include <string.h>

#define RECENT (14 * HOURS_24)

enum
{
    KEY_BYTES =
        1024,  // names of a segment that are longer share a leaf with those that begin alike
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
