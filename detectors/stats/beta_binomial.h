/*
 * beta_binomial.h - shares of many segments, shrunk to what they have in common: a thin segment's share of late parcels
 * says little, its neighbours' say the rest.
 */
#ifndef DETECTORS_STATS_BETA_BINOMIAL_H
#define DETECTORS_STATS_BETA_BINOMIAL_H

#include <stdbool.h>
#include <stddef.h>

// Per segment: how many of how many. Weighted counts are welcome. A segment without trials, with more hits than trials,
// or with a count that is negative or not finite, says nothing.
typedef struct ShareCounts
{
    const double *hits, *trials;
    size_t count;
} ShareCounts;

// The true shares of segments are taken to be Beta(weight mean, weight (1 - mean)).
typedef struct BetaPrior
{
    double mean;    // within (0, 1)
    double weight;  // positive: how many trials the prior is worth
} BetaPrior;

// Log of the beta-binomial likelihood, binomial coefficients included; 0 when nothing says anything.
double beta_binomial_log_likelihood(const ShareCounts *trials, BetaPrior prior);

// The prior at which it is greatest, with the odds of the mean between exp(-20) and exp(20), and the weight between
// exp(-4) and exp(16); the upper end means that segments do not differ by more than chance. False, with prior
// untouched, when no segment says anything.
bool beta_binomial_fit(const ShareCounts *trials, BetaPrior *prior);

// The same by moments, weighted by trials (Kleinman). The weight is INFINITY when shares differ no more than chance
// makes them, and 0 when they could not differ more. False when it cannot be told: no segment with two trials, fewer
// than two segments, or all outcomes alike.
bool beta_binomial_moments(const ShareCounts *trials, BetaPrior *prior);

// What is believed of one segment: mean and an equal-tailed credible interval of its share; level such as .95. Nonsense
// in (as above, or a prior outside its range) gives NAN; limits are NAN, too, with less than 1e-9 or more than 1e15
// behind them.
typedef struct ShareEstimate
{
    double mean, low, high;
} ShareEstimate;
ShareEstimate beta_binomial_posterior(double hits, double trials, BetaPrior prior, double level);

// James and Stein's estimator of `count` means with the same known variance, shrunk to their own mean by *shrinkage
// (0..1, the positive part; 1 when they are all alike). shrunk may be values itself. False, with outputs untouched, for
// fewer than 4 values, a value that is not finite, or a variance that is negative or not finite.
bool
james_stein(const double *values, size_t count, double variance, double *shrunk, double *shrinkage);

#endif
