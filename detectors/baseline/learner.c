/*
 * Pass 2 of learning: gaps counted on the operating clock.
 *
 * The curves need fine bins and the start phase, but only per service; a lane needs one number, for which coarse bins do.
 * So a gap adds to a leaf of its service and phase (fine) and to one of its lane (coarse); when it closed, to one of what
 * came next and one of its delay; and when it was watched in the last days, to two of its destination, which tell the tempo.
 * Each counts 2^(days from the landmark / half-life) of a gap, in 1/1024, from a table by day, so that every sum is an
 * integer and no order of addition, number of workers or rerun can change a bit.
 */
#include "detectors/baseline/learner_state.h"

#include "detectors/baseline/scorecard.h"
#include "detectors/stats/delay.h"
#include "detectors/stats/slack.h"

#include <math.h>
#include <string.h>

#define SAMPLE_WEIGHT_MAX 1e6
#define WEIGHT_MAX        0x1p40  // of a gap: eight million of them are a sum yet
#define SETTLED_DAYS      (COHORT_RECENT_DAYS + 1)

int
leaf_parts(CohortKind kind)
{
    switch (kind) {
    case COHORT_SERVICE:
        return PHASE_COUNT;
    case COHORT_NEXT:
        return STAGE_COUNT;
    case COHORT_SLACK:
        return SLACK_PARTS;
    case COHORT_CARD:
        return CARD_PARTS;
    case COHORT_DELAY:
        return DELAY_WEEKS;
    default:
        return 1;
    }
}

static int64_t *
weights_make(Arena *arena, const LearnPlan *plan, Day first, size_t days)
{
    const Day landmark = zone_day(plan->zone, plan->landmark);
    int64_t *const weights = ARENA_ARRAY(arena, int64_t, days);

    for (size_t i = 0; i < days; i++)
        weights[i] =
            llround(COHORT_UNIT * exp2((double)(first + (Day)i - landmark) / plan->half_life_days));
    return weights;
}

Learner *
learner_create(Arena *arena, const LearnPlan *plan, const OperatingClocks *clocks)
{
    Learner *const learner = ARENA_NEW(arena, Learner);
    const OperatingDays *const days = clocks_days(clocks);
    const Instant recent_from = plan->as_of - COHORT_RECENT_DAYS * HOURS_24;
    const Day first = zone_day(plan->zone, learn_from(plan));

    *learner = (Learner){.arena = arena,
        .plan = plan,
        .clocks = clocks,
        .journey = {.arena = arena, .days = days},
        .pool = cell_pool_create(arena),
        .segments = {.arena = arena, .index = map_create(arena), .key = {.arena = arena}},
        .routes = map_create(arena),
        .route_list = {.arena = arena},
        .carriers = {.arena = arena, .index = map_create(arena)},
        .first_day = first,
        .first_index = operating_stamp(days, learn_from(plan)).day,
        .days = (size_t)(zone_day(plan->zone, plan->as_of) - first) + 1,
        .recent_from = recent_from,
        .recent_stamp = operating_stamp(days, recent_from),
        .card_day = card_first_day(plan)};
    learner->weights = weights_make(arena, plan, first, learner->days);
    return learner;
}

static size_t
carrier_intern(Learner *learner, const char *name)
{
    const int64_t next = (int64_t)learner->carriers.count;
    const int64_t index = map_intern(learner->carriers.index, name, strlen(name), next, NULL);

    if (index == next) {
        const CarrierDays carrier = {
            .name = arena_copy(learner->arena, name), .clock = clocks_of(learner->clocks, name)};

        ARENA_PUSH(&learner->carriers, carrier);
    }
    return (size_t)index;
}

// With its zero, so that "a", "b" is not "ab", "".
static void
key_add(Text *key, const char *name)
{
    text_add_bytes(key, name, strlen(name) + 1);
}

static void
key_make(Text *key, CohortKind kind, const Segment *names)
{
    const char prefix[2] = {(char)('0' + (int)kind), '\0'};

    key->length = 0;
    key_add(key, prefix);
    key_add(key, names->carrier);
    key_add(key, names->service);
    key_add(key, names->origin);
    key_add(key, names->destination);
}

size_t
segment_intern(Learner *learner, CohortKind kind, const Segment *given)
{
    SegmentTable *const table = &learner->segments;
    const bool lane = kind == COHORT_LANE || kind == COHORT_CARD;
    const bool recent = kind == COHORT_RECENT || kind == COHORT_EARLIER;
    const Segment names = {.kind = kind,
        .carrier = given->carrier,
        .service = lane || kind == COHORT_SERVICE || kind == COHORT_SLACK ? given->service : "",
        .origin = lane ? given->origin : "",
        .destination = lane || recent ? given->destination : ""};

    key_make(&table->key, kind, &names);

    const int64_t next = (int64_t)table->count;
    const int64_t index = map_intern(table->index, table->key.bytes, table->key.length, next, NULL);

    if (index == next) {
        const Segment segment = {.kind = kind,
            .carrier = arena_copy(table->arena, names.carrier),
            .service = arena_copy(table->arena, names.service),
            .origin = arena_copy(table->arena, names.origin),
            .destination = arena_copy(table->arena, names.destination)};

        ARENA_PUSH(table, segment);
    }
    return (size_t)index;
}

// Where a shipment's gaps are counted; looked up once a shipment.
static Route *
route_of(Learner *learner, const Shipment *shipment)
{
    const Segment names = {.carrier = shipment->carrier,
        .service = shipment->service,
        .origin = shipment_origin(shipment),
        .destination = shipment_destination(shipment)};
    Text *const key = &learner->segments.key;

    key_make(key, COHORT_LANE, &names);

    const int64_t next = (int64_t)learner->route_list.count;
    const int64_t index = map_intern(learner->routes, key->bytes, key->length, next, NULL);

    if (index == next) {
        Route route = {.carrier = carrier_intern(learner, names.carrier), .card = SEGMENT_NONE};

        for (CohortKind kind = COHORT_SERVICE; kind < COHORT_KIND_COUNT; kind++)
            if (kind != COHORT_CARD)
                route.segments[kind] = segment_intern(learner, kind, &names);
        ARENA_PUSH(&learner->route_list, route);
    }
    return &learner->route_list.items[index];
}

Cells *
leaf_of(Learner *learner, size_t segment, Measure measure, Stage stage, int part)
{
    Segment *const owner = &learner->segments.items[segment];
    Cells **const parts = &owner->leaves[measure][stage];

    if (!*parts)
        *parts = ARENA_ARRAY(learner->arena, Cells, (size_t)leaf_parts(owner->kind));
    return &(*parts)[part];
}

static DayGaps *
day_counts(Learner *learner, size_t carrier, Measure measure, Stage stage)
{
    DayGaps **const days = &learner->carriers.items[carrier].of[measure][stage];

    if (!*days)
        *days = ARENA_ARRAY(learner->arena, DayGaps, learner->days);
    return *days;
}

// A gap on its way into the leaves.
typedef struct Counted
{
    const Gap *gap;
    const Route *route;
    Measure measure;
    const double *rates;
    int bin;
    int open;
} Counted;

static void
count_at(
    Learner *learner, const Counted *counted, CohortKind kind, int part, int bin, int64_t amount)
{
    cells_queue(learner->pool,
        leaf_of(learner, counted->route->segments[kind], counted->measure,
            counted->gap->from->stage, part),
        2 * bin + counted->open, amount);
}

// Those watched in the last days: where they stand, and where they stood when those days began. One that was given up
// tells nothing of the tempo.
static void
count_recent(Learner *learner, const Counted *counted)
{
    const Gap *const gap = counted->gap;

    if (gap->to->at <= learner->recent_from || (!gap->closed && gap->to->at < learner->plan->as_of))
        return;
    count_at(learner, counted, COHORT_RECENT, 0, counted->bin, learner->one);
    if (gap->from->at < learner->recent_from)
        count_at(learner, counted, COHORT_EARLIER, 0,
            bin_of(operating_wait(counted->rates, &gap->from->stamp, &learner->recent_stamp)),
            learner->one);
}

// One that was given up (cancelled, sent back) says nothing of losses.
static void
count_day(Learner *learner, const Counted *counted, int day)
{
    const Gap *const gap = counted->gap;
    DayGaps *const count =
        &day_counts(learner, counted->route->carrier, counted->measure, gap->from->stage)[day];

    if (gap->closed)
        count->closed += learner->one;
    else if (gap->to->at >= learner->plan->as_of)
        count->open += learner->one;
}

static void
count_delay(Learner *learner, const Counted *counted, int64_t weight)
{
    const Gap *const gap = counted->gap;
    const double hours = gap->closed ? (double)(gap->known - gap->to->at) / (double)HOUR : INFINITY;

    if (hours <= DELAY_HOURS_MAX && gap->to->scan->recorded_at != INSTANT_NONE)
        count_at(learner, counted, COHORT_DELAY, delay_week(gap->to->at), bin_of(hours), weight);
}

static void
count_gap(Learner *learner, const Route *route, Measure measure, const Gap *gap)
{
    const Stage stage = gap->from->stage;
    const int day = gap->from->stamp.day - learner->first_index;

    if (day < 0 || gap->from->at > learner->plan->as_of)
        return;

    const double *const rates = learner->carriers.items[route->carrier].clock->of[measure][stage];
    const double hours = operating_wait(rates, &gap->from->stamp, &gap->to->stamp);
    const Counted counted = {.gap = gap,
        .route = route,
        .measure = measure,
        .rates = rates,
        .bin = bin_of(hours),
        .open = gap->closed ? 0 : 1};
    const double exact = (double)learner->weights[day] * (double)learner->one / COHORT_UNIT;
    const int64_t weight = llround(fmin(exact, WEIGHT_MAX));

    learner->gaps++;
    count_day(learner, &counted, day);
    count_recent(learner, &counted);
    if (weight == 0)
        return;
    count_at(learner, &counted, COHORT_SERVICE, gap->from->stamp.phase, counted.bin, weight);
    count_at(learner, &counted, COHORT_LANE, 0, bin_coarse(counted.bin), weight);
    // A promise derived from acceptance would know how long the wait for it was.
    if (shipment_promised_by(learner->shipment, gap->from->at))
        count_at(learner, &counted, COHORT_SLACK, slack_part(&gap->from->stamp, &learner->promise),
            counted.bin, weight);
    count_delay(learner, &counted, weight);
    if (gap->closed && measure == MEASURE_MOVE) {
        count_at(learner, &counted, COHORT_LANE, 0, COHORT_LANE_NEXT + gap->to->stage, weight);
        count_at(learner, &counted, COHORT_NEXT, (int)gap->to->stage,
            phase_end(hours, gap->to->stamp.phase), weight);
    }
}

static int64_t
count_known(const Shipment *shipment, Instant as_of)
{
    int64_t count = 0;

    for (size_t i = 0; i < shipment->scan_count; i++)
        count += shipment->scans[i].occurred_at <= as_of &&
                 (shipment->scans[i].recorded_at == INSTANT_NONE ||
                     shipment->scans[i].recorded_at <= as_of);
    return count;
}

// A shipment that says nothing of a sample stands for itself.
static int64_t
unit_of(const Shipment *shipment)
{
    const double weight = shipment->sample_weight > 0 ? shipment->sample_weight : 1;

    return llround(COHORT_UNIT * fmin(weight, SAMPLE_WEIGHT_MAX));
}

void
learner_add(Learner *learner, const Shipment *shipment)
{
    Gap gap;

    if (!journey_read(&learner->journey, shipment, learner->plan->as_of))
        return;
    learner->shipments++;
    learner->scans += count_known(shipment, learner->plan->as_of);
    if (learner->journey.items[learner->journey.count - 1].stamp.day < learner->first_index)
        return;

    Route *const route = route_of(learner, shipment);

    learner->one = unit_of(shipment);
    learner->shipment = shipment;
    if (shipment->promised_at != INSTANT_NONE)
        learner->promise = operating_stamp(learner->journey.days, shipment->promised_at);
    for (size_t i = 0; i < learner->journey.count; i++) {
        if (journey_move(&learner->journey, i, &gap))
            count_gap(learner, route, MEASURE_MOVE, &gap);
        if (journey_arrive(&learner->journey, i, &gap))
            count_gap(learner, route, MEASURE_ARRIVE, &gap);
    }
    card_count(learner, route);
    cells_flush(learner->pool);
}

bool
learner_is_settled(Learner *learner, const Shipment *shipment)
{
    Journey *const journey = &learner->journey;
    const Instant as_of = learner->plan->as_of;

    if (!journey_read(journey, shipment, as_of))
        return false;

    const bool cancelled = shipment->cancelled_at != INSTANT_NONE && shipment->cancelled_at < as_of;
    const Instant end = journey->over ? journey->items[journey->count - 1].at
                        : cancelled   ? journey->end.at
                                      : as_of;

    return end < as_of - SETTLED_DAYS * HOURS_24;
}

static void
merge_segment(Learner *into, const Segment *from)
{
    const size_t index = segment_intern(into, from->kind, from);

    for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
        for (Stage m = 0; m < STAGE_COUNT; m++)
            for (int part = 0; from->leaves[measure][m] && part < leaf_parts(from->kind); part++)
                if (!cells_are_empty(&from->leaves[measure][m][part]))
                    cells_merge(into->pool, leaf_of(into, index, measure, m, part),
                        &from->leaves[measure][m][part]);
}

static void
merge_days(Learner *into, const CarrierDays *from)
{
    const size_t carrier = carrier_intern(into, from->name);

    for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
        for (Stage m = 0; m < STAGE_COUNT; m++) {
            if (!from->of[measure][m])
                continue;

            DayGaps *const days = day_counts(into, carrier, measure, m);

            for (size_t i = 0; i < into->days; i++) {
                days[i].closed += from->of[measure][m][i].closed;
                days[i].open += from->of[measure][m][i].open;
            }
        }
}

void
learner_merge(Learner *into, const Learner *from)
{
    into->shipments += from->shipments;
    into->scans += from->scans;
    into->gaps += from->gaps;
    for (size_t i = 0; i < from->segments.count; i++)
        merge_segment(into, &from->segments.items[i]);
    for (size_t i = 0; i < from->carriers.count; i++)
        merge_days(into, &from->carriers.items[i]);
}
