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

// One statement and what became of it.
typedef struct Scored
{
    double probability;  // or any score that ranks, for AUC and precision: then not within 0..1
    bool happened;
    double weight;  // how many it stands for; positive
    int group;      // the night: what the bootstrap draws, 0 to groups - 1
} Scored;

// NAN where it cannot be told (nothing scored, all outcomes alike). Probabilities are clipped to 1e-15 for the log loss.
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

Scores scores_of(const Scored *items, size_t count);

// Precision of the k highest: ties at the edge count in proportion. NAN when count < k or k == 0.
double scores_precision_at(const Scored *items, size_t count, size_t k);

// One bar of the reliability diagram: bin i of n equal bins, with a Wilson 95 % interval of the share.
typedef struct ReliabilityBin
{
    size_t count;
    double weight, stated, happened, low, high;
} ReliabilityBin;
void scores_reliability(const Scored *items, size_t count, size_t bins, ReliabilityBin *out);

// Corners of the ROC curve (x false positive rate, y true positive rate) or of the precision-recall curve (x recall,
// y precision), at most `most` of them, thinned evenly. Owned by the arena.
typedef struct CurvePoint
{
    double x, y, threshold;
} CurvePoint;
const CurvePoint *
scores_roc(Arena *arena, const Scored *items, size_t count, size_t most, size_t *points);
const CurvePoint *scores_precision_recall(
    Arena *arena, const Scored *items, size_t count, size_t most, size_t *points);

// 95 % intervals by drawing whole groups with replacement, percentile method; the same seed gives the same interval.
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
