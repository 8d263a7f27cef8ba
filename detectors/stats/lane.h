/*
 * lane.h - one scalar per lane: how much faster or slower than its service it empties (statistics 2, "Lane scalar").
 */
#ifndef DETECTORS_STATS_LANE_H
#define DETECTORS_STATS_LANE_H

#include <stdbool.h>
#include <stddef.h>

// Gaps observed to close, and expected to by the service's cumulative hazard, per lane.
typedef struct LaneCounts
{
    const double *observed, *expected;
    size_t count;
} LaneCounts;

// (observed + weight) / (expected + weight): the posterior mean of a factor with prior Gamma(weight, weight).
double lane_scalar(double observed, double expected, double weight);

// Log-likelihood of the counts under Poisson(factor expected), factor ~ Gamma(weight, weight); constants of the
// counts are left out.
double lane_log_likelihood(const LaneCounts *lanes, double weight);

// The weight at which it is greatest, between exp(-2) and exp(12); the upper end means that lanes do not differ.
// False when no lane says anything.
bool lane_fit_weight(const LaneCounts *lanes, double *weight);

#endif
