/*
 * mantel_haenszel.h - is one group late more often than another, like for like? (on-time share at equal mix)
 */
#ifndef DETECTORS_STATS_MANTEL_HAENSZEL_H
#define DETECTORS_STATS_MANTEL_HAENSZEL_H

#include "detectors/stats/exact.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct MantelHaenszel
{
    double
        odds_ratio;  // of the first group against the second; INFINITY or 0 when one side never happened
    double low, high;    // its 95 % interval; NANs when the ratio is 0 or infinite
    double difference;   // of the shares, first less second, at the mix both have in common
    double chi_squared;  // of no association, 1 degree of freedom, without correction
    double p;            // its p value
} MantelHaenszel;

// Strata (service by lane, say) of two groups each. Those in which a group or an outcome is empty say nothing about the
// odds; those with a negative or not finite count are left out. False, with out untouched, when no stratum says
// anything.
bool mantel_haenszel(const TwoByTwo *strata, size_t count, MantelHaenszel *out);

#endif
