/*
 * kaplan_meier.h - the survival curve of gaps of which some are still open, without bins.
 */
#ifndef DETECTORS_STATS_KAPLAN_MEIER_H
#define DETECTORS_STATS_KAPLAN_MEIER_H

#include "core/arena.h"
#include "detectors/stats/band.h"

#include <stdbool.h>
#include <stddef.h>

// A gap that ended, or was last seen waiting, after `time` hours (any unit will do, as long as it is one).
typedef struct CensoredGap
{
    double time;  // not negative; INFINITY: waits beyond every instant, so it never counts as ended
    bool ended;   // false: still waiting at `time`
    double weight;  // how many it stands for; positive, at most CENSORED_WEIGHT_MAX
} CensoredGap;
#define CENSORED_WEIGHT_MAX 1e15

// Whether a gap can be used: time is neither NAN nor negative, weight within its range.
bool censored_gap_is_usable(const CensoredGap *gap);

// One instant at which gaps ended or were last seen waiting. Who is last seen at an instant is at risk there.
typedef struct KaplanMeierRow
{
    double time, at_risk, ended, waited;
    double survival;             // after this instant
    double log_variance;         // of log survival (Greenwood); NAN where survival is 0
    double cumulative;           // hazard by Nelson and Aalen
    double cumulative_variance;  // of that
} KaplanMeierRow;

typedef struct KaplanMeier
{
    const KaplanMeierRow *rows;  // by rising time, finite
    size_t count;                // of rows: 0 when no gap has a finite time
    size_t refused;              // gaps left out because they cannot be used
    double watched;              // the longest time of any gap, perhaps INFINITY; NAN without gaps
} KaplanMeier;

// The curve of these gaps, in any order. Without a usable gap it has no rows and everything asked of it is NAN. Owned
// by the arena.
KaplanMeier kaplan_meier(Arena *arena, const CensoredGap *gaps, size_t count);

// P(T > time). 1 before the first row; NAN for NAN, without gaps, and past the time watched unless it has reached 0.
double kaplan_meier_survival(const KaplanMeier *curve, double time);

// Limits of survival in a row (row < count). Where survival is 0 (or a weight is too small for doubles) Greenwood's
// formula says nothing: low is 0, high that of the last row of which it does, 1 if there is none.
Band kaplan_meier_band(const KaplanMeier *curve, size_t row, BandScale scale, double level);

// A time with its limits.
typedef struct TimeEstimate
{
    double time, low, high;
} TimeEstimate;

// The time by which a share p of all has ended, p within (0, 1): the first at which survival is at most 1 - p; the
// middle of the flat stretch where survival equals 1 - p. Limits (Brookmeyer and Crowley) are the same of the limits of
// survival. INFINITY where the curve does not come down so far, NAN without gaps or for another p.
TimeEstimate
kaplan_meier_quantile(const KaplanMeier *curve, double p, BandScale scale, double level);

// Mean of min(T, until) and its standard error. NAN, NAN unless until is positive and the curve is known up to there:
// until <= watched, or survival has reached 0 (then until may be INFINITY, for the mean itself).
typedef struct MeanEstimate
{
    double mean, error;
} MeanEstimate;
MeanEstimate kaplan_meier_mean(const KaplanMeier *curve, double until);

#endif
