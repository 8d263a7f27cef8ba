/*
 * cure.h - parcels that move on and parcels that never will (statistics 3).
 */
#ifndef DETECTORS_STATS_CURE_H
#define DETECTORS_STATS_CURE_H

#include "detectors/stats/bins.h"

// The share that never moves again: (lost + weight prior) / (ripe + weight), where ripe gaps are old enough to tell.
// Kept within [CURE_SHARE_MIN, .5]: no carrier is perfect for ever.
#define CURE_SHARE_MIN 1e-5
double cure_share(double lost, double ripe, double prior, double weight);

// The hazards of those that do move, by EM on the counts: who was last seen waiting counts as a mover with its
// posterior probability. bins is at most BIN_COUNT. parent and weight are as in hazard_estimate(), parent may be NULL.
// Writes `bins` hazards, and the posterior probability of being a mover for those last seen in each bin.
typedef struct CureCounts
{
    size_t bins;
    const double *ended, *waited;
    double share;  // of those that never move; 0..1
    size_t
        horizon;  // who was last seen waiting in this bin or later never moves; bins for "cannot say"
    const double *parent;  // hazards of movers in the parent group, or NULL
    double weight;
    int steps;  // at most; it stops when nothing changes any more
} CureCounts;
void cure_fit(const CureCounts *counts, double *hazard, double *mover);

// P(still silent later | silent now), when movers wait until now with probability survival and until later, which is not
// before now, with probability survival_later: the share that never moves, and the slowest of the others.
double cure_lost(double share, double survival, double survival_later);

// P(never moves again | silent so long), when movers wait so long with probability survival.
double cure_posterior(double share, double survival);

#endif
