/*
 * conditional.h - a survival curve with its errors, from instants or from bins, and the questions asked of it.
 */
#ifndef DETECTORS_STATS_CONDITIONAL_H
#define DETECTORS_STATS_CONDITIONAL_H

#include "core/arena.h"
#include "detectors/stats/band.h"
#include "detectors/stats/kaplan_meier.h"

#include <stdbool.h>
#include <stddef.h>

// -log S at rising knots, and the variance of each stretch between two of them (stretch i ends at knot i; stretches are
// independent).
typedef struct SurvivalCurve
{
    // S falls at the knots only; false: -log S is straight between them, and S itself where nobody outlasts a stretch
    bool steps;
    size_t count;
    const double *times;
    const double *cumulative;  // INFINITY once nobody is left, and so is the variance
    const double *variance;    // of all stretches up to each knot, together
    double watched;            // nothing is known past it; NAN for no curve at all
} SurvivalCurve;

// The steps of Kaplan and Meier. Owned by the arena, as is everything below.
SurvivalCurve survival_curve_of_instants(Arena *arena, const KaplanMeier *estimate);

// Counts by bin leaning on a parent, as for hazard_estimate(): the posterior mean of each hazard, and its posterior
// variance carried to -log S. edges: bins + 1 finite rising values. The curve is watched up to the first bin that
// nobody reached and no parent speaks for. No curve at all when a count or the weight is negative or not finite, or a
// parent's hazard is not within 0..1. edges must live as long as the curve.
typedef struct ShrunkBins
{
    size_t bins;
    const double *edges, *ended, *at_risk;
    const double *parent;  // or NULL
    double weight;         // of the parent; not negative
} ShrunkBins;
SurvivalCurve survival_curve_of_bins(Arena *arena, const ShrunkBins *counts);

// P(T <= until | T > waited) with limits.
typedef struct Chance
{
    double chance, low, high;
} Chance;

// 0 (surely) when until <= waited. A `waited` below 0 conditions on nothing. Where nobody is left chance is 1, with the
// low limit of the last instant that has one. NAN when it cannot be told: a time that is NAN or not watched, or nobody
// ever waited so long.
Chance conditional_chance(
    const SurvivalCurve *curve, double waited, double until, BandScale scale, double level);

// The first time by which a share p, within (0, 1), of those that waited longer than `waited` have ended, counted from
// the start like all times here. Limits are the same of the limits of survival. INFINITY where the curve does not come
// down so far while watched; NAN as above.
TimeEstimate conditional_quantile(
    const SurvivalCurve *curve, double waited, double p, BandScale scale, double level);

#endif
