/*
 * ranking.h - scored statements from the highest probability down, sorted once for everything that is worked out from
 * their order.
 */
#ifndef DETECTORS_STATS_RANKING_H
#define DETECTORS_STATS_RANKING_H

#include "detectors/stats/scores.h"

#define RANKING_ECE_BINS 20

// One statement, with what does not change when groups are drawn again.
typedef struct Ranked
{
    double probability, weight;
    double squared, log_loss;  // of the probability against the outcome; 0 when it is none
    int group;
    unsigned char bin;  // of RANKING_ECE_BINS
    bool happened;
    bool closes_tie;  // the last one with its probability
} Ranked;

// Those with a finite score and a positive, finite weight, in an order that does not depend on the one given.
typedef struct Ranking
{
    const Ranked *items;
    size_t count;
    bool probabilities;  // all within 0..1
} Ranking;

// Owned by the arena.
Ranking ranking_of(Arena *arena, const Scored *items, size_t count);

// Whether a statement counts where only probabilities do: within 0..1, with a positive, finite weight.
bool ranking_takes(const Scored *item);

// What a pass over a ranking tells; NAN as in Scores.
typedef struct RankedScores
{
    double weight, base_rate, brier, log_loss, auc, average_precision, ece;
} RankedScores;

// times: how often each group counts, by its number, NULL for once. A group outside 0 to groups - 1 does not count.
RankedScores ranking_scores(const Ranking *ranking, const unsigned *times, size_t groups);

// The log loss of one statement, its probability clipped to clip .. 1 - clip.
double ranking_log_loss(double probability, bool happened, double clip);

// The equal bin of n that holds a probability; 1 belongs to the last one.
size_t ranking_bin(double probability, size_t bins);

#endif
