/*
 * Pass 2 of learning: gaps counted on the operating clock.
 *
 * The curves need fine bins and the start phase, but only per service; a lane needs one number, for which coarse bins do.
 * So a gap adds to a cell of its service, phase and promise (fine) and to one of its lane (coarse); when it closed, to one of
 * what came next and one of its delay; and when it was watched in the last days, to two of its destination, which tell the
 * tempo.
 * Each counts 2^(days from the landmark / half-life) of a gap, in 1/1024, from a table by day, so that every sum is an
 * integer and no order of addition, number of workers or rerun can change a bit.
 */
#include "detectors/baseline/learner_state.h"

#include "detectors/baseline/scorecard.h"
#include "detectors/stats/delay.h"

#include <math.h>
#include <string.h>

#define SAMPLE_WEIGHT_MAX 1e6
#define WEIGHT_MAX        0x1p40  // of a gap: eight million of them are a sum yet
#define SETTLED_DAYS      (COHORT_RECENT_DAYS + 1)

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
    const Instant card_from = zone_day_start(plan->zone, card_first_day(plan));

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
        .card_from = card_from,
        .card_index = operating_day(days, card_from)};
    learner->weights = weights_make(arena, plan, first, learner->days);
    return learner;
}

static DayGaps *
day_counts(Learner *learner, CarrierDays *carrier, Measure measure, Stage stage)
{
    DayGaps **const days = &carrier->of[measure][stage];

    if (!*days)
        *days = ARENA_ARRAY(learner->arena, DayGaps, learner->days);
    return *days;
}

// Where a gap begins.
typedef struct Start
{
    const Stop *stop;
    const Route *route;
    CarrierDays *carrier;
    size_t day;      // since the window began
    int64_t weight;  // of its gaps
    int part;        // of the service
} Start;

// A gap on its way into the sums.
typedef struct Counted
{
    const Start *start;
    const Gap *gap;
    uint32_t place;  // the first cell of its measure and stage
    const double *rates;
    int bin;
} Counted;

static int64_t
weight_of(const Learner *learner, size_t day)
{
    const double exact = (double)learner->weights[day] * (double)learner->one / COHORT_UNIT;

    if (learner->one == COHORT_UNIT && exact < WEIGHT_MAX)  // most stand for themselves
        return learner->weights[day];
    return exact < WEIGHT_MAX ? llround(exact) : (int64_t)WEIGHT_MAX;
}

// False before the window. A promise derived from acceptance would know how long the wait for it was.
static bool
start_of(const Learner *learner, const Route *route, const Stop *stop, Start *start)
{
    const int day = stop->stamp.day - learner->first_index;
    const bool promised = shipment_promised_by(learner->shipment, stop->at);

    if (day < 0 || stop->at > learner->plan->as_of)
        return false;
    *start = (Start){.stop = stop,
        .route = route,
        .carrier = &learner->carriers.items[route->carrier],
        .day = (size_t)day,
        .weight = weight_of(learner, (size_t)day),
        .part = stop->stamp.phase * SERVICE_SLACKS +
                (promised ? 1 + slack_class(&stop->stamp, &learner->promise) : 0)};
    return true;
}

void
queue_flush(Learner *learner)
{
    cells_add_all(learner->pool, learner->queue, learner->queued);
    learner->queued = 0;
}

static inline void
count_at(
    Learner *learner, const Counted *counted, CohortKind kind, int part, int bin, int64_t amount)
{
    queue_add(
        learner, counted->start->route->sums[kind], counted->place + cell_at(part, bin), amount);
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
count_day(Learner *learner, const Start *start, Measure measure, const Gap *gap)
{
    DayGaps *const count =
        &day_counts(learner, start->carrier, measure, start->stop->stage)[start->day];

    if (gap->closed)
        count->closed += learner->one;
    else if (gap->to->at >= learner->plan->as_of)
        count->open += learner->one;
}

static void
count_delay(Learner *learner, const Counted *counted)
{
    const Gap *const gap = counted->gap;
    const double hours = gap->closed ? (double)(gap->known - gap->to->at) / (double)HOUR : INFINITY;

    if (hours <= DELAY_HOURS_MAX && gap->to->scan->recorded_at != INSTANT_NONE)
        count_at(learner, counted, COHORT_DELAY, delay_week(gap->to->at), bin_of(hours),
            counted->start->weight);
}

static void
count_gap(Learner *learner, const Start *start, Measure measure, const Gap *gap)
{
    const Stop *const from = start->stop;
    const double *const rates = start->carrier->clock->of[measure][from->stage];
    const double hours = operating_wait(rates, &from->stamp, &gap->to->stamp);
    const bool moved = gap->closed && measure == MEASURE_MOVE;
    const Counted counted = {.start = start,
        .gap = gap,
        .place = sum_cell(measure, from->stage, 0, 0, !gap->closed),
        .rates = rates,
        .bin = bin_of(hours)};

    learner->gaps++;
    count_day(learner, start, measure, gap);
    count_recent(learner, &counted);
    if (start->weight == 0)
        return;
    count_at(learner, &counted, COHORT_SERVICE, start->part, counted.bin, start->weight);
    count_at(learner, &counted, COHORT_LANE, moved ? 1 + gap->to->stage : 0,
        bin_coarse(counted.bin), start->weight);
    count_delay(learner, &counted);
    if (moved)
        count_at(learner, &counted, COHORT_NEXT, (int)gap->to->stage,
            phase_end(hours, gap->to->stamp.phase), start->weight);
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
learner_gather(Learner *learner, const Shipment *shipment)
{
    Start start;
    Gap gap;

    if (!journey_read(&learner->journey, shipment, learner->plan->as_of))
        return;
    learner->shipments++;
    learner->scans += count_known(shipment, learner->plan->as_of);
    if (learner->journey.items[learner->journey.count - 1].stamp.day < learner->first_index)
        return;

    Route *const route = route_of(learner, shipment);

    for (CohortKind kind = COHORT_SERVICE; kind < COHORT_KIND_COUNT; kind++)
        __builtin_prefetch(route->sums[kind]);  // needed by queue_flush()
    learner->one = unit_of(shipment);
    learner->shipment = shipment;
    if (shipment->promised_at != INSTANT_NONE)
        learner->promise = operating_stamp(learner->journey.days, shipment->promised_at);
    for (size_t i = 0; i < learner->journey.count; i++) {
        if (!start_of(learner, route, &learner->journey.items[i], &start))
            continue;
        if (journey_move(&learner->journey, i, &gap))
            count_gap(learner, &start, MEASURE_MOVE, &gap);
        if (journey_arrive(&learner->journey, i, &gap))
            count_gap(learner, &start, MEASURE_ARRIVE, &gap);
    }
    card_count(learner, route);
}

void
learner_add(Learner *learner, const Shipment *shipment)
{
    learner_gather(learner, shipment);
    queue_flush(learner);
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
merge_days(Learner *into, const CarrierDays *from)
{
    const size_t carrier = carrier_intern(into, from->name);

    for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
        for (Stage m = 0; m < STAGE_COUNT; m++) {
            if (!from->of[measure][m])
                continue;

            DayGaps *const days = day_counts(into, &into->carriers.items[carrier], measure, m);

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
    for (size_t i = 0; i < from->segments.count; i++) {
        const Segment *const segment = &from->segments.items[i];

        cells_merge(into->pool, segment_sums(into, segment->kind, segment), segment->sums);
    }
    for (size_t i = 0; i < from->carriers.count; i++)
        merge_days(into, &from->carriers.items[i]);
}
