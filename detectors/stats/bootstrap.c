/*
 * How far chance could have moved a score: percentile bootstrap (Efron 1979) over whole nights. The parcels of a night
 * share its weather, its strikes and its outages, so drawing single parcels would promise far too narrow an interval
 * (the cluster bootstrap: Davison and Hinkley 1997, 3.8). Nothing is sorted again: a draw only says how often each
 * night counts.
 *
 * B. Efron, Ann. Statist. 7 (1979) 1-26.  A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application (1997).
 */
#include "detectors/stats/quantiles.h"
#include "detectors/stats/random.h"
#include "detectors/stats/ranking.h"

#include <string.h>

// Draws in which the score could not be told do not count.
static ScoreInterval
interval_of(Arena *arena, const double *values, size_t count)
{
    size_t told;
    const double *const sorted = quantiles_sort(arena, values, count, &told);

    return (ScoreInterval){quantile_of(sorted, told, .025, QUANTILE_MODES),
        quantile_of(sorted, told, .975, QUANTILE_MODES)};
}

ScoreIntervals
scores_bootstrap(const Scored *items, size_t count, size_t groups, size_t draws, uint64_t seed)
{
    Arena *const arena = arena_create();
    const Ranking ranking = ranking_of(arena, items, count);
    unsigned *const times = ARENA_ARRAY(arena, unsigned, groups);
    double *const brier = ARENA_ARRAY(arena, double, draws);
    double *const log_loss = ARENA_ARRAY(arena, double, draws);
    double *const auc = ARENA_ARRAY(arena, double, draws);
    double *const average_precision = ARENA_ARRAY(arena, double, draws);
    double *const ece = ARENA_ARRAY(arena, double, draws);
    Random random = {seed};

    for (size_t i = 0; i < draws; i++) {
        memset(times, 0, groups * sizeof *times);
        for (size_t g = 0; g < groups; g++)
            times[random_index(&random, groups)]++;

        const RankedScores scores = ranking_scores(&ranking, times, groups);

        brier[i] = scores.brier;
        log_loss[i] = scores.log_loss;
        auc[i] = scores.auc;
        average_precision[i] = scores.average_precision;
        ece[i] = scores.ece;
    }

    const ScoreIntervals intervals = {
        .brier = interval_of(arena, brier, draws),
        .log_loss = interval_of(arena, log_loss, draws),
        .auc = interval_of(arena, auc, draws),
        .average_precision = interval_of(arena, average_precision, draws),
        .ece = interval_of(arena, ece, draws),
    };

    arena_destroy(arena);
    return intervals;
}
