/*
 * parametric.h - waiting times by a formula: where too few gaps ended for a curve of their own, and as the yardstick of
 * other programs.
 *
 * Real gaps have several modes, which no formula here has, and the share that never ends, guessed from the shape of a
 * formula, can be far off (cure.h says how to count it). So these are for cold starts and for comparison.
 */
#ifndef DETECTORS_STATS_PARAMETRIC_H
#define DETECTORS_STATS_PARAMETRIC_H

#include "detectors/stats/kaplan_meier.h"

#include <stdbool.h>
#include <stddef.h>

// What log T = location + scale x error makes of T.
typedef enum ParametricFamily
{
    PARAMETRIC_EXPONENTIAL,  // scale 1
    PARAMETRIC_WEIBULL,
    PARAMETRIC_LOG_NORMAL,
    PARAMETRIC_LOG_LOGISTIC,
} ParametricFamily;

typedef struct ParametricModel
{
    ParametricFamily family;
    double location, scale;  // scale positive
    double share;            // of gaps that never end, 0..1
} ParametricModel;

// P(T > time) of those that do end: 1 up to time 0, 0 at INFINITY; NAN for NAN or a scale that is not positive. Of all
// gaps it is share + (1 - share) times that.
double parametric_survival(const ParametricModel *model, double time);

// Standard errors are from the curvature at the maximum, NAN for what was not fitted or where it is flat.
typedef struct ParametricFit
{
    ParametricModel model;
    double log_likelihood;  // of times, not of their logarithms
    double location_error, log_scale_error, log_odds_error;
    size_t refused;  // gaps that cannot be used (kaplan_meier.h), and times that are 0 or INFINITY
} ParametricFit;

// Maximum likelihood over gaps in any order. with_share: fit the share that never ends too (log odds within -30 to 30);
// else it is 0. False, with out untouched, when it cannot be told: nothing ended, or (the exponential apart) everything
// that ended did so at one instant, where the likelihood has no maximum, or no maximum was reached.
bool parametric_fit(const CensoredGap *gaps, size_t count, ParametricFamily family, bool with_share,
    ParametricFit *out);

#endif
