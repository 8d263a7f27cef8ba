/*
 * lane.h - one number per lane: how much faster or slower than its service it empties (statistics 2, "Lane scalar"), as
 * a factor on hazards or as a stretch of time.
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

// Mean log durations of lanes, as departures from their service's mean, and how many gaps are behind each.
typedef struct LaneLogs
{
    const double *departure, *gaps;
    size_t count;
    double variance;  // of one gap's log duration within a lane; positive
} LaneLogs;

// exp of the departure, shrunk to none: departure x gaps / (gaps + variance / spread). 1 without gaps or spread.
double lane_stretch(double departure, double gaps, double variance, double spread);

// The variance of true departures between lanes at which the likelihood is greatest, between exp(-12) and exp(3).
// False when no lane says anything.
bool lane_fit_spread(const LaneLogs *lanes, double *spread);

#endif
