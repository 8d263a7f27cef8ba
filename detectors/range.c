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

enum
{
    ROUTES_MAX = MILESTONE_COUNT,
    SLICES = 10,  // of the next scan's distribution, for the expected range
    PIECES = 3,   // of the rest of the way's
};

// A milestone that may come next, and the curve of the rest of the way; presentations have none.
typedef struct Route
{
    double share;
    bool presented, known;
    Curve rest;
} Route;

typedef struct Routes
{
    Route items[ROUTES_MAX];
    size_t count;
    double presented;  // share of presentations
    double known;      // share of all that have curves or need none
} Routes;

static const double *
mix_of(const Group *group, Milestone milestone)
{
    while (group && !group->mix[milestone])
        group = group->parent;
    return group ? group->mix[milestone] : NULL;
}

static Routes
routes_of(const Place *place)
{
    const double *const mix = mix_of(place->group, place->milestone);
    Routes routes = {.count = 0};

    for (Milestone next = 0; next < MILESTONE_COUNT && mix; next++) {
        Route route = {.share = mix[next], .presented = milestone_is_presentation(next)};

        if (route.share < ROUTE_SHARE_MIN)
            continue;
        // A journey that ends otherwise never arrives: known, without a curve.
        route.known = !route.presented && !milestone_is_final(next) &&
                      curve_of(place, MEASURE_ARRIVE, next, &route.rest);
        if (route.presented)
            routes.presented += route.share;
        if (route.presented || route.known || milestone_is_final(next))
            routes.known += route.share;
        if (route.presented || route.known)
            routes.items[routes.count++] = route;
    }
    return routes;
}

static double
survival_at(const Place *place, const Curve *curve, Instant at)
{
    const OperatingStamp stamp = operating_stamp(place->baselines->days, at);
    const double hours = operating_hours(curve->rates, &place->from, &stamp);

    return curve->share + (1 - curve->share) * exp(-curve_hazard(curve, hours));
}

// P(presented by the deadline | the milestone was reached at `at`).
static double
arrival(const Route *route, const OperatingStamp *at, const OperatingStamp *deadline)
{
    if (route->presented)
        return 1;

    const double hours = operating_hours(route->rest.rates, at, deadline);

    return (1 - route->rest.share) * -expm1(-curve_hazard(&route->rest, hours));
}

static Instant
after_hours(const Place *place, double hours)
{
    return place->as_of + (Instant)(hours * (double)HOUR);
}

static double
p_late_convolved(const Place *place, const Curve *move, const Routes *routes)
{
    const OperatingDays *const days = place->baselines->days;
    const OperatingStamp deadline = operating_stamp(days, place->shipment->promised_at);
    const double now = survival_at(place, move, place->as_of);
    const double lost = move->share / now;
    double edges[CONVOLVE_CELLS_MAX + 1];
    double survival[CONVOLVE_CELLS_MAX + 1] = {1};
    double arrived[CONVOLVE_CELLS_MAX];
    const size_t all =
        convolve_cells((double)(place->shipment->promised_at - place->as_of) / (double)HOUR, edges);
    const ConvolveRoute route = {.share = 1 / routes->known, .arrived = arrived};
    size_t cells = 0;

    while (cells < all && survival[cells] - lost > SURVIVAL_LEFT * (1 - lost)) {
        const OperatingStamp middle =
            operating_stamp(days, after_hours(place, (edges[cells] + edges[cells + 1]) / 2));

        survival[cells + 1] = survival_at(place, move, after_hours(place, edges[cells + 1])) / now;
        arrived[cells] = 0;
        for (size_t j = 0; j < routes->count && survival[cells + 1] < survival[cells]; j++)
            arrived[cells] +=
                routes->items[j].share * arrival(&routes->items[j], &middle, &deadline);
        cells++;
    }
    return fmin(fmax(1 - convolve_on_time(cells, survival, &route, 1), 0), 1);
}

double
range_p_late(const Place *place, const Curve *move)
{
    const Routes routes = routes_of(place);

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

void
range_expected(const Place *place, const Curve *move, Instant *low, Instant *high)
{
    const Routes routes = routes_of(place);
    double pieces[ROUTES_MAX][PIECES];
    Arrivals arrivals = {.count = 0};

    if (routes.known < ROUTES_KNOWN_MIN || routes.count == 0)
        return;
    if (routes.presented >= ALWAYS_PRESENTED) {
        *low = next_scan(place, move, -log(.9));
        *high = next_scan(place, move, -log(.1));
        return;
    }
    for (size_t j = 0; j < routes.count; j++)
        for (int piece = 0; piece < PIECES && !routes.items[j].presented; piece++)
            pieces[j][piece] = curve_inverse(&routes.items[j].rest, slice_hazard(piece, PIECES));
    for (int slice = 0; slice < SLICES; slice++) {
        const Instant next = next_scan(place, move, slice_hazard(slice, SLICES));

        for (size_t j = 0; j < routes.count && next != INSTANT_NONE; j++) {
            const Route *const route = &routes.items[j];

            if (route->presented)
                arrivals_add(&arrivals, next, route->share);
            for (int piece = 0; piece < PIECES && !route->presented; piece++)
                arrivals_add(&arrivals,
                    operating_advance(
                        place->baselines->days, route->rest.rates, next, pieces[j][piece]),
                    route->share / PIECES);
        }
    }
    *low = arrivals_quantile(&arrivals, .1);
    *high = arrivals_quantile(&arrivals, .9);
}
