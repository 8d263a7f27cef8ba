/*
 * Everything about a ranking is told in one pass from the top down, tie by tie: with T the weight that happened so far
 * and F the rest so far, a tie of t and f adds
 *
 *     f (T + t/2)              to the pairs in the right order      (AUC, ties count half: Hanley and McNeil 1982)
 *     t (T + t) / (T + t + F + f)   to the precision summed over what happened        (average precision)
 *
 * The squared error and the log loss (Brier 1950, Good 1952) do not need the order, nor does the expected calibration
 * error, sum over bins of |mean probability - share that happened| times the bin's weight (Naeini, Cooper and
 * Hauskrecht 2015). The pass takes a multiplicity per group, so a bootstrap draw costs no sorting.
 *
 * J. A. Hanley, B. J. McNeil, Radiology 143 (1982) 29-36.  G. W. Brier, Mon. Weather Rev. 78 (1950) 1-3.
 */
#include "detectors/stats/ranking.h"

#include "detectors/stats/order.h"

#include <math.h>
#include <stdlib.h>

static const double LOG_LOSS_CLIP = 1e-15;

double
ranking_log_loss(double probability, bool happened, double clip)
{
    const double kept = fmin(fmax(probability, clip), 1 - clip);

    return happened ? -log(kept) : -log1p(-kept);
}

size_t
ranking_bin(double probability, size_t bins)
{
    const size_t bin = (size_t)(probability * (double)bins);

    return bin < bins ? bin : bins - 1;
}

bool
ranking_takes(const Scored *item)
{
    return item->probability >= 0 && item->probability <= 1 && item->weight > 0 &&
           isfinite(item->weight);
}

// Highest first. Everything that counts takes part, so equal entries are interchangeable.
static int
compare_ranked(const void *left, const void *right)
{
    const Ranked *const a = left;
    const Ranked *const b = right;

    if (a->probability != b->probability)
        return order_of(b->probability, a->probability);
    if (a->happened != b->happened)
        return a->happened - b->happened;
    if (a->weight != b->weight)
        return order_of(a->weight, b->weight);
    return (a->group > b->group) - (a->group < b->group);
}

static Ranked
rank_one(const Scored *item)
{
    const bool probability = item->probability >= 0 && item->probability <= 1;
    const double missed = item->probability - (item->happened ? 1 : 0);

    return (Ranked){
        .probability = item->probability,
        .weight = item->weight,
        .squared = probability ? missed * missed : 0,
        .log_loss =
            probability ? ranking_log_loss(item->probability, item->happened, LOG_LOSS_CLIP) : 0,
        .group = item->group,
        .bin = (unsigned char)(probability ? ranking_bin(item->probability, RANKING_ECE_BINS) : 0),
        .happened = item->happened,
    };
}

Ranking
ranking_of(Arena *arena, const Scored *items, size_t count)
{
    Ranked *const ranked = ARENA_ARRAY(arena, Ranked, count);
    Ranking ranking = {.items = ranked, .probabilities = true};

    for (size_t i = 0; i < count; i++) {
        if (!isfinite(items[i].probability) || !isfinite(items[i].weight) || !(items[i].weight > 0))
            continue;
        ranked[ranking.count++] = rank_one(&items[i]);
        if (items[i].probability < 0 || items[i].probability > 1)
            ranking.probabilities = false;
    }
    if (ranking.count > 0)
        qsort(ranked, ranking.count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < ranking.count; i++)
        ranked[i].closes_tie =
            i + 1 == ranking.count || ranked[i + 1].probability != ranked[i].probability;
    return ranking;
}

typedef struct Pass
{
    double happened, others;  // weight so far, closed ties only
    double tie_happened, tie_others;
    double pairs, precision, squared, log_loss;
    double bin_gap[RANKING_ECE_BINS];  // weight x (probability - outcome)
} Pass;

static void
pass_close_tie(Pass *pass)
{
    const double happened = pass->happened + pass->tie_happened;
    const double all = happened + pass->others + pass->tie_others;

    pass->pairs += pass->tie_others * (pass->happened + pass->tie_happened / 2);
    if (pass->tie_happened > 0)
        pass->precision += pass->tie_happened * happened / all;
    pass->happened = happened;
    pass->others += pass->tie_others;
    pass->tie_happened = 0;
    pass->tie_others = 0;
}

static double
times_of(const Ranked *item, const unsigned *times, size_t groups)
{
    if (!times)
        return 1;
    return item->group >= 0 && (size_t)item->group < groups ? times[item->group] : 0;
}

static void
pass_take(Pass *pass, const Ranked *item, double weight)
{
    if (item->happened)
        pass->tie_happened += weight;
    else
        pass->tie_others += weight;
    pass->squared += weight * item->squared;
    pass->log_loss += weight * item->log_loss;
    pass->bin_gap[item->bin] += weight * (item->probability - (item->happened ? 1 : 0));
    if (item->closes_tie)
        pass_close_tie(pass);
}

static double
ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

RankedScores
ranking_scores(const Ranking *ranking, const unsigned *times, size_t groups)
{
    Pass pass = {0};
    double gap = 0;

    for (size_t i = 0; i < ranking->count; i++)
        pass_take(&pass, &ranking->items[i],
            ranking->items[i].weight * times_of(&ranking->items[i], times, groups));
    for (size_t i = 0; i < RANKING_ECE_BINS; i++)
        gap += fabs(pass.bin_gap[i]);

    const double all = pass.happened + pass.others;
    const bool both = pass.happened > 0 && pass.others > 0;
    const bool proper = ranking->probabilities;

    return (RankedScores){
        .weight = all,
        .base_rate = ratio(pass.happened, all),
        .brier = proper ? ratio(pass.squared, all) : NAN,
        .log_loss = proper ? ratio(pass.log_loss, all) : NAN,
        .auc = both ? ratio(pass.pairs, pass.happened) / pass.others : NAN,
        .average_precision = ratio(pass.precision, pass.happened),
        .ece = proper ? ratio(gap, all) : NAN,
    };
}
