/*
 * fdr.h - how many of a list are expected to be false (statistics 5).
 */
#ifndef DETECTORS_STATS_FDR_H
#define DETECTORS_STATS_FDR_H

#include <stddef.h>

// Expected share of false entries among count ones with these posterior probabilities of being true: the mean of
// 1 - posterior. NAN for an empty list or a posterior that is not a probability.
double fdr_false_share(const double *posteriors, size_t count);

#endif
