/*
 * With x_1 <= ... <= x_n, each kind has its a and b:
 *
 *     j = floor(a + p (n + 1 - a - b)),   g the rest,   Q(p) = (1 - g') x_j + g' x_j+1
 *
 * where g' is g itself for the straight kinds (4 to 9), and 0, 1/2 or 1 by rule for the steps (1 to 3). A rest within a
 * few roundings of nothing counts as nothing, or p = 1/3 of nine values would depend on the compiler.
 *
 * R. J. Hyndman, Y. Fan, Amer. Statist. 50 (1996) 361-365; F. R. Hampel, J. Amer. Statist. Assoc. 69 (1974) 383-393.
 */
#include "detectors/stats/quantiles.h"

#include "detectors/stats/order.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define FUZZ (4 * DBL_EPSILON)

static int
ascending(const void *a, const void *b)
{
    return order_of(*(const double *)a, *(const double *)b);
}

double *
quantiles_sort(Arena *arena, const double *values, size_t count, size_t *kept)
{
    double *const sorted = ARENA_ARRAY(arena, double, count);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            sorted[n++] = values[i];
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, ascending);
    *kept = n;
    return sorted;
}

// a of the straight kinds; b is the same for all but the fourth, which has none.
static double
offset_of(QuantileType type)
{
    switch (type) {
    case QUANTILE_HAZEN:
        return .5;
    case QUANTILE_MODES:
        return 1;
    case QUANTILE_MEDIANS:
        return 1.0 / 3;
    case QUANTILE_NORMAL:
        return 3.0 / 8;
    default:
        return 0;
    }
}

// Where the quantile stands: rank j (0 to n, whole) and the share of the way from x_j to x_j+1.
typedef struct Place
{
    double rank, share;
} Place;

static Place
place_on_steps(double n, double p, QuantileType type)
{
    const double at = type == QUANTILE_NEAREST ? n * p - .5 : n * p;
    const double rank = floor(at + FUZZ);
    const bool past = at > rank + FUZZ;

    if (type == QUANTILE_INVERSE)
        return (Place){rank, past ? 1 : 0};
    if (type == QUANTILE_AVERAGED)
        return (Place){rank, past ? 1 : .5};

    const bool odd = fmod(rank, 2) != 0;

    return (Place){rank, fabs(at - rank) > FUZZ || odd ? 1 : 0};
}

static Place
place_between(double n, double p, QuantileType type)
{
    const double a = offset_of(type);
    const double b = type == QUANTILE_LINEAR ? 1 : a;
    const double at = a + p * (n + 1 - a - b);
    const double rank = floor(at + FUZZ);
    const double share = at - rank;

    return (Place){rank, fabs(share) < FUZZ ? 0 : share};
}

double
quantile_of(const double *sorted, size_t count, double p, QuantileType type)
{
    if (count == 0 || !(p >= 0 && p <= 1) || type < QUANTILE_INVERSE || type > QUANTILE_NORMAL)
        return NAN;

    const double n = (double)count;
    const Place place =
        type <= QUANTILE_NEAREST ? place_on_steps(n, p, type) : place_between(n, p, type);
    const double low = sorted[(size_t)fmin(fmax(place.rank, 1), n) - 1];
    const double high = sorted[(size_t)fmin(fmax(place.rank + 1, 1), n) - 1];

    if (place.share <= 0 || low == high)
        return low;
    return place.share >= 1 ? high : (1 - place.share) * low + place.share * high;
}

double
quantile_median(const double *sorted, size_t count)
{
    return quantile_of(sorted, count, .5, QUANTILE_MODES);
}

double
quantile_median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
    return quantile_median(values, count);
}

double
quantile_range(const double *sorted, size_t count)
{
    return quantile_of(sorted, count, .75, QUANTILE_MODES) -
           quantile_of(sorted, count, .25, QUANTILE_MODES);
}

double
quantile_mad(Arena *arena, const double *sorted, size_t count, double scale)
{
    const double median = quantile_median(sorted, count);
    double *const distance = ARENA_ARRAY(arena, double, count);
    size_t kept = 0;

    if (!isfinite(median))
        return NAN;
    for (size_t i = 0; i < count; i++)
        distance[i] = fabs(sorted[i] - median);
    return scale * quantile_median(quantiles_sort(arena, distance, count, &kept), count);
}
