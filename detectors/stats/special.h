/*
 * special.h - the door to GSL: special functions, distributions, equations and root finding, with every status and
 * result checked.
 */
#ifndef DETECTORS_STATS_SPECIAL_H
#define DETECTORS_STATS_SPECIAL_H

#include <stdbool.h>
#include <stddef.h>

// log Gamma(x) and its derivative for x > 0; NAN where GSL cannot tell.
double special_log_gamma(double x);
double special_digamma(double x);

// Quantiles, for p between 0 and 1 (both excluded), a, b and shape between 1e-9 and 1e15, and a positive finite rate;
// NAN otherwise, or where GSL cannot tell. special_gamma_quantile is of a Gamma(shape, rate). Relative error below
// 1e-9, and 1e-7 of the beta's where a parameter is above a million.
double special_normal_quantile(double p);
double special_beta_quantile(double p, double a, double b);
double special_gamma_quantile(double p, double shape, double rate);

// log P(X > z) of a standard normal X, good far into the tail, and its hazard density(z) / P(X > z); NAN for NAN.
double special_log_normal_above(double z);
double special_normal_hazard(double z);

// P(chi-squared with `degrees` > 0 degrees of freedom >= value); 1 for a value not above 0, NAN where it cannot be
// told.
double special_chi_squared_above(double value, double degrees);

// Solves matrix x = right for a positive definite symmetric matrix of size x size numbers, row by row. False, with x
// untouched, when the matrix is not positive definite to working precision. The matrix and the right side are kept.
bool special_solve(size_t size, const double *matrix, const double *right, double *x);

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
