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
#define SURVIVAL_LEFT    1e-4  // of movers; the cells beyond do not matter
#define MASS_MIN         1e-5  // of a cell; nobody comes in it

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
    bool presented;
    bool never;  // a journey that ends otherwise never arrives
    Curve rest;
} Route;

typedef struct Routes
{
    const Mix *mix;     // by the length of the wait
    const float *here;  // the lane's share over the carrier's; NULL for the same
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
    const float *const here = lane ? lane->next : NULL;
    Routes routes = {.mix = mix, .here = here};

    for (Stage next = 0; next < STAGE_COUNT && mix; next++) {
        const Milestone milestone = stage_milestone(next);
        Route route = {.stage = next,
            .share = mix->all[next] * (here ? (double)here[next] : 1),
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
survival_after(const Place *place, const Curve *curve, const OperatingStamp *stamp)
{
    const double hours = operating_hours(curve->rates, &place->from, stamp);

    return curve->share + (1 - curve->share) * exp(-curve_hazard(curve, hours));
}

static double
survival_at(const Place *place, const Curve *curve, Instant at)
{
    const OperatingStamp stamp = operating_stamp(place->baselines->days, at);

    return survival_after(place, curve, &stamp);
}

// P(presented by the deadline | the milestone was reached at `at`).
static double
arrival(Route *route, const OperatingStamp *at, const OperatingStamp *deadline)
{
    if (route->presented || route->never)
        return route->presented;
    curve_start(&route->rest, at);

    const double hours = operating_hours(route->rest.rates, at, deadline);

    return (1 - route->rest.share) * (1 - exp(-curve_hazard(&route->rest, hours)));
}

static Instant
after_hours(Instant as_of, double hours)
{
    return as_of + (Instant)(hours * (double)HOUR);
}

const Ahead *
ahead_make(Arena *arena, const OperatingDays *days, Instant as_of)
{
    Ahead *const ahead = ARENA_NEW(arena, Ahead);

    ahead->as_of = as_of;
    ahead->cells = convolve_cells(CONVOLVE_HOURS_MAX, ahead->edges);
    for (size_t i = 0; i < ahead->cells; i++) {
        const double *const edge = &ahead->edges[i];

        ahead->ends[i] = operating_stamp(days, after_hours(as_of, edge[1]));
        ahead->middles[i] = operating_stamp(days, after_hours(as_of, (edge[0] + edge[1]) / 2));
    }
    return ahead;
}

// P(presented by the deadline | the next scan comes in the cell around `middle`).
static double
arrival_after(const Place *place, const Curve *move, Routes *routes, const OperatingStamp *middle,
    const OperatingStamp *deadline)
{
    const int bin = bin_of(operating_hours(move->rates, &place->from, middle));
    const double *const shares = routes->mix->share[place->baselines->coarse[bin]];
    double all = 0;
    double arrived = 0;

    for (size_t j = 0; j < routes->count; j++) {
        Route *const route = &routes->items[j];
        const double here = routes->here ? (double)routes->here[route->stage] : 1;
        const double share = shares[route->stage] * here;

        all += share;
        if (share > 0)
            arrived += share * arrival(route, middle, deadline);
    }
    return all > 0 ? arrived / all : 0;
}

// The middle of the last cell, which ends with the deadline.
static OperatingStamp
last_middle(const Place *place, double edge)
{
    const Instant start = after_hours(place->as_of, edge);

    return operating_stamp(
        place->baselines->days, start + (place->shipment->promised_at - start) / 2);
}

static double
p_late_convolved(const Place *place, const Curve *move, Routes *routes)
{
    const Baselines *const baselines = place->baselines;
    Arena *const work = baselines->ahead->as_of == place->as_of ? NULL : arena_create();
    const Ahead *const ahead =
        work ? ahead_make(work, baselines->days, place->as_of) : baselines->ahead;
    const double hours = (double)(place->shipment->promised_at - place->as_of) / (double)HOUR;
    const OperatingStamp deadline = operating_stamp(baselines->days, place->shipment->promised_at);
    const double now = survival_after(place, move, &place->now);
    const double lost = move->share / now;
    double survival[CONVOLVE_CELLS_MAX + 1];
    double arrived[CONVOLVE_CELLS_MAX];
    const ConvolveRoute route = {.share = 1, .arrived = arrived};
    size_t cells = 0;

    survival[0] = 1;
    while (cells < ahead->cells && ahead->edges[cells] < hours &&
           survival[cells] - lost > SURVIVAL_LEFT * (1 - lost)) {
        const bool whole = ahead->edges[cells + 1] <= hours;
        const OperatingStamp *const end = whole ? &ahead->ends[cells] : &deadline;

        survival[cells + 1] = survival_after(place, move, end) / now;
        arrived[cells] = 0;
        if (survival[cells + 1] < survival[cells] - MASS_MIN) {
            const OperatingStamp middle =
                whole ? ahead->middles[cells] : last_middle(place, ahead->edges[cells]);

            arrived[cells] = arrival_after(place, move, routes, &middle, &deadline);
        }
        cells++;
    }
    if (work)
        arena_destroy(work);
    return fmin(fmax(1 - convolve_on_time(cells, survival, &route, 1), 0), 1);
}

double
range_p_late(const Place *place, const Curve *move)
{
    Routes routes = routes_of(place);

    if (routes.presented >= ALWAYS_PRESENTED)
        return survival_at(place, move, place->shipment->promised_at) /
               survival_at(place, move, place->as_of);
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
    const double silence = operating_hours(move->rates, &place->from, &place->now);
    const double total = curve_hazard(move, silence) + hazard;
    const Instant at = operating_advance(
        place->baselines->days, move->rates, place->since, curve_inverse(move, total));

    return at != INSTANT_NONE && at < place->as_of ? place->as_of : at;
}

// What follows a next scan: a presentation, or the rest of the way in pieces.
static void
add_route(const Place *place, Route *route, Instant next, Arrivals *arrivals)
{
    if (route->presented)
        arrivals_add(arrivals, next, route->share);
    if (route->presented || route->never)
        return;
    const OperatingStamp start = operating_stamp(place->baselines->days, next);

    curve_start(&route->rest, &start);
    for (int piece = 0; piece < PIECES; piece++)
        arrivals_add(arrivals,
            operating_advance(place->baselines->days, route->rest.rates, next,
                curve_inverse(&route->rest, slice_hazard(piece, PIECES))),
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
