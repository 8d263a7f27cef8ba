/*
 * Page's cumulative sum S = max(0, S + x) gathers small departures that no single night shows. With x the log
 * likelihood ratio of a changed state against the normal one it is the fastest to find that change for a given rate of
 * false alarms (Moustakides 1986):
 *
 *     normal     (m1 - m0) / s^2 (x - (m0 + m1) / 2)
 *     Poisson    x log(m1 / m0) - (m1 - m0)
 *     binomial   x log(p1 / p0) + (n - x) log((1 - p1) / (1 - p0))
 *
 * Where counts vary phi times as much as the model says, these are phi times too sure and are divided by it. The
 * exponentially weighted mean z = w x + (1 - w) z has variance s^2 w / (2 - w) (1 - (1 - w)^2n) after n values (Roberts
 * 1959). A cluster's likelihood ratio, c log(c / E) + (C - c) log((C - c) / (C - E)), weighs its rate against the one
 * outside (Kulldorff 1997).
 *
 * E. S. Page, Biometrika 41 (1954) 100-115.  G. V. Moustakides, Ann. Statist. 14 (1986) 1379-1387.  S. W. Roberts,
 * Technometrics 1 (1959) 239-250.  M. Kulldorff, Commun. Statist. Theory Meth. 26 (1997) 1481-1496.
 */
#include "detectors/stats/charts.h"

#include <math.h>
#include <stdbool.h>

double
chart_cusum_next(double sum, double increment)
{
    return isnan(increment) ? sum : fmax(sum + increment, 0);
}

double
chart_normal_increment(double value, double normal_mean, double changed_mean, double spread)
{
    if (!(spread > 0) || isinf(spread))
        return NAN;
    return (changed_mean - normal_mean) / (spread * spread) *
           (value - (normal_mean + changed_mean) / 2);
}

static bool
is_count(double count)
{
    return count >= 0 && isfinite(count);
}

static bool
is_mean(double mean)
{
    return mean > 0 && isfinite(mean);
}

// A dispersion below 1 counts as 1; NAN and infinity stay none.
static double
divided(double ratio, double dispersion)
{
    return isfinite(dispersion) ? ratio / fmax(dispersion, 1) : NAN;
}

double
chart_poisson_increment(double count, double normal_mean, double changed_mean, double dispersion)
{
    if (!is_count(count) || !is_mean(normal_mean) || !is_mean(changed_mean))
        return NAN;
    return divided(
        count * log(changed_mean / normal_mean) - (changed_mean - normal_mean), dispersion);
}

double
chart_binomial_increment(
    double successes, double trials, double normal_chance, double changed_chance, double dispersion)
{
    if (!is_count(successes) || !is_count(trials) || successes > trials ||
        !(normal_chance > 0 && normal_chance < 1) || !(changed_chance > 0 && changed_chance < 1))
        return NAN;
    return divided(successes * log(changed_chance / normal_chance) +
                       (trials - successes) * (log1p(-changed_chance) - log1p(-normal_chance)),
        dispersion);
}

double
chart_ewma_next(double average, double value, double weight)
{
    if (!(weight > 0 && weight <= 1))
        return NAN;
    return isnan(value) ? average : weight * value + (1 - weight) * average;
}

double
chart_ewma_limit(double spread, double weight, double width, double nights)
{
    if (!(spread >= 0) || !(weight > 0 && weight <= 1) || !(width >= 0) || !(nights >= 0))
        return NAN;
    return width * spread * sqrt(weight / (2 - weight) * (1 - pow(1 - weight, 2 * nights)));
}

double
chart_cluster_ratio(double observed, double expected, double total)
{
    if (!is_count(observed) || !is_count(expected) || !is_count(total) || observed > total ||
        expected > total)
        return NAN;
    if (observed <= expected)
        return 0;
    if (expected == 0)
        return INFINITY;

    const double outside = total - observed;

    return observed * log(observed / expected) +
           (outside > 0 ? outside * log(outside / (total - expected)) : 0);
}
