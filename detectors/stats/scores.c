/*
 * Scores of probabilities against outcomes.
 *
 * Skill is 1 - Brier / (r (1 - r)) with r the base rate, the score of who always says r. The calibration line (Cox
 * 1958) is the logistic regression of the outcome on logit(p): slope 1 and intercept 0 are ideal, a slope below 1 says
 * over-confident. Murphy's decomposition over equal bins is Brier = reliability - resolution + uncertainty, but for
 * what differs within bins. Spiegelhalter's z compares the Brier score with its own expectation and variance if the
 * probabilities were right:
 *
 *     z = sum (y - p)(1 - 2p) / sqrt(sum (1 - 2p)^2 p (1 - p))
 *
 * The censored Brier score weighs those whose outcome is known by 1 / P(still observed), so that those lost from view
 * are stood in for.
 *
 * D. R. Cox, Biometrika 45 (1958) 562-565.  A. H. Murphy, J. Appl. Meteor. 12 (1973) 595-600.  D. J. Spiegelhalter,
 * Stat. Med. 5 (1986) 421-433.  E. Graf et al., Stat. Med. 18 (1999) 2529-2545.
 */
#include "detectors/stats/scores.h"

#include "detectors/stats/logistic.h"
#include "detectors/stats/ranking.h"

#include <math.h>

static const double LOGIT_CLIP = 1e-6;  // the line must not hang on how near to 0 a 0 is

// Slope and intercept of the calibration line, from one row per distinct probability.
static void
calibration_line(Arena *arena, const Ranking *ranking, Scores *scores)
{
    LogisticRow *const rows = ARENA_ARRAY(arena, LogisticRow, ranking->count);
    LogisticProblem problem = {
        .rows = rows, .terms = 2, .prior = {0, 1}, .floor = {-INFINITY, -INFINITY}};
    double line[LOGISTIC_TERMS_MAX];
    bool fresh = true;

    for (size_t i = 0; i < ranking->count; i++) {
        const Ranked *const item = &ranking->items[i];
        const double kept = fmin(fmax(item->probability, LOGIT_CLIP), 1 - LOGIT_CLIP);

        if (fresh)
            rows[problem.count++] = (LogisticRow){.terms = {1, log(kept) - log1p(-kept)}};
        rows[problem.count - 1].trials += item->weight;
        rows[problem.count - 1].events += item->happened ? item->weight : 0;
        fresh = item->closes_tie;
    }
    if (problem.count < 2 || !logistic_fit(&problem, line))
        return;
    scores->intercept = line[0];
    scores->slope = line[1];
}

Scores
scores_of(const Scored *items, size_t count)
{
    Arena *const arena = arena_create();
    const Ranking ranking = ranking_of(arena, items, count);
    const RankedScores ranked = ranking_scores(&ranking, NULL, 0);
    const double spread = ranked.base_rate * (1 - ranked.base_rate);
    Scores scores = {
        .count = ranking.count,
        .base_rate = ranked.base_rate,
        .brier = ranked.brier,
        .brier_skill = spread > 0 ? 1 - ranked.brier / spread : NAN,
        .log_loss = ranked.log_loss,
        .auc = ranked.auc,
        .average_precision = ranked.average_precision,
        .ece = ranked.ece,
        .slope = NAN,
        .intercept = NAN,
    };

    if (ranking.probabilities && spread > 0)
        calibration_line(arena, &ranking, &scores);
    arena_destroy(arena);
    return scores;
}

// The tie that reaches place k lends the part of it that fits.
static double
precision_at(const Ranking *ranking, double places)
{
    double above = 0;
    double happened = 0;
    double tie = 0;
    double tie_happened = 0;

    for (size_t i = 0; i < ranking->count; i++) {
        const Ranked *const item = &ranking->items[i];

        tie += item->weight;
        tie_happened += item->happened ? item->weight : 0;
        if (!item->closes_tie)
            continue;
        if (above + tie >= places)
            return (happened + tie_happened * (places - above) / tie) / places;
        above += tie;
        happened += tie_happened;
        tie = 0;
        tie_happened = 0;
    }
    return NAN;
}

double
scores_precision_at(const Scored *items, size_t count, size_t k)
{
    if (k == 0)
        return NAN;

    Arena *const arena = arena_create();
    const Ranking ranking = ranking_of(arena, items, count);
    const double precision = precision_at(&ranking, (double)k);

    arena_destroy(arena);
    return precision;
}

double
scores_log_loss(const Scored *items, size_t count, double clip)
{
    double sum = 0;
    double weight = 0;

    for (size_t i = 0; i < count; i++) {
        if (!ranking_takes(&items[i]))
            continue;
        sum += items[i].weight * ranking_log_loss(items[i].probability, items[i].happened, clip);
        weight += items[i].weight;
    }
    return weight > 0 ? sum / weight : NAN;
}

double
scores_spiegelhalter(const Scored *items, size_t count)
{
    double surplus = 0;
    double variance = 0;

    for (size_t i = 0; i < count; i++) {
        const double p = items[i].probability;

        if (!ranking_takes(&items[i]))
            continue;
        surplus += items[i].weight * ((items[i].happened ? 1 : 0) - p) * (1 - 2 * p);
        variance += items[i].weight * (1 - 2 * p) * (1 - 2 * p) * p * (1 - p);
    }
    return variance > 0 ? surplus / sqrt(variance) : NAN;
}

double
scores_brier_censored(const CensoredScore *items, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        const double missed = items[i].probability - (items[i].happened ? 1 : 0);

        if (!items[i].known)
            continue;
        if (!(items[i].probability >= 0 && items[i].probability <= 1) ||
            !(items[i].observed > 0 && items[i].observed <= 1))
            return NAN;
        sum += missed * missed / items[i].observed;
    }
    return count > 0 ? sum / (double)count : NAN;
}
