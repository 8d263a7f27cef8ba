/*
 * When a silent parcel arrives: the next scan, then the rest of the way (stats/convolve.c).
 *
 * The next scan comes from the curve the parcel stands on, thinned by its silence; which milestone it is, from the
 * carrier's mix; the rest of the way from the curve "from that milestone to first presentation". Where the next scan is
 * a presentation anyway (sources that report hand-over and delivery only) nothing is left to convolve:
 * P(late) = S(s + u) / S(s).
 */
#include "detectors/judge.h"
#include "detectors/stats/convolve.h"

#include <math.h>

#define ALWAYS_PRESENTED                                                                           \
    .995  // share of presentations among next scans from which on the rest of the way is nothing
#define ROUTE_SHARE_MIN  .002  // rarer next milestones do not pay
#define ROUTES_KNOWN_MIN .5    // of the mix; with less there is no telling

// Cells in which fewer come are taken together. 6,654 simulated parcels at eight hours: P(late) is off by .00013 on average
// and .0010 at most, for a third of the time; .0021 at most with .002.
#define TOGETHER .001

enum
{
    ROUTES_MAX = STAGE_COUNT,
    SLICES = 10,  // of the next scan's distribution, for the expected range
    PIECES = 3,   // of the rest of the way's
};

// A milestone that may come next, and the curve of the rest of the way; presentations have none.
typedef struct Route
{
    Stage stage;
    double share;  // over all waits
    double here;   // the lane's share over the carrier's
    bool presented;
    bool never;  // a journey that ends otherwise never arrives
    Curve rest;
} Route;

typedef struct Routes
{
    const Mix *mix;  // by the length of the wait
    Route items[ROUTES_MAX];
    size_t count;
    double presented;  // share of presentations
    double known;      // share of all that have curves or need none
} Routes;

static Routes
routes_of(const Place *place)
{
    const LaneStage *const lane = place->lane ? place->lane->at[MEASURE_MOVE][place->stage] : NULL;
    const Mix *const mix = mix_of(place->group, place->stage);
    Routes routes = {.mix = mix};

    for (Stage next = 0; next < STAGE_COUNT && mix; next++) {
        const Milestone milestone = stage_milestone(next);
        const double here = lane && lane->next ? (double)lane->next[next] : 1;
        Route route = {.stage = next,
            .share = mix->all[next] * here,
            .here = here,
            .presented = milestone_is_presentation(milestone),
            .never = milestone_is_final(milestone) && !milestone_is_presentation(milestone)};

        if (route.share < ROUTE_SHARE_MIN)
            continue;
        if (!route.presented && !route.never &&
            !curve_of(place, MEASURE_ARRIVE, next, &place->now, &route.rest))
            continue;
        routes.presented += route.presented ? route.share : 0;
        routes.known += route.share;
        routes.items[routes.count++] = route;
    }
    return routes;
}

static double
survival(const Curve *curve, double hours)
{
    return curve->share + (1 - curve->share) * exp(-curve_hazard(curve, hours));
}

static Instant
after_hours(Instant as_of, double hours)
{
    return as_of + (Instant)(hours * (double)HOUR);
}

static AheadPoint
point_at(const OperatingDays *days, const OperatingStamp *now, Instant at)
{
    const OperatingStamp stamp = operating_stamp(days, at);

    return (AheadPoint){.stamp = stamp, .passed = operating_span(now, &stamp)};
}

const Ahead *
ahead_make(Arena *arena, const OperatingDays *days, Instant as_of)
{
    Ahead *const ahead = ARENA_NEW(arena, Ahead);
    const OperatingStamp now = operating_stamp(days, as_of);

    ahead->as_of = as_of;
    ahead->cells = convolve_cells(CONVOLVE_HOURS_MAX, ahead->edges);
    for (size_t i = 0; i < ahead->cells; i++) {
        const double *const edge = &ahead->edges[i];

        ahead->ends[i] = point_at(days, &now, after_hours(as_of, edge[1])).passed;
        ahead->middles[i] = point_at(days, &now, after_hours(as_of, (edge[0] + edge[1]) / 2));
    }
    return ahead;
}

// A wait with a promise ahead, over the cells until then.
typedef struct Wait
{
    const Place *place;
    const Curve *move;
    Routes *routes;
    const Ahead *ahead;
    OperatingSpan deadline;  // from now
    size_t cells;            // the last one ends with the deadline
    double silence;          // operating hours since the full hour before the last scan
    double now;              // P(silent so long)
} Wait;

static double
silent_until(void *data, size_t edge)
{
    const Wait *const wait = data;
    const OperatingSpan *const passed =
        edge < wait->cells ? &wait->ahead->ends[edge - 1] : &wait->deadline;
    const double hours = wait->silence + operating_span_hours(wait->move->rates, passed);

    return survival(wait->move, hours) / wait->now;
}

// P(presented by the deadline | the milestone was reached at the start, with so much time left).
static double
arrival(Route *route, Start start, const OperatingStamp *at, const OperatingSpan *left)
{
    if (route->presented || route->never)
        return route->presented;
    curve_start(&route->rest, start);

    const double hours =
        operating_span_hours(route->rest.rates, left) + operating_begun(route->rest.rates, at);

    return (1 - route->rest.share) * (1 - exp(-curve_hazard(&route->rest, hours)));
}

// P(presented by the deadline | the next scan comes at a point ahead).
static double
arrived_from(const Wait *wait, const AheadPoint *point)
{
    const Curve *const move = wait->move;
    const double waited = wait->silence + operating_span_hours(move->rates, &point->passed);
    const float *const shares = wait->routes->mix->share[phase_end(waited, point->stamp.phase)];
    const Start start = start_of(wait->place, &point->stamp);
    OperatingSpan left;
    double all = 0, arrived = 0;

    for (int i = 0; i < OPERATING_CLASSES; i++)
        left.hours[i] = wait->deadline.hours[i] - point->passed.hours[i];
    for (size_t j = 0; j < wait->routes->count; j++) {
        Route *const route = &wait->routes->items[j];
        const double share = (double)shares[route->stage] * route->here;

        all += share;
        if (share > 0)
            arrived += share * arrival(route, start, &point->stamp, &left);
    }
    return all > 0 ? arrived / all : 0;
}

// The last cell may be cut by the deadline.
static double
arrived_in(void *data, size_t cell)
{
    const Wait *const wait = data;
    const Place *const place = wait->place;

    if (cell + 1 < wait->cells)
        return arrived_from(wait, &wait->ahead->middles[cell]);

    const Instant begin = after_hours(place->as_of, wait->ahead->edges[cell]);
    const Instant middle = begin + (place->shipment->promised_at - begin) / 2;
    const AheadPoint last = point_at(place->baselines->days, &place->now, middle);

    return arrived_from(wait, &last);
}

// How many cells it takes until so many hours from now.
static size_t
cells_until(const Ahead *ahead, double hours)
{
    size_t low = 0, high = ahead->cells;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (ahead->edges[middle] < hours)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double
p_late_convolved(const Place *place, const Curve *move, Routes *routes)
{
    const Baselines *const baselines = place->baselines;
    Arena *const work = baselines->ahead->as_of == place->as_of ? NULL : arena_create();
    const Ahead *const ahead =
        work ? ahead_make(work, baselines->days, place->as_of) : baselines->ahead;
    const double hours = (double)(place->shipment->promised_at - place->as_of) / (double)HOUR;
    const double silence = operating_wait(move->rates, &place->from, &place->now);
    Wait wait = {.place = place,
        .move = move,
        .routes = routes,
        .ahead = ahead,
        .deadline = operating_span(&place->now, &place->promise),
        .cells = cells_until(ahead, hours),
        .silence = operating_hours(move->rates, &place->from, &place->now) +
                   operating_begun(move->rates, &place->from),
        .now = survival(move, silence)};
    const ConvolveWait convolved = {&wait, silent_until, arrived_in, TOGETHER};
    const double on_time = convolve_on_time(&convolved, wait.cells);

    if (work)
        arena_destroy(work);
    return fmin(fmax(1 - on_time, 0), 1);
}

double
range_p_late(const Place *place, const Curve *move)
{
    Routes routes = routes_of(place);

    if (routes.presented >= ALWAYS_PRESENTED)
        return survival(move, operating_wait(move->rates, &place->from, &place->promise)) /
               survival(move, operating_wait(move->rates, &place->from, &place->now));
    if (routes.known < ROUTES_KNOWN_MIN)
        return NAN;
    return p_late_convolved(place, move, &routes);
}

// A possible arrival and its weight.
typedef struct Arrival
{
    Instant at;
    double weight;
} Arrival;

typedef struct Arrivals
{
    Arrival items[SLICES * (PIECES * ROUTES_MAX)];
    size_t count;
    double weight;
} Arrivals;

// Kept sorted; one that never comes is left out.
static void
arrivals_add(Arrivals *arrivals, Instant at, double weight)
{
    size_t i = arrivals->count;

    if (at == INSTANT_NONE)
        return;
    for (; i > 0 && arrivals->items[i - 1].at > at; i--)
        arrivals->items[i] = arrivals->items[i - 1];
    arrivals->items[i] = (Arrival){.at = at, .weight = weight};
    arrivals->count++;
    arrivals->weight += weight;
}

static Instant
arrivals_quantile(const Arrivals *arrivals, double share)
{
    double sum = 0;

    for (size_t i = 0; i < arrivals->count; i++) {
        sum += arrivals->items[i].weight;
        if (sum >= share * arrivals->weight)
            return arrivals->items[i].at;
    }
    return INSTANT_NONE;
}

// The middle of slice i of n of an exponential of mean 1: where log survival falls to.
static double
slice_hazard(int i, int n)
{
    return -log1p(-(i + .5) / n);
}

static Instant
next_scan(const Place *place, const Curve *move, double hazard)
{
    const double silence = operating_wait(move->rates, &place->from, &place->now);
    const double total = curve_hazard(move, silence) + hazard;
    const Instant at = operating_wait_end(
        place->baselines->days, move->rates, place->since, curve_inverse(move, total));

    return at != INSTANT_NONE && at < place->as_of ? place->as_of : at;
}

// What follows a next scan: a presentation, or the rest of the way in pieces.
static void
add_route(const Place *place, const Route *route, Instant next, Arrivals *arrivals)
{
    if (route->presented)
        arrivals_add(arrivals, next, route->share);
    if (route->presented || route->never)
        return;

    const OperatingStamp start = operating_stamp(place->baselines->days, next);
    double bent[BIN_COUNT + 1];
    Curve rest = route->rest;

    curve_start(&rest, start_of(place, &start));
    curve_settle(&rest, bent);
    for (int piece = 0; piece < PIECES; piece++)
        arrivals_add(arrivals,
            operating_wait_end(place->baselines->days, rest.rates, next,
                curve_inverse(&rest, slice_hazard(piece, PIECES))),
            route->share / PIECES);
}

void
range_expected(const Place *place, const Curve *move, Instant *low, Instant *high)
{
    Routes routes = routes_of(place);
    Arrivals arrivals = {.count = 0};

    if (routes.known < ROUTES_KNOWN_MIN || routes.count == 0)
        return;
    if (routes.presented >= ALWAYS_PRESENTED) {
        *low = next_scan(place, move, -log(.9));
        *high = next_scan(place, move, -log(.1));
        return;
    }
    for (int slice = 0; slice < SLICES; slice++) {
        const Instant next = next_scan(place, move, slice_hazard(slice, SLICES));

        for (size_t j = 0; j < routes.count && next != INSTANT_NONE; j++)
            add_route(place, &routes.items[j], next, &arrivals);
    }
    *low = arrivals_quantile(&arrivals, .1);
    *high = arrivals_quantile(&arrivals, .9);
}
