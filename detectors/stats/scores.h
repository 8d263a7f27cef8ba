/*
 * scores.h - how good probabilities were: proper scores, discrimination, calibration, with weights and bootstrap
 * intervals (statistics 7). Sources stand beside the formulas in scores.c and curves.c.
 */
#ifndef DETECTORS_STATS_SCORES_H
#define DETECTORS_STATS_SCORES_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One statement and what became of it. Those without a finite score or a positive, finite weight do not count. When a
// score lies outside 0..1, only what hangs on the order can be told.
typedef struct Scored
{
    double probability;  // or any score that ranks, for AUC and precision: then not within 0..1
    bool happened;
    double weight;  // how many it stands for; positive
    int group;      // the night: what the bootstrap draws, 0 to groups - 1
} Scored;

// NAN where it cannot be told (nothing scored, all outcomes alike). For the log loss probabilities are clipped to 1e-15,
// for the line to 1e-6.
typedef struct Scores
{
    size_t count;
    double base_rate;
    double brier, brier_skill;  // skill against the base rate
    double log_loss;
    double auc;                // ties count half
    double average_precision;  // ties share their step
    double ece;                // 20 equal bins
    double slope, intercept;   // of the logistic calibration line
} Scores;

// All of them at once.
Scores scores_of(const Scored *items, size_t count);

// Share that happened among the k highest; one that stands for two takes two places, and ties at the edge count in
// proportion. NAN when all together do not fill k places, or k is 0.
double scores_precision_at(const Scored *items, size_t count, size_t k);

// Mean log loss with probabilities clipped to clip .. 1 - clip.
double scores_log_loss(const Scored *items, size_t count, double clip);

// Standard normal when the probabilities are right, whatever they are: beyond 2 in size they are not.
double scores_spiegelhalter(const Scored *items, size_t count);

// A statement about what happens by a horizon, where some were lost from view before. known: it happened by then, or
// was seen not to have. observed: P(not lost from view) up to just before it happened, or up to the horizon.
typedef struct CensoredScore
{
    double probability, observed;
    bool known, happened;
} CensoredScore;

// Brier score weighted by 1 / observed. NAN for none, or for a known one without proper probabilities.
double scores_brier_censored(const CensoredScore *items, size_t count);

// One bar of the reliability diagram: bin i of n equal bins, with a Wilson 95 % interval of the share. An empty
// bin has NANs for what cannot be told.
typedef struct ReliabilityBin
{
    size_t count;
    double weight, stated, happened, low, high;
} ReliabilityBin;
void scores_reliability(const Scored *items, size_t count, size_t bins, ReliabilityBin *out);

// Brier = reliability - resolution + uncertainty, but for what differs within bins. NANs when all bins are empty.
typedef struct Murphy
{
    double reliability, resolution, uncertainty;
} Murphy;
Murphy scores_murphy(const ReliabilityBin *bins, size_t count);

// Corners of the ROC curve (x false positive rate, y true positive rate) or of the precision-recall curve (x recall,
// y precision), at most `most` (2 or more) of them, thinned evenly, ends kept. From none taken (threshold INFINITY) to
// all. Owned by the arena; none, and NULL, when nothing happened (for ROC also: everything did).
typedef struct CurvePoint
{
    double x, y, threshold;
} CurvePoint;
const CurvePoint *
scores_roc(Arena *arena, const Scored *items, size_t count, size_t most, size_t *points);
const CurvePoint *scores_precision_recall(
    Arena *arena, const Scored *items, size_t count, size_t most, size_t *points);

// 95 % intervals by drawing whole groups with replacement, percentile method; the same seed gives the same interval.
// Groups outside 0 to groups - 1 are never drawn. NANs without draws or groups.
typedef struct ScoreInterval
{
    double low, high;
} ScoreInterval;
typedef struct ScoreIntervals
{
    ScoreInterval brier, log_loss, auc, average_precision, ece;
} ScoreIntervals;
ScoreIntervals
scores_bootstrap(const Scored *items, size_t count, size_t groups, size_t draws, uint64_t seed);

#endif
