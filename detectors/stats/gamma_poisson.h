/*
 * gamma_poisson.h - observed against expected counts of many segments, shrunk to what they have in common.
 *
 * lane.h is the case of a known common ratio of 1, which is right where the expectation was learned from the same
 * lanes; here the ratio is fitted too.
 */
#ifndef DETECTORS_STATS_GAMMA_POISSON_H
#define DETECTORS_STATS_GAMMA_POISSON_H

#include <stdbool.h>
#include <stddef.h>

// Per segment. One whose expectation is not positive and finite, or whose observed count is negative or not finite,
// says nothing.
typedef struct RatioCounts
{
    const double *observed, *expected;
    size_t count;
} RatioCounts;

// Ratios of observed to expected are taken to be Gamma with this mean and shape `size` (variance ratio^2 / size).
typedef struct GammaPrior
{
    double ratio, size;  // positive
} GammaPrior;

// Log of the negative-binomial likelihood, constants of the counts included; 0 when nothing says anything.
double gamma_poisson_log_likelihood(const RatioCounts *counts, GammaPrior prior);

// The prior at which it is greatest: ratio between exp(-12) and exp(12), size between exp(-4) and exp(14); the upper
// end means that segments do not differ by more than chance. False, with prior untouched, when no segment says
// anything.
bool gamma_poisson_fit(const RatioCounts *counts, GammaPrior *prior);

// What is believed of one segment's ratio: posterior mean and equal-tailed credible interval; level such as .95. NAN
// for counts that say nothing (expected 0 is allowed: the prior's own) or a prior out of range; limits are NAN, too,
// with less than 1e-9 or more than 1e15 behind them.
typedef struct RatioEstimate
{
    double mean, low, high;
} RatioEstimate;
RatioEstimate
gamma_poisson_posterior(double observed, double expected, GammaPrior prior, double level);

#endif
