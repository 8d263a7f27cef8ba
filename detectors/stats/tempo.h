/*
 * tempo.h - how fast things moved in the last days, against what was expected (statistics 2, "Tempo").
 */
#ifndef DETECTORS_STATS_TEMPO_H
#define DETECTORS_STATS_TEMPO_H

// A factor on hazards: (observed + weight prior) / (expected + weight), the posterior mean of a Poisson rate ratio with
// prior Gamma(weight prior, weight). Counts are 0 or more, weight and prior positive; an expectation that is not a
// number, or below 0, counts as 0. Always positive and finite.
#define TEMPO_WEIGHT 50.0
double tempo_factor(double observed, double expected, double prior, double weight);

#endif
