/*
 * What comes next after a milestone, by how long it took: who leaves a depot within the hour goes out for delivery, who
 * leaves it after a day was moved on or came back. Everybody's shares lend each carrier pseudo-counts, and a carrier's
 * shares over all lend each bin as many, since scans get missed and a thin carrier has not shown all that can follow.
 */
#include "detectors/tree.h"

#include <string.h>

#define PSEUDO_COUNTS 20.0

// Counts of what came next after one milestone, by coarse bin.
typedef struct Nexts
{
    double of[BIN_COARSE_COUNT][MILESTONE_COUNT];
} Nexts;

static void
add_cohort(Nexts *nexts, const Cohort *cohort, double unit)
{
    for (size_t i = 0; i < cohort->bin_count; i++)
        if (cohort->bins[i] >= 0 && cohort->bins[i] < BIN_COARSE_COUNT && cohort->part >= 0 &&
            cohort->part < MILESTONE_COUNT)
            nexts->of[cohort->bins[i]][cohort->part] += unit * (double)cohort->ended[i];
}

// counts and prior, which may be NULL, to shares; all 0 where there is nothing.
static void
shares_of(const double counts[MILESTONE_COUNT], const double *prior, double shares[MILESTONE_COUNT])
{
    double sum = 0;

    for (int j = 0; j < MILESTONE_COUNT; j++) {
        shares[j] = counts[j] + (prior ? PSEUDO_COUNTS * prior[j] : 0);
        sum += shares[j];
    }
    for (int j = 0; j < MILESTONE_COUNT && sum > 0; j++)
        shares[j] /= sum;
}

static const Mix *
mix_make(Arena *arena, const Nexts *nexts, const Mix *common)
{
    Mix *const mix = ARENA_NEW(arena, Mix);
    double all[MILESTONE_COUNT] = {0};

    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        for (int j = 0; j < MILESTONE_COUNT; j++)
            all[j] += nexts->of[bin][j];
    shares_of(all, common ? common->all : NULL, mix->all);
    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        shares_of(nexts->of[bin], mix->all, mix->share[bin]);
    return mix;
}

// The cohorts of one milestone, sorted by carrier.
static void
fit_milestone(Baselines *baselines, const Cohort *cohorts, size_t count)
{
    Arena *const arena = baselines->groups.arena;
    Arena *const work = arena_create();
    Nexts *const everybody = ARENA_NEW(work, Nexts);
    const Milestone milestone = cohorts[0].milestone;

    for (size_t i = 0; i < count; i++)
        add_cohort(everybody, &cohorts[i], baselines->unit);

    const Mix *const common = mix_make(arena, everybody, NULL);

    baselines->groups.items[0]->mix[milestone] = common;
    for (size_t i = 0; i < count;) {
        const char *const carrier = cohorts[i].carrier;
        const int64_t group =
            tree_index(baselines->group_index, work, (const char *const[4]){carrier});
        Nexts *const nexts = ARENA_NEW(work, Nexts);

        for (; i < count && strcmp(cohorts[i].carrier, carrier) == 0; i++)
            add_cohort(nexts, &cohorts[i], baselines->unit);
        if (group >= 0)
            baselines->groups.items[group]->mix[milestone] = mix_make(arena, nexts, common);
    }
    arena_destroy(work);
}

void
fit_mix(Baselines *baselines, const Learned *learned)
{
    for (size_t first = 0; first < learned->cohort_count;) {
        const Cohort *const head = &learned->cohorts[first];
        const size_t end = cohort_same_place(learned, first);

        if (head->kind == COHORT_NEXT && head->measure == MEASURE_MOVE)
            fit_milestone(baselines, head, end - first);
        first = end;
    }
}
