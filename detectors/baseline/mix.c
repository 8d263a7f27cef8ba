/*
 * What comes next after a milestone, by how long it took: who leaves a depot within the hour goes out for delivery, who
 * leaves it after a day was moved on or came back. Everybody's shares lend each carrier pseudo-counts, and a carrier's
 * shares over all lend each bin as many, since scans get missed and a thin carrier has not shown all that can follow.
 */
#include "detectors/baseline/tree.h"

#include <string.h>

#define PSEUDO_COUNTS 20.0

// Counts of what came next after one milestone, by where the wait ended.
typedef struct Nexts
{
    double of[PHASE_ENDS][STAGE_COUNT];
} Nexts;

static void
add_cohort(Nexts *nexts, const Cohort *cohort, double unit)
{
    for (size_t i = 0; i < cohort->bin_count; i++)
        if (cohort->bins[i] >= 0 && cohort->bins[i] < PHASE_ENDS && cohort->part >= 0 &&
            cohort->part < STAGE_COUNT)
            nexts->of[cohort->bins[i]][cohort->part] += unit * (double)cohort->ended[i];
}

// counts and prior, which may be NULL, to shares; all 0 where there is nothing.
static void
shares_of(const double counts[STAGE_COUNT], const double *prior, double shares[STAGE_COUNT])
{
    double sum = 0;

    for (int j = 0; j < STAGE_COUNT; j++) {
        shares[j] = counts[j] + (prior ? PSEUDO_COUNTS * prior[j] : 0);
        sum += shares[j];
    }
    for (int j = 0; j < STAGE_COUNT && sum > 0; j++)
        shares[j] /= sum;
}

const Mix *
mix_of(const Group *group, Stage stage)
{
    while (group && !group->mix[stage])
        group = group->parent;
    return group ? group->mix[stage] : NULL;
}

// (n_j + M q_j) / (n + M) / q_j: where parcels of a lane go, a hub more or less than elsewhere.
const float *
lane_next(Arena *arena, const LaneSum *sum, const Mix *carrier)
{
    double counts[STAGE_COUNT] = {0};
    double all = 0;

    for (size_t i = 0; i < sum->cohort->bin_count; i++) {
        const int stage = sum->cohort->bins[i] - COHORT_LANE_NEXT;

        if (stage < 0 || stage >= STAGE_COUNT)
            continue;
        counts[stage] = sum->unit * (double)sum->cohort->ended[i];
        all += counts[stage];
    }
    if (!carrier || !(all > 0))
        return NULL;

    float *const next = ARENA_ARRAY(arena, float, STAGE_COUNT);

    for (int j = 0; j < STAGE_COUNT; j++)
        next[j] =
            carrier->all[j] > 0
                ? (float)((counts[j] / carrier->all[j] + PSEUDO_COUNTS) / (all + PSEUDO_COUNTS))
                : 1;
    return next;
}

static const Mix *
mix_make(Arena *arena, const Nexts *nexts, const Mix *common)
{
    Mix *const mix = ARENA_NEW(arena, Mix);
    double all[STAGE_COUNT] = {0};
    double hours[PHASE_HOURS][STAGE_COUNT] = {{0}};
    double shares[STAGE_COUNT];
    float *row;

    for (int bin = 0; bin < PHASE_ENDS; bin++)
        for (int j = 0; j < STAGE_COUNT; j++) {
            all[j] += nexts->of[bin][j];
            hours[bin % PHASE_HOURS][j] += nexts->of[bin][j];
        }
    shares_of(all, common ? common->all : NULL, mix->all);
    for (Stage next = 0; next < STAGE_COUNT; next++)
        if (mix->all[next] > 0)
            mix->next[mix->next_count++] = next;
    for (int hour = 0; hour < PHASE_HOURS; hour++)
        shares_of(hours[hour], mix->all, hours[hour]);
    mix->shares = row = arena_alloc_array(arena, mix->next_count * sizeof *row, PHASE_ENDS);
    for (int bin = 0; bin < PHASE_ENDS; bin++) {
        shares_of(nexts->of[bin], hours[bin % PHASE_HOURS], shares);
        for (size_t i = 0; i < mix->next_count; i++)
            *row++ = (float)shares[mix->next[i]];
    }
    return mix;
}

// The cohorts of one milestone, sorted by carrier.
static void
fit_milestone(Baselines *baselines, const Cohort *cohorts, size_t count)
{
    Arena *const arena = baselines->groups.arena;
    Arena *const work = arena_create();
    Nexts *const everybody = ARENA_NEW(work, Nexts);
    const Stage stage = cohorts[0].stage;

    for (size_t i = 0; i < count; i++)
        add_cohort(everybody, &cohorts[i], baselines->unit);

    const Mix *const common = mix_make(arena, everybody, NULL);

    baselines->groups.items[0]->mix[stage] = common;
    for (size_t i = 0; i < count;) {
        const char *const carrier = cohorts[i].carrier;
        const int64_t group =
            tree_index(baselines->group_index, work, (const char *const[4]){carrier});
        Nexts *const nexts = ARENA_NEW(work, Nexts);

        for (; i < count && strcmp(cohorts[i].carrier, carrier) == 0; i++)
            add_cohort(nexts, &cohorts[i], baselines->unit);
        if (group >= 0)
            baselines->groups.items[group]->mix[stage] = mix_make(arena, nexts, common);
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

bool
baselines_wait_for(
    const Baselines *baselines, const char *carrier, Stage stage, Milestone milestone)
{
    Arena *const work = arena_create();
    const Lane *lane;
    const Mix *const mix =
        mix_of(tree_find(baselines, work, carrier, NULL, NULL, NULL, &lane), stage);
    bool waits = false;

    for (size_t i = 0; mix && i < mix->next_count; i++)
        waits = waits ||
                (stage_milestone(mix->next[i]) == milestone && mix->all[mix->next[i]] >= MIX_MOST);
    arena_destroy(work);
    return waits;
}
