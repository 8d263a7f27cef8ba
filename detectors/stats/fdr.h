/*
 * fdr.h - how many of a list are expected to be false, and lists that keep that share down (statistics 5).
 */
#ifndef DETECTORS_STATS_FDR_H
#define DETECTORS_STATS_FDR_H

#include <stdbool.h>
#include <stddef.h>

// Expected share of false entries among count ones with these posterior probabilities of being true: the mean of
// 1 - posterior. NAN for an empty list or a posterior that is not a probability.
double fdr_false_share(const double *posteriors, size_t count);

// The longest list from the top whose expected false share is at most the wanted one.
typedef struct FdrList
{
    size_t count;        // entries listed
    double threshold;    // the lowest posterior among them; NAN for an empty list
    double false_share;  // expected; NAN for an empty list
} FdrList;

// values NULL: the share of entries that are false; else the share of the value (such as money) on the list that is.
// Entries whose posterior is no probability, or whose value is not positive and finite, are never listed; among
// equal posteriors the earlier one comes first. Writes count flags to listed, unless NULL. wanted NAN: nothing listed.
FdrList
fdr_list(const double *posteriors, const double *values, size_t count, double wanted, bool *listed);

#endif
