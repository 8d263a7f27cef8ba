/*
 * tails.h - how likely at least, or at most, so many: tails of the usual distributions, with logarithms that do not
 * give out where the tails are below 1e-300.
 *
 * lower is log P(X <= x), upper log P(X >= x): x itself belongs to both, so of counts the two add up to more than 1.
 * A count x that is not whole is rounded inwards (x >= 2.5 is x >= 3); x below all counts, or infinite, is allowed.
 * Both are NAN when x is NAN or a parameter is out of its range; so a tail is never taken for 0 by mistake. exp() gives
 * the probability. Relative error below 1e-9, of the logarithm too.
 */
#ifndef DETECTORS_STATS_TAILS_H
#define DETECTORS_STATS_TAILS_H

#include "detectors/stats/incomplete.h"

// mean >= 0.
LogTails tails_poisson(double x, double mean);

// n trials (whole, >= 0) with this chance each.
LogTails tails_binomial(double x, double n, double chance);

// Overdispersed counts: variance mean + mean^2 / size; size > 0, INFINITY for Poisson.
LogTails tails_negative_binomial(double x, double mean, double size);

// Counts with variance dispersion x mean, dispersion >= 0: negative binomial above 1, Poisson at 1, below it binomial with
// mean / (1 - dispersion) trials, which need not be a whole number.
LogTails tails_dispersed(double x, double mean, double dispersion);

// n trials whose chance is itself Beta(a, b); n <= 1e7, since it is a sum over what lies beyond x.
LogTails tails_beta_binomial(double x, double n, double a, double b);

// Standard normal.
LogTails tails_normal(double z);

// The value below which Beta(a, b) falls with probability share, 0 <= share <= 1.
double tails_beta_quantile(double share, double a, double b);

#endif
