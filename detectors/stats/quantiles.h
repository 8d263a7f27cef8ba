/*
 * quantiles.h - order statistics: quantiles of the nine kinds in use, and spreads that outliers cannot move.
 */
#ifndef DETECTORS_STATS_QUANTILES_H
#define DETECTORS_STATS_QUANTILES_H

#include "core/arena.h"

#include <stddef.h>

// The definitions of Hyndman and Fan by their numbers (as R's `type`).
typedef enum QuantileType
{
    QUANTILE_INVERSE = 1,  // of the empirical distribution
    QUANTILE_AVERAGED,     // the same, averaged at its steps
    QUANTILE_NEAREST,      // the nearest value, the even one of two
    QUANTILE_LINEAR,       // of the empirical distribution, straight between its steps
    QUANTILE_HAZEN,        // straight between the middles of steps
    QUANTILE_WEIBULL,      // straight between k / (n + 1)
    QUANTILE_MODES,        // straight between (k - 1) / (n - 1): the default of R, GSL and numpy
    QUANTILE_MEDIANS,      // straight between (k - 1/3) / (n + 1/3): Hyndman and Fan's choice
    QUANTILE_NORMAL,       // straight between (k - 3/8) / (n + 1/4)
} QuantileType;

// A sorted copy of values without those that are NAN; *kept is how many are left. Owned by the arena.
double *quantiles_sort(Arena *arena, const double *values, size_t count, size_t *kept);

// The p-quantile of sorted values, p within 0..1. NAN for no values, another p or type, and between -INFINITY and
// INFINITY. Of one value: that one.
double quantile_of(const double *sorted, size_t count, double p, QuantileType type);

// Median (type 7) and the distance between the quartiles (type 7) of sorted values; NAN without values.
double quantile_median(const double *sorted, size_t count);

// The median of values in any order, none of them NAN; they are sorted on the way.
double quantile_median_of(double *values, size_t count);
double quantile_range(const double *sorted, size_t count);

// The median distance from the median of sorted values times `scale`: QUANTILE_MAD_NORMAL makes it the standard
// deviation of normal ones, 1 leaves it as it is. NAN without values or with an infinite median.
#define QUANTILE_MAD_NORMAL 1.4826
double quantile_mad(Arena *arena, const double *sorted, size_t count, double scale);

#endif
