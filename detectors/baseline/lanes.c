/*
 * One number per lane, measure and milestone, on top of its service's curve (stats/lane.c): a factor on hazards, or a
 * stretch of time. A depot that rests more often empties slower (factor), a line-haul over 3,000 km takes longer (stretch);
 * lane_choice.c tells which holds. How much lanes differ is fitted in the same place.
 */
#include "detectors/stats/lane.h"

#include "detectors/baseline/tree.h"

#include <math.h>

// How alike lanes are taken to be where there are too few to tell.
#define WEIGHT_UNKNOWN 100.0
#define SPREAD_UNKNOWN .01

enum
{
    LANES_TO_FIT = 2000  // how much lanes differ can be told from so many; every n-th is taken
};

static size_t
lane_make(Baselines *baselines, const Cohort *cohort, Arena *work)
{
    LaneList *const list = &baselines->lanes;
    const char *const names[4] = {
        cohort->carrier, cohort->service, cohort->origin, cohort->destination};
    const int64_t known = tree_index(baselines->lane_index, work, names);

    if (known >= 0)
        return (size_t)known;

    const int64_t service = tree_index(
        baselines->group_index, work, (const char *const[4]){cohort->carrier, cohort->service});
    const Lane lane = {.service = baselines->groups.items[service < 0 ? 0 : service],
        .origin = arena_copy(list->arena, cohort->origin),
        .destination = arena_copy(list->arena, cohort->destination)};

    tree_put(baselines->lane_index, work, names, (int64_t)list->count);
    ARENA_PUSH(list, lane);
    return list->count - 1;
}

static LaneSum
sum_lane(const Cohort *cohort, size_t lane, const Node *service, double unit, size_t horizon)
{
    const Expectation *const expected = service->expected;
    LaneSum sum = {.lane = lane, .cohort = cohort, .service = service, .unit = unit};
    double logs = 0;

    for (size_t i = 0; i < cohort->bin_count; i++) {
        const int bin = cohort->bins[i];

        if (bin < 0 || bin >= BIN_COARSE_COUNT)
            continue;

        const double ended = unit * (double)cohort->ended[i];
        const double waited = unit * (double)cohort->waited[i];
        const double movers = waited * expected->mover[bin];

        sum.lost += bin_coarse_start(bin) >= (int)horizon ? waited : 0;
        sum.observed += ended;
        sum.expected +=
            ended * expected->closures_ended[bin] + waited * expected->closures_waited[bin];
        sum.gaps += ended + movers;
        logs += ended * expected->log_ended[bin] + movers * expected->log_waited[bin];
    }
    if (sum.gaps > 0)
        sum.departure = logs / sum.gaps - expected->log_mean;
    return sum;
}

size_t
lane_stride(const LaneSums *sums)
{
    return 1 + sums->count / LANES_TO_FIT;
}

// Every n-th value, so that few are left.
static double *
sample(const LaneSums *sums, const double *values)
{
    const size_t stride = lane_stride(sums);
    double *const few = ARENA_ARRAY(sums->arena, double, sums->count / stride + 1);

    for (size_t i = 0; i * stride < sums->count; i++)
        few[i] = values[i * stride];
    return few;
}

static size_t
sample_count(const LaneSums *sums)
{
    return (sums->count + lane_stride(sums) - 1) / lane_stride(sums);
}

// The factor on hazards of all lanes, from closures observed and expected.
static void
fit_factors(LaneSums *sums, const double *expected, bool stretched)
{
    double *const observed = ARENA_ARRAY(sums->arena, double, sums->count);
    double weight = WEIGHT_UNKNOWN;

    for (size_t i = 0; i < sums->count; i++)
        observed[i] = sums->items[i].observed;

    const LaneCounts few = {sample(sums, observed), sample(sums, expected), sample_count(sums)};

    if (sums->count > 1)
        lane_fit_weight(&few, &weight);
    for (size_t i = 0; i < sums->count; i++) {
        const double factor = lane_scalar(observed[i], expected[i], weight);

        *(stretched ? &sums->items[i].rest : &sums->items[i].scalar) = factor;
        *(stretched ? &sums->items[i].rest_own : &sums->items[i].scalar_own) =
            expected[i] / (expected[i] + weight);
        *(stretched ? &sums->items[i].rest_total : &sums->items[i].scalar_total) =
            expected[i] + weight;
    }
}

static void
fit_scalars(LaneSums *sums)
{
    double *const expected = ARENA_ARRAY(sums->arena, double, sums->count);

    for (size_t i = 0; i < sums->count; i++)
        expected[i] = sums->items[i].expected;
    fit_factors(sums, expected, false);
}

// What the expected closures of a coarse bin change by when time is stretched.
static double
change_at(const LaneSum *sum, int coarse)
{
    const double *const closures = sum->service->expected->closures;
    const double middle =
        (bin_edge(bin_coarse_start(coarse)) + bin_edge(bin_coarse_start(coarse + 1))) / 2;
    const double plain = bin_interpolate(closures, middle);

    return plain > 0 ? bin_interpolate(closures, middle / sum->stretch) / plain : 1;
}

// The same in stretched time: lanes are more regular than the mix of them that their service's curve describes.
static void
fit_rests(LaneSums *sums)
{
    double *const expected = ARENA_ARRAY(sums->arena, double, sums->count);

    for (size_t i = 0; i < sums->count; i++) {
        const LaneSum *const sum = &sums->items[i];
        const Cohort *const cohort = sum->cohort;

        for (size_t k = 0; k < cohort->bin_count; k++) {
            const int bin = cohort->bins[k];

            if (bin < 0 || bin >= BIN_COARSE_COUNT)
                continue;
            expected[i] +=
                change_at(sum, bin) * sum->unit *
                ((double)cohort->ended[k] * sum->service->expected->closures_ended[bin] +
                    (double)cohort->waited[k] * sum->service->expected->closures_waited[bin]);
        }
    }
    fit_factors(sums, expected, true);
}

static void
fit_stretches(LaneSums *sums)
{
    double *const departure = ARENA_ARRAY(sums->arena, double, sums->count);
    double *const gaps = ARENA_ARRAY(sums->arena, double, sums->count);
    double spread = SPREAD_UNKNOWN;
    double variance = 0;
    double weight = 0;

    for (size_t i = 0; i < sums->count; i++) {
        departure[i] = sums->items[i].departure;
        gaps[i] = sums->items[i].gaps;
        variance += gaps[i] * sums->items[i].service->expected->log_variance;
        weight += gaps[i];
    }
    if (!(weight > 0))
        variance = weight = 1;

    const LaneLogs few = {
        sample(sums, departure), sample(sums, gaps), sample_count(sums), variance / weight};

    if (sums->count > 1)
        lane_fit_spread(&few, &spread);
    for (size_t i = 0; i < sums->count; i++) {
        sums->items[i].stretch = lane_stretch(departure[i], gaps[i], few.variance, spread);
        sums->items[i].stretch_own =
            gaps[i] > 0 && spread > 0 ? gaps[i] / (gaps[i] + few.variance / spread) : 0;
    }
}

// What was chosen for lanes at one measure and stage.
typedef struct LaneDraft
{
    Measure measure;
    Stage stage;
    size_t count;
    const size_t *lanes;
    LaneStage *stages;
} LaneDraft;

typedef struct LaneDrafts
{
    Arena *arena;
    LaneDraft *items;
    size_t count, capacity;
} LaneDrafts;

static LaneStage
lane_stage_of(const Baselines *baselines, const LaneSum *sum, Measure measure, Stage stage)
{
    const Lane *const lane = &baselines->lanes.items[sum->lane];
    LaneStage at = {.scalar = (float)sum->bent_factor,
        .stretch = (float)sum->bent_time,
        .events = (float)sum->observed,
        .own_share = (float)sum->own};

    if (sum->class_ratio) {
        at.ratio = sum->class_ratio;
        at.ratio_scalar = (float)sum->class_factor;
    }
    if (sum->base != sum->service->cumulative) {
        at.base = sum->base;
        at.base_scalar = (float)sum->factor;
    }
    if (measure == MEASURE_MOVE && sum->observed >= LANE_GAPS_TO_TELL)
        at.next = lane_next(baselines->lanes.arena, sum, mix_of(lane->service, stage));
    return at;
}

static void
draft_lanes(Baselines *baselines, LaneSums *sums, Measure measure, Stage stage, LaneDrafts *drafts)
{
    size_t *const lanes = ARENA_ARRAY(drafts->arena, size_t, sums->count);
    const LaneDraft draft = {.measure = measure,
        .stage = stage,
        .count = sums->count,
        .lanes = lanes,
        .stages = ARENA_ARRAY(drafts->arena, LaneStage, sums->count)};

    fit_scalars(sums);
    fit_stretches(sums);
    fit_rests(sums);
    fit_lane_classes(baselines, sums);
    baselines->lane_choice[measure][stage] = lanes_choose(sums, baselines->parcel);
    for (size_t i = 0; i < sums->count; i++) {
        lanes[i] = sums->items[i].lane;
        draft.stages[i] = lane_stage_of(baselines, &sums->items[i], measure, stage);
    }
    fit_busy_lanes(baselines, sums, draft.stages);
    ARENA_PUSH(drafts, draft);
}

// Each lane's stages side by side: a parcel asks for several of one lane, and lanes are many.
static void
keep_lanes(Baselines *baselines, const LaneDrafts *drafts)
{
    LaneList *const lanes = &baselines->lanes;
    size_t *const counts = ARENA_ARRAY(drafts->arena, size_t, lanes->count);
    size_t all = 0;

    for (size_t d = 0; d < drafts->count; d++)
        for (size_t i = 0; i < drafts->items[d].count; i++, all++)
            counts[drafts->items[d].lanes[i]]++;

    LaneStage *const stages = ARENA_ARRAY(lanes->arena, LaneStage, all);

    for (size_t lane = lanes->count; lane-- > 0;)
        lanes->items[lane].stages = stages + (all -= counts[lane]);
    for (size_t d = 0; d < drafts->count; d++) {
        const LaneDraft *const draft = &drafts->items[d];

        for (size_t i = 0; i < draft->count; i++) {
            Lane *const lane = &lanes->items[draft->lanes[i]];
            stages[(size_t)(lane->stages - stages) + lane->stage_count++] = draft->stages[i];
            lane->at[draft->measure][draft->stage] = lane->stage_count;
        }
    }
}

// All lanes of one measure and milestone.
static void
fit_milestone(Baselines *baselines, const Cohort *cohorts, size_t count, LaneDrafts *drafts)
{
    Arena *const work = arena_create();
    LaneSums sums = {.arena = work, .unit = baselines->unit};

    if (baselines->lanes.count ==
        0) {  // nearly all have a first stage; grown lists leave their old selves behind
        baselines->lanes.capacity = count + count / 16 + 16;
        baselines->lanes.items =
            ARENA_ARRAY(baselines->lanes.arena, Lane, baselines->lanes.capacity);
    }
    for (size_t i = 0; i < count; i++) {
        const Cohort *const cohort = &cohorts[i];
        const size_t lane = lane_make(baselines, cohort, work);
        const Group *const group = baselines->lanes.items[lane].service;
        const Node *const service = group_node(group, cohort->measure, cohort->stage);

        if (!service || !service->expected)
            continue;

        LaneSum sum = sum_lane(cohort, lane, service, baselines->unit,
            tree_horizon(baselines, group, cohort->measure, cohort->stage));

        sum.order = tree_index(
            baselines->group_index, work, (const char *const[4]){group->carrier, group->service});
        pace_add_lane(baselines, cohort, &sum);
        ARENA_PUSH(&sums, sum);
    }
    draft_lanes(baselines, &sums, cohorts[0].measure, cohorts[0].stage, drafts);
    arena_destroy(work);
}

// One measure and milestone at a time: that many sums of lanes are held at once.
void
fit_lanes(Baselines *baselines, const Learned *learned)
{
    LaneDrafts drafts = {.arena = arena_create()};

    for (size_t first = 0; first < learned->cohort_count;) {
        const size_t end = cohort_same_place(learned, first);

        if (learned->cohorts[first].kind == COHORT_LANE)
            fit_milestone(baselines, &learned->cohorts[first], end - first, &drafts);
        first = end;
    }
    keep_lanes(baselines, &drafts);
    arena_destroy(drafts.arena);
}
