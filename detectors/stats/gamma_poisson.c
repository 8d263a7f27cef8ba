/*
 *     O_i ~ Poisson(r_i E_i),   r_i ~ Gamma(k, k / mu),   E(r_i | O_i) = (O_i + k) / (E_i + k / mu)
 *
 * so that O_i is negative binomial with size k and mean mu E_i. (mu, k) by maximum likelihood: the ratio is maximised
 * for each size, then the likelihood that is left over in the size, whose slope there is the partial one.
 *
 * D. Clayton, J. Kaldor, Biometrics 43 (1987) 671-681.
 */
#include "detectors/stats/gamma_poisson.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_RATIO_END 12.0
#define LOG_SIZE_LOW  (-4.0)
#define LOG_SIZE_HIGH 14.0

enum
{
    RATIO_CELLS = 12,
    SIZE_CELLS = 9
};

static bool
says_something(double observed, double expected)
{
    return expected > 0 && isfinite(expected) && observed >= 0 && isfinite(observed);
}

double
gamma_poisson_log_likelihood(const RatioCounts *counts, GammaPrior prior)
{
    const double k = prior.size;
    double sum = 0;

    for (size_t i = 0; i < counts->count; i++) {
        const double o = counts->observed[i];
        const double mean = prior.ratio * counts->expected[i];

        if (says_something(o, counts->expected[i]))
            sum += special_log_gamma(o + k) - special_log_gamma(k) - special_log_gamma(o + 1) -
                   k * log1p(mean / k) + (o > 0 ? o * log(mean / (k + mean)) : 0);
    }
    return sum;
}

// Slopes by the logarithms of the ratio and of the size.
static GammaPrior
slopes_at(const RatioCounts *counts, GammaPrior prior)
{
    const double k = prior.size;
    GammaPrior slopes = {0};

    for (size_t i = 0; i < counts->count; i++) {
        const double o = counts->observed[i];
        const double mean = prior.ratio * counts->expected[i];

        if (!says_something(o, counts->expected[i]))
            continue;
        slopes.ratio += k * (o - mean) / (k + mean);
        slopes.size += k * (special_digamma(o + k) - special_digamma(k) - log1p(mean / k) +
                               (mean - o) / (k + mean));
    }
    return slopes;
}

typedef struct Search
{
    const RatioCounts *counts;
    double size;
} Search;

static double
value_by_ratio(double log_ratio, const void *data)
{
    const Search *const search = data;

    return gamma_poisson_log_likelihood(search->counts, (GammaPrior){exp(log_ratio), search->size});
}

static double
slope_by_ratio(double log_ratio, const void *data)
{
    const Search *const search = data;

    return slopes_at(search->counts, (GammaPrior){exp(log_ratio), search->size}).ratio;
}

static GammaPrior
best_ratio(const RatioCounts *counts, double size)
{
    const Search search = {.counts = counts, .size = size};
    const Likelihood likelihood = {
        .value = value_by_ratio, .slope = slope_by_ratio, .data = &search};
    GammaPrior prior = {NAN, size};

    special_maximise(&likelihood, -LOG_RATIO_END, LOG_RATIO_END, RATIO_CELLS, &prior.ratio);
    return prior;
}

static double
value_by_size(double log_size, const void *counts)
{
    return gamma_poisson_log_likelihood(counts, best_ratio(counts, exp(log_size)));
}

static double
slope_by_size(double log_size, const void *counts)
{
    return slopes_at(counts, best_ratio(counts, exp(log_size))).size;
}

bool
gamma_poisson_fit(const RatioCounts *counts, GammaPrior *prior)
{
    const Likelihood likelihood = {.value = value_by_size, .slope = slope_by_size, .data = counts};
    double size = NAN;
    bool told = false;

    for (size_t i = 0; i < counts->count; i++)
        told = told || says_something(counts->observed[i], counts->expected[i]);
    if (!told || !special_maximise(&likelihood, LOG_SIZE_LOW, LOG_SIZE_HIGH, SIZE_CELLS, &size))
        return false;
    *prior = best_ratio(counts, size);
    return true;
}

RatioEstimate
gamma_poisson_posterior(double observed, double expected, GammaPrior prior, double level)
{
    if (!(observed >= 0) || !(expected >= 0) || !(prior.size > 0) || !(prior.ratio > 0) ||
        !(level > 0 && level < 1))
        return (RatioEstimate){NAN, NAN, NAN};

    const double shape = observed + prior.size;
    const double rate = expected + prior.size / prior.ratio;

    if (!isfinite(shape) || !isfinite(rate) || !(rate > 0) || !isfinite(shape / rate))
        return (RatioEstimate){NAN, NAN, NAN};
    return (RatioEstimate){.mean = shape / rate,
        .low = special_gamma_quantile((1 - level) / 2, shape, rate),
        .high = special_gamma_quantile((1 + level) / 2, shape, rate)};
}
