/*
 * Proportional hazards with a Gamma prior.
 *
 * A lane's gaps close theta times as fast as its service's. With H the service's cumulative hazard, the gaps of a lane
 * that closed are O ~ Poisson(theta E), E = sum of H(x) over all its gaps, closed or waiting. Under theta ~ Gamma(kappa,
 * kappa) the posterior mean is (O + kappa) / (E + kappa), and O is negative binomial, which gives kappa by maximum
 * likelihood over all lanes. Where lanes do not differ kappa runs to its upper end and the scalar switches itself off.
 *
 * D. Clayton, J. Kaldor, Biometrics 43 (1987) 671-681.
 */
#include "detectors/stats/lane.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_WEIGHT_LOW  (-2.0)
#define LOG_WEIGHT_HIGH 12.0

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
