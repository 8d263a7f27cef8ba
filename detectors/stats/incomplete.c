/*
 * GSL has no logarithms of these functions, and gives up below 1e-300. But both are a probability mass times a sum or
 * continued fraction of moderate size:
 *
 *     P(a, x) = m(a, x) (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...)               m Poisson's mass, x < a + 1
 *     Q(a, x) = m(a, x) a / (x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...)))   x >= a + 1
 *     I_x(a, b) = m(a, b, x) ab/(a+b) / (c0 + a1/(c1 + a2/(c2 + ...)))        m the binomial mass, x < (a+1)/(a+b+2)
 *
 * so the logarithm of the mass carries the size. The mass itself would lose its digits as a difference of large
 * log-gammas; Loader's form has none of those: with the error of Stirling's formula s(n) and the deviance part
 * D(x, m) = x log(x/m) + m - x,
 *
 *     log m(a, x) = -s(a) - D(a, x) - log(2 pi a) / 2
 *
 * C. Loader, Fast and accurate computation of binomial probabilities (2000).  Continued fractions: DLMF 8.9.2, 8.17.22;
 * A. R. DiDonato, A. H. Morris, ACM Trans. Math. Softw. 18 (1992) 360-373; evaluated by Lentz's method as modified by
 * I. J. Thompson, A. R. Barnett, J. Comput. Phys. 64 (1986) 490-509.
 */
#include "detectors/stats/incomplete.h"

#include "detectors/stats/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum
{
    TERMS_MAX = 10000000,  // about 10 times the root of the largest argument is enough
};

static const double LOG_TWO_PI = 1.8378770664093454836;
static const double TINY = 1e-290;

// log Gamma(n + 1) less Stirling's formula for it, n >= 0.
static double
stirling_error(double n)
{
    const double n2 = n * n;

    if (n < 16)
        return special_log_gamma(n + 1) - (n + .5) * log(n) + n - LOG_TWO_PI / 2;
    return (1. / 12 - (1. / 360 - (1. / 1260 - (1. / 1680 - 1. / 1188 / n2) / n2) / n2) / n2) / n;
}

// x log(x / mean) + mean - x, without losing what is left when they are near each other.
static double
deviance_part(double x, double mean)
{
    const double v = (x - mean) / (x + mean);

    if (!(fabs(v) < .1))
        return x * log(x / mean) + mean - x;

    // x log((1 + v) / (1 - v)) as a series in v, the first term joined to mean - x
    double sum = (x - mean) * v;
    double term = 2 * x * v;

    for (int j = 1; j < 1000; j++) {
        term *= v * v;

        const double next = sum + term / (2 * j + 1);

        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double
incomplete_log_poisson(double a, double x)
{
    if (!(a >= 0) || !(x > 0))
        return NAN;
    if (isinf(x) || isinf(a))
        return -INFINITY;
    if (a == 0)
        return -x;
    return -stirling_error(a) - deviance_part(a, x) - (LOG_TWO_PI + log(a)) / 2;
}

double
incomplete_log_binomial(double a, double b, double x, double y)
{
    const double n = a + b;

    if (!(a >= 0 && b >= 0 && x > 0 && y > 0) || isinf(n))
        return NAN;
    if (a == 0 && b == 0)
        return 0;
    if (a == 0)
        return y < x ? b * log(y) : b * log1p(-x);
    if (b == 0)
        return x < y ? a * log(x) : a * log1p(-y);
    return stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance_part(a, n * x) -
           deviance_part(b, n * y) - (LOG_TWO_PI + log(a) + log(b / n)) / 2;
}

static double
log_of_one_less(double log_part)
{
    return log_part > -.6931471805599453 ? log(-expm1(log_part)) : log1p(-exp(log_part));
}

LogTails
incomplete_from_lower(double log_lower)
{
    const double kept = log_lower > 0 ? 0 : log_lower;  // NAN stays

    return (LogTails){.lower = kept, .upper = log_of_one_less(kept)};
}

LogTails
incomplete_from_upper(double log_upper)
{
    const LogTails turned = incomplete_from_lower(log_upper);

    return (LogTails){.lower = turned.upper, .upper = turned.lower};
}

static double
gamma_series(double a, double x)
{
    double sum = 1;
    double term = 1;

    for (int k = 1; k < TERMS_MAX && term > sum * DBL_EPSILON / 4; k++) {
        term *= x / (a + k);
        sum += term;
    }
    return sum;
}

static double
not_zero(double value)
{
    return fabs(value) < TINY ? TINY : value;
}

// Lentz: the value of a continued fraction b0 + a1/(b1 + a2/(b2 + ...)), a step at a time.
typedef struct Fraction
{
    double value, c, d;
} Fraction;

static bool
fraction_step(Fraction *fraction, double a, double b)
{
    fraction->d = 1 / not_zero(b + a * fraction->d);
    fraction->c = not_zero(b + a / fraction->c);

    const double factor = fraction->c * fraction->d;

    fraction->value *= factor;
    return fabs(factor - 1) > DBL_EPSILON;
}

static double
gamma_fraction(double a, double x)
{
    const double first = not_zero(x + 1 - a);
    Fraction fraction = {first, first, 0};

    for (int k = 1; k < TERMS_MAX; k++)
        if (!fraction_step(&fraction, k * (a - k), x + 2. * k + 1 - a))
            break;
    return 1 / fraction.value;
}

LogTails
incomplete_gamma(double a, double x)
{
    if (!(a > 0) || !(x >= 0) || isinf(a))
        return (LogTails){NAN, NAN};
    if (x == 0)
        return incomplete_from_lower(-INFINITY);
    if (isinf(x))
        return incomplete_from_upper(-INFINITY);

    const double mass = incomplete_log_poisson(a, x);

    if (x < a + 1)
        return incomplete_from_lower(mass + log(gamma_series(a, x)));
    return incomplete_from_upper(mass + log(a) + log(gamma_fraction(a, x)));
}

// Every second step of DLMF's fraction (its even part), written with lambda = a - (a + b) x = a y - b x, which keeps its
// digits when a is a million times b: DiDonato and Morris's.
static double
beta_fraction(double a, double b, double x, double y)
{
    const double c = 1 + a * y - b * x;
    const double c1 = 1 + 1 / a;
    const double first = not_zero(c / c1);
    Fraction fraction = {first, first, 0};

    for (int n = 1; n < TERMS_MAX; n++) {
        const double w = n * (b - n) * x;
        const double p = 1 + (n - 1) / a;
        const double e = a / (a + 2. * n - 1);
        const double alpha = p * (p + b / a) * e * e * w * x;
        const double beta =
            n + w / (a + 2. * n - 1) + (1 + n / a) / (c1 + 2 * n / a) * (c + n * (1 + y));

        if (!fraction_step(&fraction, alpha, beta))
            break;
    }
    return fraction.value;
}

// log I_x(a, b) where the fraction converges fast.
static double
log_beta_part(double a, double b, double x, double y)
{
    return incomplete_log_binomial(a, b, x, y) + log(a) + log(b / (a + b)) -
           log(beta_fraction(a, b, x, y));
}

LogTails
incomplete_beta(double a, double b, double x, double y)
{
    if (!(a > 0 && b > 0 && x >= 0 && y >= 0) || isinf(a) || isinf(b))
        return (LogTails){NAN, NAN};
    if (x == 0)
        return incomplete_from_lower(-INFINITY);
    if (y == 0)
        return incomplete_from_upper(-INFINITY);
    if (x < (a + 1) / (a + b + 2))
        return incomplete_from_lower(log_beta_part(a, b, x, y));
    return incomplete_from_upper(log_beta_part(b, a, y, x));
}
