/*
 * c_k of N counts fall into cell k of a child whose parent has the shares p_k:
 *
 *     c | q ~ Multinomial(N, q),   q ~ Dirichlet(M p),   E(q_k | c) = (c_k + M p_k) / (N + M)
 *     log L(M) = lgamma M - lgamma(M + N) + sum_k [lgamma(c_k + M p_k) - lgamma(M p_k)]
 *
 * I. J. Good, J. R. Statist. Soc. B 29 (1967) 399-431; J. E. Mosimann, Biometrika 49 (1962) 65-82.
 */
#include "detectors/stats/dirichlet.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_WEIGHT_LOW  (-3.0)
#define LOG_WEIGHT_HIGH 12.0

enum
{
    GRID_CELLS = 10
};

// The sum of counts; NAN when one of them is negative, or the sum not finite.
static double
total_of(size_t cells, const double *counts)
{
    double total = 0;

    for (size_t k = 0; k < cells; k++)
        total += counts[k] >= 0 ? counts[k] : (double)NAN;
    return isfinite(total) ? total : (double)NAN;
}

bool
dirichlet_shrink(
    size_t cells, const double *own, const double *parent, double weight, double *shares)
{
    const double counted = total_of(cells, own);
    const double common = total_of(cells, parent);

    if (isnan(counted) || isnan(common) || !(weight >= 0) || !isfinite(weight))
        return false;

    const double prior = common > 0 ? weight : 0;

    if (!(counted + prior > 0))
        return false;
    for (size_t k = 0; k < cells; k++)
        shares[k] = (own[k] + (prior > 0 ? prior * (parent[k] / common) : 0)) / (counted + prior);
    return true;
}

// What one child says: value of its log-likelihood, and slope by the logarithm of the weight.
typedef struct Said
{
    double value, slope;
    bool anything;
} Said;

static Said
said_by(const DirichletChild *child, size_t cells, double weight)
{
    const double common = total_of(cells, child->parent);
    double counted = 0;
    Said said = {0};

    if (isnan(total_of(cells, child->own)) || !(common > 0))
        return said;
    for (size_t k = 0; k < cells; k++) {
        const double share = child->parent[k] / common;
        const double count = child->own[k];

        if (!(share > 0) || !(count > 0))
            continue;
        counted += count;
        said.value += special_log_gamma(count + weight * share) - special_log_gamma(weight * share);
        said.slope +=
            share * (special_digamma(count + weight * share) - special_digamma(weight * share));
    }
    if (!(counted > 0))
        return said;
    said.anything = true;
    said.value += special_log_gamma(weight) - special_log_gamma(weight + counted);
    said.slope += special_digamma(weight) - special_digamma(weight + counted);
    said.slope *= weight;
    return said;
}

static Said
said_by_all(const DirichletChildren *children, double weight)
{
    Said sum = {0};

    for (size_t i = 0; i < children->count; i++) {
        const Said said = said_by(&children->items[i], children->cells, weight);

        sum.value += said.value;
        sum.slope += said.slope;
        sum.anything = sum.anything || said.anything;
    }
    return sum;
}

double
dirichlet_log_likelihood(const DirichletChildren *children, double weight)
{
    return weight > 0 ? said_by_all(children, weight).value : (double)NAN;
}

static double
value_at(double log_weight, const void *children)
{
    return dirichlet_log_likelihood(children, exp(log_weight));
}

static double
slope_at(double log_weight, const void *children)
{
    return said_by_all(children, exp(log_weight)).slope;
}

bool
dirichlet_fit_weight(const DirichletChildren *children, double *weight)
{
    const Likelihood likelihood = {.value = value_at, .slope = slope_at, .data = children};

    return said_by_all(children, 1).anything &&
           special_maximise(&likelihood, LOG_WEIGHT_LOW, LOG_WEIGHT_HIGH, GRID_CELLS, weight);
}
