/*
 * pace.h - did independent things happen at a slower pace than their chances say? (statistics 6)
 *
 * Each trial has a chance of its own. One that was nearly sure and failed says much; one that was as likely to fail says
 * little: the likelihood ratio weighs them so, which no other test of the same false alarms beats (Neyman, Pearson 1933).
 */
#ifndef DETECTORS_STATS_PACE_H
#define DETECTORS_STATS_PACE_H

#include <stdbool.h>

// The slower pace that is asked for: every chance is this share of what it usually is.
#define PACE_SLOW .7

// Sums over trials. Those of parts add up.
typedef struct PaceSums
{
    double log_ratio;              // log-likelihood of PACE_SLOW less that of the usual pace
    double mean, variance, third;  // its first three cumulants at the usual pace
} PaceSums;

// One trial. A chance is taken to be 0 to PACE_SURE, so that no one trial decides by a model that is too sure of itself.
#define PACE_SURE .95
PaceSums pace_trial(bool success, double chance);

// Add sums of other trials.
void pace_add(PaceSums *sums, PaceSums more);

// The same where all odds of success are exp(-shift) of what the chances say, by the first order: what is usual for a group
// that is always somewhat slower (shift > 0) or faster than others.
PaceSums pace_shifted(PaceSums sums, double shift);

// The chance of a log-likelihood ratio at least so large at the usual pace. dispersion > 0 is its variance over what
// independent trials would give. NAN when the variance is not above 0, or anything is not a number.
double pace_chance(PaceSums sums, double dispersion);

#endif
