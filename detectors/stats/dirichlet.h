/*
 * dirichlet.h - shares of several outcomes (which milestone comes next, which day of the week), shrunk to a parent's.
 */
#ifndef DETECTORS_STATS_DIRICHLET_H
#define DETECTORS_STATS_DIRICHLET_H

#include <stdbool.h>
#include <stddef.h>

// (own + weight parent share) / (sum of own + weight) for each of `cells` cells; parent holds counts or shares, none
// negative. With weight 0, or a parent that is all zero, own counts speak alone. False, with shares untouched, when
// neither says anything, or a number is negative or not finite. shares may be own.
bool dirichlet_shrink(
    size_t cells, const double *own, const double *parent, double weight, double *shares);

// One child of a parent, for the weight they have in common. Cells that the parent does not have say nothing.
typedef struct DirichletChild
{
    const double *own, *parent;
} DirichletChild;

typedef struct DirichletChildren
{
    const DirichletChild *items;
    size_t count, cells;
} DirichletChildren;

// Log of the marginal likelihood of the children's counts when their shares are Dirichlet(weight parent shares); the
// constant of the counts is left out. NAN for a weight that is not positive.
double dirichlet_log_likelihood(const DirichletChildren *children, double weight);

// The weight at which it is greatest, between exp(-3) and exp(12); the upper end means that children do not differ from
// their parents. False, with weight untouched, when no child says anything.
bool dirichlet_fit_weight(const DirichletChildren *children, double *weight);

#endif
