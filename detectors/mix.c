/*
 * What comes next after a milestone: shares by carrier, everybody's mix lending each carrier pseudo-counts, since scans
 * get missed and a thin carrier has not shown all that can follow.
 */
#include "detectors/tree.h"

#define PSEUDO_COUNTS 20.0

typedef double Mix[MILESTONE_COUNT];

// Everybody's shares by milestone; all 0 where nothing was counted.
static Mix *
everybody(Arena *arena, const Learned *learned)
{
    Mix *const mixes = arena_alloc_array(arena, sizeof(Mix), MILESTONE_COUNT);
    Mix sums = {0};

    for (size_t i = 0; i < learned->total_count; i++) {
        const CohortTotals *const totals = &learned->totals[i];

        for (int j = 0; j < MILESTONE_COUNT && totals->measure == MEASURE_MOVE; j++) {
            mixes[totals->milestone][j] += (double)totals->next[j] / COHORT_UNIT;
            sums[totals->milestone] += (double)totals->next[j] / COHORT_UNIT;
        }
    }
    for (int m = 0; m < MILESTONE_COUNT; m++)
        for (int j = 0; j < MILESTONE_COUNT && sums[m] > 0; j++)
            mixes[m][j] /= sums[m];
    return mixes;
}

static const double *
carrier_mix(Arena *arena, const CohortTotals *totals, const Mix common)
{
    double *const mix = ARENA_ARRAY(arena, double, MILESTONE_COUNT);
    double sum = PSEUDO_COUNTS;

    for (int j = 0; j < MILESTONE_COUNT; j++)
        sum += (double)totals->next[j] / COHORT_UNIT;
    for (int j = 0; j < MILESTONE_COUNT; j++)
        mix[j] = ((double)totals->next[j] / COHORT_UNIT + PSEUDO_COUNTS * common[j]) / sum;
    return mix;
}

void
fit_mix(Baselines *baselines, const Learned *learned)
{
    Arena *const arena = baselines->groups.arena;
    Mix *const mixes = everybody(arena, learned);

    for (int m = 0; m < MILESTONE_COUNT; m++)
        baselines->groups.items[0]->mix[m] = mixes[m];
    for (size_t i = 0; i < learned->total_count; i++) {
        const CohortTotals *const totals = &learned->totals[i];
        const int64_t group =
            tree_index(baselines->group_index, arena, (const char *const[4]){totals->carrier});

        if (totals->measure == MEASURE_MOVE && group >= 0)
            baselines->groups.items[group]->mix[totals->milestone] =
                carrier_mix(arena, totals, mixes[totals->milestone]);
    }
}
