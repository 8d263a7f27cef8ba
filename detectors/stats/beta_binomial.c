/*
 * y_i of n_i in segment i, with a common prior of mean m and weight M:
 *
 *     y_i | p_i ~ Binomial(n_i, p_i),   p_i ~ Beta(M m, M (1 - m)),   E(p_i | y_i) = (y_i + M m) / (n_i + M)
 *
 * (m, M) by maximum marginal likelihood. The mean is maximised for each weight, and the likelihood left over in the
 * weight: at the best mean its slope is the partial one, so one parameter is looked for at a time, safely.
 *
 * Moments, with p = sum y / N, N = sum n:
 *
 *     rho = (sum n (y/n - p)^2 - p(1 - p) sum (1 - n/N)) / (p(1 - p) sum (1 - n/N)(n - 1)),   M = 1/rho - 1
 *
 * J. C. Kleinman, J. Amer. Statist. Assoc. 68 (1973) 46-54; D. A. Griffiths, Biometrics 29 (1973) 637-648; B. Efron,
 * C. Morris, J. Amer. Statist. Assoc. 70 (1975) 311-319.
 */
#include "detectors/stats/beta_binomial.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_ODDS_END    20.0
#define LOG_WEIGHT_LOW  (-4.0)
#define LOG_WEIGHT_HIGH 16.0

enum
{
    ODDS_CELLS = 16,
    WEIGHT_CELLS = 10
};

static bool
says_something(double hits, double trials)
{
    return trials > 0 && isfinite(trials) && hits >= 0 && hits <= trials;
}

static double
log_beta(double a, double b)
{
    return special_log_gamma(a) + special_log_gamma(b) - special_log_gamma(a + b);
}

// All of the log-likelihood that depends on the prior.
static double
kernel(const ShareCounts *trials, BetaPrior prior)
{
    const double a = prior.weight * prior.mean;
    const double b = prior.weight * (1 - prior.mean);
    const double alone = log_beta(a, b);
    double sum = 0;

    for (size_t i = 0; i < trials->count; i++) {
        const double y = trials->hits[i];
        const double n = trials->trials[i];

        if (says_something(y, n))
            sum += log_beta(a + y, b + n - y) - alone;
    }
    return sum;
}

double
beta_binomial_log_likelihood(const ShareCounts *trials, BetaPrior prior)
{
    double sum = kernel(trials, prior);

    for (size_t i = 0; i < trials->count; i++) {
        const double y = trials->hits[i];
        const double n = trials->trials[i];

        if (says_something(y, n))
            sum -= log_beta(1 + y, 1 + n - y) + log1p(n);
    }
    return sum;
}

// What to maximise in the mean, at a weight.
typedef struct Search
{
    const ShareCounts *trials;
    double weight;
} Search;

static BetaPrior
prior_at(double log_odds, double weight)
{
    return (BetaPrior){.mean = 1 / (1 + exp(-log_odds)), .weight = weight};
}

// Slopes by the mean and by the weight.
typedef struct Slopes
{
    double mean, weight;
} Slopes;

static Slopes
slopes_at(const ShareCounts *trials, BetaPrior prior)
{
    const double m = prior.mean;
    const double a = prior.weight * m;
    const double b = prior.weight * (1 - m);
    const double alone[] = {special_digamma(a), special_digamma(b), special_digamma(a + b)};
    Slopes slopes = {0};

    for (size_t i = 0; i < trials->count; i++) {
        const double y = trials->hits[i];
        const double n = trials->trials[i];

        if (!says_something(y, n))
            continue;

        const double by_a = y > 0 ? special_digamma(a + y) - alone[0] : 0;
        const double by_b = n > y ? special_digamma(b + n - y) - alone[1] : 0;
        const double by_all = special_digamma(a + b + n) - alone[2];

        slopes.mean += prior.weight * (by_a - by_b);
        slopes.weight += m * by_a + (1 - m) * by_b - by_all;
    }
    return slopes;
}

static double
value_by_odds(double log_odds, const void *data)
{
    const Search *const search = data;

    return kernel(search->trials, prior_at(log_odds, search->weight));
}

static double
slope_by_odds(double log_odds, const void *data)
{
    const Search *const search = data;
    const BetaPrior prior = prior_at(log_odds, search->weight);

    return slopes_at(search->trials, prior).mean * prior.mean * (1 - prior.mean);
}

// The prior of this weight with the best mean.
static BetaPrior
best_mean(const ShareCounts *trials, double weight)
{
    const Search search = {.trials = trials, .weight = weight};
    const Likelihood likelihood = {.value = value_by_odds, .slope = slope_by_odds, .data = &search};
    double odds = NAN;

    if (!special_maximise(&likelihood, -LOG_ODDS_END, LOG_ODDS_END, ODDS_CELLS, &odds))
        return (BetaPrior){NAN, weight};
    return prior_at(log(odds), weight);
}

static double
value_by_weight(double log_weight, const void *trials)
{
    return kernel(trials, best_mean(trials, exp(log_weight)));
}

static double
slope_by_weight(double log_weight, const void *trials)
{
    const double weight = exp(log_weight);

    return weight * slopes_at(trials, best_mean(trials, weight)).weight;
}

bool
beta_binomial_fit(const ShareCounts *trials, BetaPrior *prior)
{
    const Likelihood likelihood = {
        .value = value_by_weight, .slope = slope_by_weight, .data = trials};
    double weight = NAN;
    bool told = false;

    for (size_t i = 0; i < trials->count; i++)
        told = told || says_something(trials->hits[i], trials->trials[i]);
    if (!told ||
        !special_maximise(&likelihood, LOG_WEIGHT_LOW, LOG_WEIGHT_HIGH, WEIGHT_CELLS, &weight))
        return false;
    *prior = best_mean(trials, weight);
    return true;
}

bool
beta_binomial_moments(const ShareCounts *trials, BetaPrior *prior)
{
    double y = 0;
    double n = 0;
    double observed = 0;
    double chance = 0;
    double most = 0;

    for (size_t i = 0; i < trials->count; i++)
        if (says_something(trials->hits[i], trials->trials[i])) {
            y += trials->hits[i];
            n += trials->trials[i];
        }
    if (!(y > 0) || !(y < n))
        return false;

    const double mean = y / n;

    for (size_t i = 0; i < trials->count; i++)
        if (says_something(trials->hits[i], trials->trials[i])) {
            const double size = trials->trials[i];

            observed += size * pow(trials->hits[i] / size - mean, 2);
            chance += mean * (1 - mean) * (1 - size / n);
            most += mean * (1 - mean) * (1 - size / n) * (size - 1);
        }
    if (!(most > 0))
        return false;

    const double alike = (observed - chance) / most;  // correlation within a segment

    *prior =
        (BetaPrior){.mean = mean, .weight = alike > 0 ? fmax(1 / alike - 1, 0) : (double)INFINITY};
    return true;
}

ShareEstimate
beta_binomial_posterior(double hits, double trials, BetaPrior prior, double level)
{
    const double a = hits + prior.weight * prior.mean;
    const double b = trials - hits + prior.weight * (1 - prior.mean);
    const bool known = hits >= 0 && hits <= trials && prior.mean > 0 && prior.mean < 1 &&
                       prior.weight > 0 && isfinite(a) && isfinite(b);

    if (!known || !(level > 0 && level < 1))
        return (ShareEstimate){NAN, NAN, NAN};
    return (ShareEstimate){.mean = a / (a + b),
        .low = special_beta_quantile((1 - level) / 2, a, b),
        .high = special_beta_quantile((1 + level) / 2, a, b)};
}
