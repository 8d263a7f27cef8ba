/*
 * The expected range of first presentation, given that the parcel still moves: the next scan in ten slices of like
 * probability, the rest of the way from each in three.
 */
#include "detectors/judgement/routes.h"

#include <math.h>

enum
{
    SLICES = 10,  // of the next scan's distribution
    PIECES = 3,   // of the rest of the way's
};

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
    Curve rest = route->rest;

    rest.start = start_of(place, &start);
    for (int piece = 0; piece < PIECES; piece++)
        arrivals_add(arrivals,
            operating_wait_end(place->baselines->days, rest.rates, next,
                curve_inverse(&rest, slice_hazard(piece, PIECES))),
            route->share / PIECES);
}

void
range_expected(const Place *place, const Curve *move, Instant *low, Instant *high)
{
    Routes routes;
    Arrivals arrivals = {.count = 0};

    routes_find(place, &routes);
    if (!routes_are_known(&routes))
        return;
    if (routes_end_here(&routes)) {
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
