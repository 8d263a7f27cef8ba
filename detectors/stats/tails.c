/*
 * Tails of counts as incomplete gamma and beta functions:
 *
 *     Poisson             P(X >= x) = P(x, mean)
 *     binomial            P(X >= x) = I_p(x, n - x + 1)
 *     negative binomial   P(X >= x) = I_q(x, size),  q = mean / (mean + size)
 *
 * With a dispersion phi = variance / mean these three are one family (Panjer's): above 1 the negative binomial with size
 * mean / (phi - 1), below it the binomial with p = 1 - phi and n = mean / p, for which n need not be whole. Beta-binomial tails have
 * no such form: masses are summed outwards from x, each from the one before. Normal tails are GSL's log erfc.
 *
 * N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions (2005), 3.4, 4.2, 5.6, 6.2.2.
 */
#include "detectors/stats/tails.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>
#include <stdbool.h>

static const double LOG_TWO = .6931471805599453;
static const double SIZE_OF_POISSON = 1e15;  // above this, size makes no difference in 1e-9
static const double TRIALS_MAX = 1e7;

// The two tails of a count come from two calls: P(X <= x) is what P(X >= x + 1) leaves.
static LogTails
join(LogTails at, LogTails next)
{
    return (LogTails){.lower = next.lower, .upper = at.upper};
}

static const LogTails CERTAIN_UPPER = {
    .lower = -INFINITY, .upper = 0};  // X >= x surely, X < x never
static const LogTails CERTAIN_LOWER = {.lower = 0, .upper = -INFINITY};
static const LogTails UNKNOWN = {NAN, NAN};

// The functions' lower side is P(X >= x): theirs is the distribution of the mean, or the chance.
static LogTails
turned(LogTails tails)
{
    return (LogTails){.lower = tails.upper, .upper = tails.lower};
}

// log P(X < x) and log P(X >= x) for a whole x.
static LogTails
poisson_split(double x, double mean)
{
    if (x <= 0)
        return CERTAIN_UPPER;
    if (isinf(x) || mean == 0)
        return CERTAIN_LOWER;
    return turned(incomplete_gamma(x, mean));
}

LogTails
tails_poisson(double x, double mean)
{
    if (isnan(x) || !(mean >= 0) || isinf(mean))
        return UNKNOWN;
    return join(poisson_split(ceil(x), mean), poisson_split(floor(x) + 1, mean));
}

static LogTails
binomial_split(double x, double n, double chance)
{
    if (x <= 0)
        return CERTAIN_UPPER;
    if (x > n)
        return CERTAIN_LOWER;
    return turned(incomplete_beta(x, n - x + 1, chance, 1 - chance));
}

LogTails
tails_binomial(double x, double n, double chance)
{
    if (isnan(x) || !(n >= 0) || isinf(n) || n != floor(n) || !(chance >= 0 && chance <= 1))
        return UNKNOWN;
    return join(binomial_split(ceil(x), n, chance), binomial_split(floor(x) + 1, n, chance));
}

static LogTails
negative_binomial_split(double x, double mean, double size)
{
    if (x <= 0)
        return CERTAIN_UPPER;
    if (isinf(x) || mean == 0)
        return CERTAIN_LOWER;
    return turned(incomplete_beta(x, size, mean / (mean + size), size / (mean + size)));
}

LogTails
tails_negative_binomial(double x, double mean, double size)
{
    if (isnan(x) || !(mean >= 0) || isinf(mean) || !(size > 0))
        return UNKNOWN;
    if (size > SIZE_OF_POISSON)
        return tails_poisson(x, mean);
    return join(negative_binomial_split(ceil(x), mean, size),
        negative_binomial_split(floor(x) + 1, mean, size));
}

// Of trials that need not be a whole number.
static LogTails
underdispersed(double x, double mean, double dispersion)
{
    const double chance = 1 - dispersion, trials = mean / chance;

    if (isnan(x) || !(mean >= 0) || isinf(mean))
        return UNKNOWN;
    return join(
        binomial_split(ceil(x), trials, chance), binomial_split(floor(x) + 1, trials, chance));
}

LogTails
tails_dispersed(double x, double mean, double dispersion)
{
    if (isnan(dispersion) || dispersion < 0 || isinf(dispersion))
        return UNKNOWN;
    if (dispersion == 1 || mean == 0)
        return tails_poisson(x, mean);
    if (dispersion < 1)
        return underdispersed(x, mean, dispersion);
    return tails_negative_binomial(x, mean, mean / (dispersion - 1));
}

// log of the sum of exp(values), one at a time.
typedef struct LogSum
{
    double most, sum;
} LogSum;

static void
log_sum_add(LogSum *total, double value)
{
    if (value > total->most) {
        total->sum = total->sum * exp(total->most - value) + 1;
        total->most = value;
    } else
        total->sum += exp(value - total->most);
}

// log of the negative binomial mass of k: size / (size + k) times the binomial mass of k in size + k.
static double
negative_binomial_mass(double k, double size, double x, double y)
{
    return log(size / (size + k)) + incomplete_log_binomial(k, size, x, y);
}

// log P(from <= X <= to) by masses, each from the one before. The first is that of two negative binomials given their
// sum, which needs no difference of large log-gammas.
static double
beta_binomial_between(double from, double to, double n, double a, double b)
{
    const double x = n / (n + a + b);
    const double y = (a + b) / (n + a + b);
    LogSum total = {.most = -INFINITY};
    double mass = negative_binomial_mass(from, a, x, y) +
                  negative_binomial_mass(n - from, b, x, y) -
                  negative_binomial_mass(n, a + b, x, y);

    log_sum_add(&total, mass);
    for (double k = from; k < to; k++) {
        mass += log((n - k) / (k + 1) * ((k + a) / (n - k - 1 + b)));
        log_sum_add(&total, mass);
    }
    return total.most + log(total.sum);
}

// Whichever side is the smaller one is summed; it can take the sum of the other side to know.
static LogTails
beta_binomial_split(double x, double n, double a, double b)
{
    if (x <= 0)
        return CERTAIN_UPPER;
    if (x > n)
        return CERTAIN_LOWER;

    const double upper = beta_binomial_between(x, n, n, a, b);

    if (upper < -LOG_TWO)
        return incomplete_from_upper(upper);
    return incomplete_from_lower(beta_binomial_between(0, x - 1, n, a, b));
}

LogTails
tails_beta_binomial(double x, double n, double a, double b)
{
    if (isnan(x) || !(n >= 0 && n <= TRIALS_MAX) || n != floor(n) || !(a > 0 && b > 0) ||
        isinf(a) || isinf(b))
        return UNKNOWN;
    return join(beta_binomial_split(ceil(x), n, a, b), beta_binomial_split(floor(x) + 1, n, a, b));
}

LogTails
tails_normal(double z)
{
    gsl_sf_result far;

    if (isnan(z))
        return UNKNOWN;
    if (isinf(z))
        return z < 0 ? CERTAIN_UPPER : CERTAIN_LOWER;
    gsl_set_error_handler_off();
    if (gsl_sf_log_erfc_e(fabs(z) * M_SQRT1_2, &far) != GSL_SUCCESS)
        return UNKNOWN;
    return z < 0 ? incomplete_from_lower(far.val - LOG_TWO)
                 : incomplete_from_upper(far.val - LOG_TWO);
}

// Halving an interval of log odds, so that quantiles near 0 and near 1 keep their digits.
double
tails_beta_quantile(double share, double a, double b)
{
    double low = -750;
    double high = 750;

    if (!(share >= 0 && share <= 1) || !(a > 0 && b > 0) || isinf(a) || isinf(b))
        return NAN;
    if (share == 0 || share == 1)
        return share;
    while (high - low > 1e-15 * fmax(fabs(low), 1)) {
        const double middle = low + (high - low) / 2;
        const LogTails tails = incomplete_beta(a, b, 1 / (1 + exp(-middle)), 1 / (1 + exp(middle)));
        const bool below = share < .5 ? tails.lower < log(share) : tails.upper > log1p(-share);

        if (middle <= low || middle >= high)
            break;
        if (below)
            low = middle;
        else
            high = middle;
    }
    return 1 / (1 + exp(-low));
}
