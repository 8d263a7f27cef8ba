/*
 * hazard.h - discrete hazards from counts by bin, shrunk to a parent (statistics 2). Counts are weighted, so real.
 */
#ifndef DETECTORS_STATS_HAZARD_H
#define DETECTORS_STATS_HAZARD_H

#include <stdbool.h>
#include <stddef.h>

// Still waiting in each bin: all that ended or were last seen there or later, less half of those last seen there (the
// actuarial convention). Arrays of `bins` values.
void hazard_at_risk(size_t bins, const double *ended, const double *waited, double *at_risk);

// Chance to end in a bin for one that reached it: (ended + weight parent) / (at_risk + weight). parent NULL means
// weight 0; where nothing is known at all it is 0.
void hazard_estimate(size_t bins, const double *ended, const double *at_risk, const double *parent,
    double weight, double *hazard);

// Survival at the bins + 1 edges: 1, then the product of 1 - hazard.
void hazard_survival(size_t bins, const double *hazard, double *survival);

// Cumulative hazard -log S at the bins + 1 edges, at most HAZARD_MAX.
#define HAZARD_MAX 700.0
void hazard_cumulative(size_t bins, const double *hazard, double *cumulative);
void hazard_cumulative_single(size_t bins, const double *hazard, float *cumulative);  // rounded

// Log score of each observation by a child's hazards estimated without it (leave-one-out, in closed form), less that by
// other hazards: positive when the child's own counts, leaning on the parent, predict better than those. Hazards are within
// 0..1; one is what an observation counts, at most.
double hazard_left_out_gain(size_t bins, const double *ended, const double *at_risk,
    const double *parent, double weight, const double *others, double one);

// Share of a child's hazards that rests on its own counts, 0..1: at_risk / (at_risk + weight), averaged over its events.
double hazard_own_share(size_t bins, const double *ended, const double *at_risk, double weight);

// One child of a parent, for the weight they have in common.
typedef struct HazardChild
{
    const double *ended, *at_risk, *parent;
} HazardChild;

typedef struct HazardChildren
{
    const HazardChild *items;
    size_t count, bins;
} HazardChildren;

// Log of the beta-binomial marginal likelihood of the children's counts when each hazard is Beta(weight parent,
// weight (1 - parent)); the constant of the counts is left out.
double hazard_log_likelihood(const HazardChildren *children, double weight);

// The weight at which it is greatest, between exp(-3) and exp(12). False when no bin says anything.
bool hazard_fit_weight(const HazardChildren *children, double *weight);

#endif
