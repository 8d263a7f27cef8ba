/*
 * one_sample.h - did as many things happen as the baselines said? (statistics 6: hubs, lanes, services)
 */
#ifndef DETECTORS_STATS_ONE_SAMPLE_H
#define DETECTORS_STATS_ONE_SAMPLE_H

#include <stddef.h>

// Gaps that closed in a night, and how many should have: the sum of what their cumulative hazards rose by.
typedef struct OneSample
{
    double observed, expected;
} OneSample;

typedef struct OneSampleTest
{
    double p_low, log_p_low;    // P(so few or fewer)
    double p_high, log_p_high;  // P(so many or more)
    double z;  // (observed - expected) / sqrt(dispersion expected); NAN when nothing was expected
    double ratio;  // observed / expected; NAN when nothing was expected
} OneSampleTest;

// Poisson when dispersion is at most 1, else negative binomial with that ratio of variance to mean. Where nothing was
// expected and nothing happened both p are 1. NANs for negative or not finite numbers, or a dispersion of 0 or less.
OneSampleTest one_sample_test(OneSample sample, double dispersion);

// Variance over mean in a series of calm nights: the mean of (O - E)^2 / E over those with E > 0. NAN without any;
// samples that are negative or not finite are left out. Not cut off at 1.
double one_sample_dispersion(const OneSample *nights, size_t count);

// The ratio of observed to expected, drawn to a prior one as if so many more (weight > 0) had been expected and that share of
// them seen.
double one_sample_shrunk(OneSample sample, double prior, double weight);

#endif
