/*
 * moments.h - mean, standard deviation and lag-1 autocorrelation, to the digits that doubles hold.
 */
#ifndef DETECTORS_STATS_MOMENTS_H
#define DETECTORS_STATS_MOMENTS_H

#include <stddef.h>

// NAN for what cannot be told: everything without values or when one of them is not finite; the deviation of one value;
// the autocorrelation of values that do not differ.
typedef struct Moments
{
    double mean;
    double deviation;        // n - 1 in the denominator
    double autocorrelation;  // between neighbours in the order given, -1..1
} Moments;
Moments moments_of(const double *values, size_t count);

// The sum, with each rounding carried along: as if added in twice the precision.
double moments_sum(const double *values, size_t count);

#endif
