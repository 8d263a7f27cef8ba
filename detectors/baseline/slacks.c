/*
 * What the promise tells of the way: waits of a service and start phase by how far ahead the promise lay when they began.
 *
 * A service with lanes of 200 and of 1,000 km promises the near ones for tomorrow and the far ones for later. A parcel that
 * is due tomorrow is on a near lane, and its next scan comes soon; taking the mixture for it makes every such parcel look
 * late. Lanes tell the same where they have enough parcels; the promise tells it for all. One more level of the tree, below
 * service and phase (stats/hazard.c).
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/hazard.h"

#include <math.h>

// A class with fewer gaps is as its phase. A firmer hold on the phase was worse, the one of greatest likelihood among them:
// most bins of a class are like its phase's, and those that matter are not (100,000 simulated parcels, P(late): log loss .146
// with 2, .153 with 10, .164 with the likeliest weight of some 100; .168 without the promise). Smeared hours also make
// everybody later: with phases held at a tenth, .5 states 5.9 % late where 4.7 % came true, 2 states 6.4 %.
#define GAPS_OF_SLACK 2.0
#define SLACK_WEIGHT  .5

// One class of slack of a service and phase.
typedef struct SlackSum
{
    Group *group;
    const Cohort *cohort;
    double ended[BIN_COUNT], at_risk[BIN_COUNT], usual[BIN_COUNT];
} SlackSum;

typedef struct SlackSums
{
    Arena *arena;
    SlackSum **items;
    size_t count, capacity;
} SlackSums;

// The hazards of the phase, which are its parent.
static bool
usual_hazards(const Group *group, const Cohort *cohort, double hazard[BIN_COUNT])
{
    double factor;
    const PhaseCurves *const phases = phases_of(group, cohort->measure, cohort->stage, &factor);

    if (!phases)
        return false;

    const float *const cumulative = phases->cumulative[slack_phase(cohort->part)];

    for (int k = 0; k < BIN_COUNT; k++)
        hazard[k] = -expm1(factor * (double)(cumulative[k] - cumulative[k + 1]));
    return true;
}

static void
add_sum(SlackSums *sums, const Baselines *baselines, const Cohort *cohort)
{
    const int64_t index = tree_index(baselines->group_index, sums->arena,
        (const char *const[4]){cohort->carrier, cohort->service});
    Group *const group = index < 0 ? NULL : baselines->groups.items[index];
    const Node *const carrier =
        group ? group_node(group->parent, cohort->measure, cohort->stage) : NULL;
    double gaps = 0;

    for (size_t i = 0; i < cohort->bin_count; i++)
        gaps += baselines->unit * (double)(cohort->ended[i] + cohort->waited[i]);
    if (!carrier || gaps < GAPS_OF_SLACK)
        return;

    SlackSum *const sum = ARENA_NEW(sums->arena, SlackSum);
    double waited[BIN_COUNT] = {0};

    if (!usual_hazards(group, cohort, sum->usual))
        return;
    sum->group = group;
    sum->cohort = cohort;
    for (size_t i = 0; i < cohort->bin_count; i++) {
        const int bin = cohort->bins[i];

        if (bin < 0 || bin >= BIN_COUNT)
            continue;
        sum->ended[bin] = baselines->unit * (double)cohort->ended[i];
        waited[bin] = baselines->unit * (double)cohort->waited[i] * carrier->mover[bin];
    }
    hazard_at_risk(BIN_COUNT, sum->ended, waited, sum->at_risk);
    ARENA_PUSH(sums, sum);
}

static void
keep(Baselines *baselines, const SlackSum *sum)
{
    Arena *const arena = baselines->groups.arena;
    const float ***const slot = &sum->group->slacks[sum->cohort->measure][sum->cohort->stage];
    float *const cumulative = ARENA_ARRAY(arena, float, BIN_COUNT + 1);
    double hazard[BIN_COUNT];

    if (!*slot)
        *slot = ARENA_ARRAY(arena, const float *, SLACK_PARTS);
    hazard_estimate(BIN_COUNT, sum->ended, sum->at_risk, sum->usual, SLACK_WEIGHT, hazard);
    hazard_cumulative_single(BIN_COUNT, hazard, cumulative);
    (*slot)[sum->cohort->part] = cumulative;
}

// All cohorts of one measure and stage.
static void
fit_stage(Baselines *baselines, const Cohort *cohorts, size_t count)
{
    SlackSums sums = {.arena = arena_create()};

    for (size_t i = 0; i < count; i++)
        add_sum(&sums, baselines, &cohorts[i]);
    for (size_t i = 0; i < sums.count; i++)
        keep(baselines, sums.items[i]);
    arena_destroy(sums.arena);
}

void
fit_slacks(Baselines *baselines, const Learned *learned)
{
    for (size_t first = 0; first < learned->cohort_count;) {
        const size_t end = cohort_same_place(learned, first);

        if (learned->cohorts[first].kind == COHORT_SLACK)
            fit_stage(baselines, &learned->cohorts[first], end - first);
        first = end;
    }
}
