/*
 * incomplete.h - logarithms of the incomplete gamma and beta functions, as far out as doubles reach.
 *
 * Both tails at once, because the small one is what can be computed and the large one is 1 less it. Everything is NAN
 * when an argument is out of range or not a number.
 */
#ifndef DETECTORS_STATS_INCOMPLETE_H
#define DETECTORS_STATS_INCOMPLETE_H

// log P and log Q with P + Q = 1; -INFINITY for 0.
typedef struct LogTails
{
    double lower, upper;
} LogTails;

// Regularised incomplete gamma: lower is P(a, x), upper Q(a, x); a > 0, x >= 0 (may be INFINITY).
LogTails incomplete_gamma(double a, double x);

// Regularised incomplete beta: lower is I_x(a, b), upper I_y(b, a); a, b > 0, x >= 0, y = 1 - x >= 0. Giving both x and
// y keeps the digits of the one near 0.
LogTails incomplete_beta(double a, double b, double x, double y);

// Both tails from the log of the smaller one.
LogTails incomplete_from_lower(double log_lower);
LogTails incomplete_from_upper(double log_upper);

// log of exp(-x) x^a / Gamma(a + 1), the Poisson probability of a for mean x; a >= 0, x > 0, neither need be whole.
double incomplete_log_poisson(double a, double x);

// log of Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, the binomial probability of a in a + b; a, b >= 0,
// x, y > 0 with x + y = 1.
double incomplete_log_binomial(double a, double b, double x, double y);

#endif
