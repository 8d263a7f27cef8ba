/*
 * In the night (A1, A] a gap that overlaps it contributes to its group
 *
 *     observed   1 when it closed within the night
 *     expected   1 - exp(H(t0) - H(t2)), where t0, t2 are its hours at the night's begin and end, closed before or not
 *
 * with the population's cumulative hazard H = -log(pi + (1 - pi) S_u), lost parcels included: those that lie there for
 * ever raise the expectation by next to nothing. Observed less expected has mean 0 when the group runs at its pace. A
 * one-sample log-rank (Breslow 1975) would count H(t1) - H(t0) until the close t1 instead, so a parcel that misses
 * its lorry for 3 where the hazard says that nearly all catch it, and three of them for a slow hub where the hazard is
 * wrong by that much; a chance is 1 at most.
 *
 * How many should have moved on in each hour, and by which kind of scan, is counted by the hazard: these sums are held
 * against none at all (silence.c, missing.c), and a parcel that is overdue is to be expected in every hour.
 */
#include "detectors/incidents/flow.h"

#include "core/map.h"
#include "core/text.h"
#include "detectors/journey/journey.h"
#include "detectors/judgement/judge.h"

#include <math.h>
#include <string.h>

#define PROFILE_DAYS 28

typedef struct CellList
{
    Arena *arena;
    FlowCell *items;
    size_t count, capacity;
} CellList;

typedef struct CarrierList
{
    Arena *arena;
    FlowCarrier *items;
    double **hours;  // what items[i].expected points to
    double **scans;  // and items[i].scans
    FlowKind **kinds;
    size_t count, capacity;
} CarrierList;

struct FlowMeter
{
    Arena *arena, *scratch;
    const Baselines *baselines;
    Instant after, as_of;
    size_t hours;                 // of the night, the last one may be shorter
    const OperatingStamp *edges;  // hours + 1 of them
    Map *cell_index, *carrier_index;
    CellList cells;
    CarrierList carriers;
    Journey journey;
    Stays *stays;
};

static Instant
edge_at(const FlowMeter *meter, size_t hour)
{
    const Instant at = meter->after + (Instant)hour * HOUR;

    return at < meter->as_of ? at : meter->as_of;
}

static void
release(void *arena)
{
    arena_destroy(arena);
}

FlowMeter *
flow_meter_create(Arena *arena, const Baselines *baselines, Instant after, Instant as_of)
{
    FlowMeter *const meter = ARENA_NEW(arena, FlowMeter);
    const size_t hours = (size_t)((as_of - after + HOUR - 1) / HOUR);
    OperatingStamp *const edges = ARENA_ARRAY(arena, OperatingStamp, hours + 1);
    Arena *const scratch = arena_create();

    arena_defer(arena, release, scratch);
    *meter = (FlowMeter){.arena = arena,
        .scratch = scratch,
        .baselines = baselines,
        .after = after,
        .as_of = as_of,
        .hours = hours,
        .edges = edges,
        .cell_index = map_create(arena),
        .carrier_index = map_create(arena),
        .cells = {.arena = arena},
        .carriers = {.arena = arena},
        .stays = stays_create(arena),
        .journey = {.arena = arena, .days = baselines->days}};
    for (size_t i = 0; i <= hours; i++)
        edges[i] = operating_stamp(baselines->days, edge_at(meter, i));
    return meter;
}

static size_t
cell_of(FlowMeter *meter, const Shipment *shipment, const char *place, const StayKind *stay)
{
    const char *const lane = arena_printf(
        meter->scratch, "%s>%s", shipment_origin(shipment), shipment_destination(shipment));
    const char *const key = arena_printf(meter->scratch, "%s\n%s\n%s\n%s\n%p", shipment->carrier,
        shipment->service, lane, place, (const void *)stay);
    bool is_new;
    const int64_t index =
        map_intern(meter->cell_index, key, strlen(key), (int64_t)meter->cells.count, &is_new);

    if (is_new)
        ARENA_PUSH(&meter->cells, ((FlowCell){
                                      .carrier = arena_copy(meter->arena, shipment->carrier),
                                      .service = arena_copy(meter->arena, shipment->service),
                                      .lane = arena_copy(meter->arena, lane),
                                      .place = arena_copy(meter->arena, place),
                                      .stay = stay,
                                  }));
    return (size_t)index;
}

static size_t
carrier_of(FlowMeter *meter, const char *name)
{
    CarrierList *const list = &meter->carriers;
    bool is_new;
    const int64_t index =
        map_intern(meter->carrier_index, name, strlen(name), (int64_t)list->count, &is_new);

    if (is_new) {
        double *const hours = ARENA_ARRAY(meter->arena, double, meter->hours);
        double *const scans = ARENA_ARRAY(meter->arena, double, FLOW_HOURS);
        FlowKind *const kinds = ARENA_ARRAY(meter->arena, FlowKind, MILESTONE_COUNT);
        const size_t count = list->count;

        list->hours =
            arena_grow_array(meter->arena, list->hours, sizeof *list->hours, count, count + 1);
        list->scans =
            arena_grow_array(meter->arena, list->scans, sizeof *list->scans, count, count + 1);
        list->kinds =
            arena_grow_array(meter->arena, list->kinds, sizeof *list->kinds, count, count + 1);
        list->hours[count] = hours;
        list->scans[count] = scans;
        list->kinds[count] = kinds;
        ARENA_PUSH(list, ((FlowCarrier){.carrier = arena_copy(meter->arena, name),
                             .newest_at = INSTANT_NONE,
                             .expected = hours,
                             .kinds = kinds,
                             .scans = scans}));
    }
    return (size_t)index;
}

// The curve of the place where a gap started, and what comes next there (NULL where that is not known). False when too little
// is known.
static bool
curve_at(const FlowMeter *meter, const Shipment *shipment, const Stop *from, Curve *curve,
    const Mix **mix)
{
    Place place = {.baselines = meter->baselines,
        .shipment = shipment,
        .as_of = meter->as_of,
        .milestone = from->milestone,
        .stage = from->stage,
        .since = from->at,
        .where = from->scan ? from->scan->place : "",
        .from = from->stamp,
        .now = meter->edges[meter->hours]};

    place.promised = shipment_promised_by(shipment, from->at);
    if (place.promised)
        place.promise = operating_stamp(meter->baselines->days, shipment->promised_at);

    place.group = tree_find(meter->baselines, meter->scratch, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), &place.lane);
    *mix = mix_of(place.group, from->stage);
    return curve_of(&place, MEASURE_MOVE, from->stage, &from->stamp, curve);
}

// Cumulative hazard of all parcels, movers or not.
static double
population_hazard(const Curve *curve, double waited)
{
    return -log(curve->share + (1 - curve->share) * exp(-curve_hazard(curve, waited)));
}

// By what scans those move on who do after such a wait, in an hour of such a phase.
static void
expect_kinds(const Mix *mix, double waited, int phase, double expected, double *kinds)
{
    const float *const shares = mix_shares(mix, phase_end(waited, phase));

    for (size_t i = 0; i < mix->next_count; i++)
        kinds[stage_milestone(mix->next[i])] += expected * (double)shares[i];
}

// What the next scan is most likely one of; MILESTONE_UNMAPPED where that is open.
static Milestone
most_likely(const Mix *mix)
{
    for (size_t i = 0; mix && i < mix->next_count; i++)
        if (mix->all[mix->next[i]] >= MIX_MOST)
            return stage_milestone(mix->next[i]);
    return MILESTONE_UNMAPPED;
}

// The chance that it closes by the night's end, as the night begins, or the gap; it may be known to have been watched for less.
static double
chance_of(const FlowMeter *meter, const Curve *curve, const Gap *gap)
{
    const OperatingStamp *const from = &gap->from->stamp;
    const OperatingStamp *const end =
        gap->closed || gap->to->at >= meter->as_of ? &meter->edges[meter->hours] : &gap->to->stamp;
    const double before =
        gap->from->at >= meter->after
            ? 0
            : population_hazard(curve, operating_wait(curve->rates, from, &meter->edges[0]));
    const double more = population_hazard(curve, operating_wait(curve->rates, from, end)) - before;

    return more > 0 ? -expm1(-more) : 0;
}

// The hours of the night in which the gap was open, one by one.
static void
expect_gap(const FlowMeter *meter, const Curve *curve, const Mix *mix, const Gap *gap,
    double *hours, double *kinds)
{
    const Instant begin = gap->from->at > meter->after ? gap->from->at : meter->after;
    const Instant end = gap->to->at < meter->as_of ? gap->to->at : meter->as_of;
    const size_t first = (size_t)((begin - meter->after) / HOUR);
    const OperatingStamp *const from = &gap->from->stamp;
    double before =
        gap->from->at >= meter->after
            ? 0
            : population_hazard(curve, operating_wait(curve->rates, from, &meter->edges[first]));

    for (size_t i = first; i < meter->hours && edge_at(meter, i) < end; i++) {
        const bool last = edge_at(meter, i + 1) >= end;
        const double waited =
            operating_wait(curve->rates, from, last ? &gap->to->stamp : &meter->edges[i + 1]);
        const double now = population_hazard(curve, waited);
        const double more = now > before ? now - before : 0;

        if (mix && more > 0)
            expect_kinds(mix, waited, meter->edges[i].phase, more, kinds);
        hours[i] += more;
        before = now;
    }
}

static bool
overlaps(const FlowMeter *meter, const Gap *gap)
{
    return gap->to->at > meter->after && gap->from->at <= meter->as_of &&
           gap->from->milestone != MILESTONE_ANNOUNCED;
}

static void
add_gap(FlowMeter *meter, const Shipment *shipment, const Gap *gap, const StayKind *stay,
    double *hours, FlowKind *kinds)
{
    const char *const place =
        stay_place(meter->scratch, gap->from->scan ? gap->from->scan->place : "");
    const bool waits = !gap->closed && gap->to->at >= meter->as_of;
    double by_kind[MILESTONE_COUNT] = {0};
    const Mix *mix;
    Curve curve;

    if (!curve_at(meter, shipment, gap->from, &curve, &mix))
        return;

    expect_gap(meter, &curve, mix, gap, hours, by_kind);

    const double expected = chance_of(meter, &curve, gap);
    const size_t index = cell_of(meter, shipment, place, stay);  // may move the list
    FlowCell *const cell = &meter->cells.items[index];

    const Milestone next = most_likely(mix);

    cell->expected += expected;
    cell->observed += gap->closed;
    pace_add(&cell->pace, pace_trial(gap->closed, expected));
    cell->waiting += waits;
    cell->waits_for[next] += expected;
    kinds[next].waiting += waits;
    if (gap->closed)
        kinds[gap->to->milestone].observed++;
    for (Milestone kind = 0; kind < MILESTONE_COUNT; kind++)
        kinds[kind].expected += by_kind[kind];
}

// At which hours, on which days, somebody scanned.
static void
count_hours(const FlowMeter *meter, double *scans)
{
    const Journey *const journey = &meter->journey;
    const Zone *const zone = meter->baselines->plan->zone;

    for (size_t i = 1; i < journey->count; i++)
        if (journey->items[i].at > meter->as_of - PROFILE_DAYS * HOURS_24)
            scans[FLOW_HOUR(
                journey->items[i].stamp.day_class, zone_hour(zone, journey->items[i].at))]++;
}

void
flow_meter_add(FlowMeter *meter, const Shipment *shipment)
{
    Journey *const journey = &meter->journey;

    if (!journey_read(journey, shipment, meter->as_of))
        return;

    const size_t index = carrier_of(meter, shipment->carrier);
    FlowCarrier *const carrier = &meter->carriers.items[index];
    const Stop *const last = &journey->items[journey->count - 1];
    Gap gap;

    if (journey->count > 1 && (carrier->newest_at == INSTANT_NONE || last->at > carrier->newest_at))
        carrier->newest_at = last->at;
    if (!journey->over && journey->end.at >= meter->as_of) {
        carrier->waiting += journey->count > 1;
        carrier->labelled += journey->count == 1;
    }
    count_hours(meter, meter->carriers.scans[index]);

    const StayKind *const *const stays = stays_add(meter->stays, shipment->carrier, journey);

    for (size_t i = 0; i < journey->count; i++)
        if (journey_move(journey, i, &gap) && overlaps(meter, &gap))
            add_gap(meter, shipment, &gap, stays[i], meter->carriers.hours[index],
                meter->carriers.kinds[index]);
    arena_reset(meter->scratch);
}

const FlowCell *
flow_meter_cells(const FlowMeter *meter, size_t *count)
{
    *count = meter->cells.count;
    return meter->cells.items;
}

const FlowCarrier *
flow_meter_carriers(const FlowMeter *meter, size_t *count)
{
    *count = meter->carriers.count;
    return meter->carriers.items;
}

// How many scans of a carrier usually fall into an hour of the night.
static double
usual_scans(const FlowMeter *meter, const FlowCarrier *carrier, size_t hour)
{
    const int of_day = zone_hour(meter->baselines->plan->zone, edge_at(meter, hour) + 30 * MINUTE);

    return carrier->scans[FLOW_HOUR(meter->edges[hour].day_class, of_day)];
}

double
flow_expected(const FlowMeter *meter, const FlowCarrier *carrier)
{
    double sum = 0;

    for (size_t i = 0; i < meter->hours; i++)
        sum += carrier->expected[i];
    return sum;
}

double
flow_expected_since(const FlowMeter *meter, const FlowCarrier *carrier, Instant since)
{
    const Zone *const zone = meter->baselines->plan->zone;
    double sum = 0;

    for (size_t first = 0, next; first < meter->hours; first = next) {
        const Day day = zone_day(zone, edge_at(meter, first) + MINUTE);
        double expected = 0, all = 0, after = 0;

        for (next = first;
             next < meter->hours && zone_day(zone, edge_at(meter, next) + MINUTE) == day; next++) {
            expected += carrier->expected[next];
            all += usual_scans(meter, carrier, next);
            if (edge_at(meter, next) >= since)
                after += usual_scans(meter, carrier, next);
        }
        if (all > 0)
            sum += expected * after / all;
        else if (since <= edge_at(meter, first))
            sum += expected;
    }
    return sum;
}
