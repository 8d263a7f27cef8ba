/*
 * How far chance could have moved a score: percentile bootstrap (Efron 1979) over whole nights. The parcels of a night
 * share its weather, its strikes and its outages, so drawing single parcels would promise far too narrow an interval
 * (the cluster bootstrap: Davison and Hinkley 1997, 3.8). Nothing is sorted again: a draw only says how often each
 * night counts.
 *
 * B. Efron, Ann. Statist. 7 (1979) 1-26.  A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application (1997).
 */
#include "detectors/stats/random.h"
#include "detectors/stats/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

// The quantile of sorted values, straight between them (Hyndman and Fan's type 7).
static double
quantile(const double *values, size_t count, double share)
{
    const double place = share * (double)(count - 1);
    const size_t below = (size_t)place;
    const size_t above = below + 1 < count ? below + 1 : below;

    return values[below] + (place - (double)below) * (values[above] - values[below]);
}

// Draws in which the score could not be told do not count.
static ScoreInterval
interval_of(double *values, size_t count)
{
    size_t told = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[told++] = values[i];
    if (told == 0)
        return (ScoreInterval){NAN, NAN};
    qsort(values, told, sizeof *values, compare);
    return (ScoreInterval){quantile(values, told, .025), quantile(values, told, .975)};
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
        .brier = interval_of(brier, draws),
        .log_loss = interval_of(log_loss, draws),
        .auc = interval_of(auc, draws),
        .average_precision = interval_of(average_precision, draws),
        .ece = interval_of(ece, draws),
    };

    arena_destroy(arena);
    return intervals;
}
