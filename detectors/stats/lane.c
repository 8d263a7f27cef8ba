/*
 * Proportional hazards with a Gamma prior.
 *
 * A lane's gaps close theta times as fast as its service's. With H the service's cumulative hazard, the gaps of a lane
 * that closed are O ~ Poisson(theta E), E = sum of H(x) over all its gaps, closed or waiting. Under theta ~ Gamma(kappa,
 * kappa) the posterior mean is (O + kappa) / (E + kappa), and O is negative binomial, which gives kappa by maximum
 * likelihood over all lanes. Where lanes do not differ kappa runs to its upper end and the scalar switches itself off.
 *
 * Or time itself is stretched: a lane twice as far takes twice as long, which no factor on hazards can say without giving
 * it an endless tail. The mean log duration of a lane with n gaps departs from its service's by
 *
 *     m ~ N(delta, sigma^2 / n),  delta ~ N(0, tau^2),  E(delta | m) = m n / (n + sigma^2 / tau^2)
 *
 * with tau^2 by maximum likelihood over all lanes.
 *
 * D. Clayton, J. Kaldor, Biometrics 43 (1987) 671-681; B. Efron, C. Morris, J. Amer. Statist. Assoc. 70 (1975) 311-319.
 */
#include "detectors/stats/lane.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_WEIGHT_LOW  (-2.0)
#define LOG_WEIGHT_HIGH 12.0
#define LOG_SPREAD_LOW  (-12.0)
#define LOG_SPREAD_HIGH 3.0

enum
{
    GRID_CELLS = 14
};

double
lane_scalar(double observed, double expected, double weight)
{
    return expected + weight > 0 ? (observed + weight) / (expected + weight) : 1;
}

double
lane_log_likelihood(const LaneCounts *lanes, double weight)
{
    double sum = 0;

    for (size_t i = 0; i < lanes->count; i++) {
        const double o = lanes->observed[i];
        const double e = lanes->expected[i];

        if (e > 0)
            sum += special_log_gamma(o + weight) - special_log_gamma(weight) -
                   weight * log1p(e / weight) + (o > 0 ? o * log(e / (weight + e)) : 0);
    }
    return sum;
}

static double
value_at(double log_weight, const void *lanes)
{
    return lane_log_likelihood(lanes, exp(log_weight));
}

static double
slope_at(double log_weight, const void *data)
{
    const LaneCounts *const lanes = data;
    const double weight = exp(log_weight);
    double sum = 0;

    for (size_t i = 0; i < lanes->count; i++) {
        const double o = lanes->observed[i];
        const double e = lanes->expected[i];

        if (e > 0)
            sum += special_digamma(o + weight) - special_digamma(weight) - log1p(e / weight) +
                   (e - o) / (weight + e);
    }
    return weight * sum;
}

bool
lane_fit_weight(const LaneCounts *lanes, double *weight)
{
    const Likelihood likelihood = {.value = value_at, .slope = slope_at, .data = lanes};

    for (size_t i = 0; i < lanes->count; i++)
        if (lanes->expected[i] > 0)
            return special_maximise(
                &likelihood, LOG_WEIGHT_LOW, LOG_WEIGHT_HIGH, GRID_CELLS, weight);
    return false;
}

double
lane_stretch(double departure, double gaps, double variance, double spread)
{
    if (!(gaps > 0) || !(spread > 0))
        return 1;
    return exp(departure * gaps / (gaps + variance / spread));
}

static double
spread_value_at(double log_spread, const void *data)
{
    const LaneLogs *const lanes = data;
    double sum = 0;

    for (size_t i = 0; i < lanes->count; i++) {
        if (!(lanes->gaps[i] > 0))
            continue;

        const double variance = exp(log_spread) + lanes->variance / lanes->gaps[i];

        sum -= (log(variance) + lanes->departure[i] * lanes->departure[i] / variance) / 2;
    }
    return sum;
}

static double
spread_slope_at(double log_spread, const void *data)
{
    const LaneLogs *const lanes = data;
    const double spread = exp(log_spread);
    double sum = 0;

    for (size_t i = 0; i < lanes->count; i++) {
        if (!(lanes->gaps[i] > 0))
            continue;

        const double variance = spread + lanes->variance / lanes->gaps[i];
        const double ratio = lanes->departure[i] * lanes->departure[i] / variance;

        sum += (ratio - 1) / variance / 2;
    }
    return spread * sum;
}

bool
lane_fit_spread(const LaneLogs *lanes, double *spread)
{
    const Likelihood likelihood = {
        .value = spread_value_at, .slope = spread_slope_at, .data = lanes};

    for (size_t i = 0; i < lanes->count && lanes->variance > 0; i++)
        if (lanes->gaps[i] > 0)
            return special_maximise(
                &likelihood, LOG_SPREAD_LOW, LOG_SPREAD_HIGH, GRID_CELLS, spread);
    return false;
}
