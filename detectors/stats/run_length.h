/*
 * run_length.h - how many nights a chart runs until its alarm, on average: false alarms when nothing has changed,
 * delay when something has.
 *
 * All return NAN when an argument is not finite or out of its range, or the run is too long to be worked out (above
 * RUN_LENGTH_MAX). A chart starts at 0 (CUSUM) or at its mean (EWMA).
 */
#ifndef DETECTORS_STATS_RUN_LENGTH_H
#define DETECTORS_STATS_RUN_LENGTH_H

#include <stddef.h>

#define RUN_LENGTH_MAX 1e10

// One-sided CUSUM of values - reference, alarm above threshold > 0 (at most 40), for independent normal values with
// standard deviation 1 and this mean.
double run_length_cusum(double reference, double threshold, double mean);

// The same on both sides.
double run_length_cusum_two_sided(double reference, double threshold, double mean);

// Siegmund's approximation of the one-sided one, good to about 3 % for reference 0.5.
double run_length_siegmund(double reference, double threshold, double mean);

// A log-likelihood-ratio CUSUM whose nightly increments tell the two states `distance` > 0 standard deviations apart:
// increments are normal with variance distance^2 and mean -distance^2 / 2 while all is well. With binomial or Poisson
// increments divided by the dispersion, distance^2 is twice the expected increment after the change.
double run_length_llr(double distance, double threshold);
double run_length_llr_changed(double distance, double threshold);

// The threshold of that chart for one false alarm in so many nights (more than 1).
double run_length_llr_threshold(double distance, double nights);

// EWMA with alarm on both sides at `width` of its standard deviations; values as above.
double run_length_ewma(double weight, double width, double mean);

// A CUSUM on a grid: tonight's step is `lowest` + i cells with chance chances[i], alarm at top cells or more (1 to 2000).
// Chances add up to at most 1; what is missing is an alarm at once.
double run_length_grid(const double *chances, size_t count, int lowest, int top);

// One-sided CUSUM of Poisson counts - reference, alarm at threshold or above; both whole multiples of 1 / cells.
double run_length_poisson(double mean, double reference, double threshold, int cells);

#endif
