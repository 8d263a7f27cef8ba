/*
 * charts.h - watching a number night after night: CUSUM, EWMA, and the statistic of a cluster (statistics 6).
 */
#ifndef DETECTORS_STATS_CHARTS_H
#define DETECTORS_STATS_CHARTS_H

// The next CUSUM: what was there plus tonight's increment, never below 0. An increment that is NAN (nothing was seen)
// leaves it as it is. Alarm when it reaches a threshold h; start again at 0.
double chart_cusum_next(double sum, double increment);

// Tonight's increment of the log-likelihood ratio of a changed state against the normal one, divided by the dispersion
// (variance over what the model says; below 1 it counts as 1). NAN for what cannot be: negative counts, means or
// spreads that are not positive, chances not within (0, 1), more successes than trials.
double chart_normal_increment(double value, double normal_mean, double changed_mean, double spread);
double
chart_poisson_increment(double count, double normal_mean, double changed_mean, double dispersion);
double chart_binomial_increment(double successes, double trials, double normal_chance,
    double changed_chance, double dispersion);

// The next EWMA: weight of tonight's value within (0, 1]. A NAN value leaves it as it is.
double chart_ewma_next(double average, double value, double weight);

// How far the EWMA of `nights` values lies from its mean at most, in `width` standard deviations of a value with this
// spread. nights INFINITY for the limit it tends to. NAN when something is out of range.
double chart_ewma_limit(double spread, double weight, double width, double nights);

// Log-likelihood ratio of a cluster in which observed cases stand against expected ones, out of `total` cases in all
// (and expected in all): Kulldorff's Poisson scan statistic for too many cases. 0 when there are not too many; NAN for
// negative or not finite numbers, or more inside than in all.
double chart_cluster_ratio(double observed, double expected, double total);

#endif
