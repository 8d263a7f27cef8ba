/*
 * special.h - the door to GSL: special functions and root finding, with every status and result checked.
 */
#ifndef DETECTORS_STATS_SPECIAL_H
#define DETECTORS_STATS_SPECIAL_H

#include <stdbool.h>

// log Gamma(x) and its derivative for x > 0; NAN where GSL cannot tell.
double special_log_gamma(double x);
double special_digamma(double x);

// A log-likelihood of the logarithm of one positive parameter, and its derivative by that logarithm.
typedef struct Likelihood
{
    double (*value)(double log_parameter, const void *data);
    double (*slope)(double log_parameter, const void *data);
    const void *data;
} Likelihood;

// The parameter between exp(low) and exp(high) where the likelihood is greatest: the best of a grid of `cells` equal
// cells, then the root of the slope beside it. An end of the range when it is greatest there. False when the likelihood
// is not finite anywhere.
bool special_maximise(
    const Likelihood *likelihood, double low, double high, int cells, double *parameter);

#endif
