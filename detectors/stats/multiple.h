/*
 * multiple.h - many tests at once: p values adjusted so that those at most q can be rejected together.
 *
 * Not for a nightly snapshot of silences, whose p values are length-biased (statistics 5); for hubs, lanes and days,
 * whose are honest. A p value that is no number within 0..1 stays out: its adjusted one is NAN, and it is not counted.
 */
#ifndef DETECTORS_STATS_MULTIPLE_H
#define DETECTORS_STATS_MULTIPLE_H

#include <stddef.h>

typedef enum MultipleMethod
{
    MULTIPLE_BONFERRONI,          // chance of any false rejection, whatever hangs together
    MULTIPLE_HOLM,                // the same, always at least as many rejected
    MULTIPLE_HOCHBERG,            // the same for independent tests
    MULTIPLE_BENJAMINI_HOCHBERG,  // expected false share, for independent tests or such that rise together
    MULTIPLE_BENJAMINI_YEKUTIELI,  // expected false share, whatever hangs together
} MultipleMethod;

// adjusted may be p itself.
void multiple_adjust(MultipleMethod method, const double *p, size_t count, double *adjusted);

// Benjamini and Hochberg's with a weight per test, decided before looking at it; a heavy one is rejected more easily.
// Weights are scaled to a mean of 1; 0 is never rejected (1). A weight that is negative or not finite: as a p value that
// is none.
void
multiple_adjust_weighted(const double *p, const double *weights, size_t count, double *adjusted);

// Storey's estimate of the share of tests with nothing to find: p values above lambda, against how many there would be
// if all were such; at most 1. NAN without p values or when lambda is not in [0, 1).
double multiple_null_share(const double *p, size_t count, double lambda);

// q values: Benjamini and Hochberg's times that share.
void multiple_q_values(const double *p, size_t count, double null_share, double *q);

#endif
