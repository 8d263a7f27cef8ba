/*
 * Curves of the tree: everybody -> carrier -> service, for each measure and milestone.
 *
 * Everybody's hazards are plain; each level below starts from the one above and departs from it as far as its counts
 * and the level's common weight allow (stats/hazard.c). At each carrier parcels that will never move are told apart from
 * movers by EM (stats/cure.c): gaps seen waiting longer than the loss horizon give their share, pulled towards
 * everybody's. A service takes its carrier's split and gives its own hazards.
 *
 * The weight of a level and the EM need each other: EM runs once with a middling weight, the weight is fitted to what it
 * leaves, EM runs again. Groups that are all there is of their parent say nothing about how alike siblings are and are
 * left out of that fit.
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/cure.h"
#include "detectors/stats/hazard.h"

#include <math.h>
#include <string.h>

// Before anything is known about a milestone: the share lost, and how many parcels that belief is worth. One lost parcel, as
// judge.c counts one mover that waits for long.
#define SHARE_PRIOR        .001
#define SHARE_PRIOR_WEIGHT 1000.0

// How firmly a child follows its parent where siblings cannot tell.
#define WEIGHT_UNKNOWN 50.0

// The last so many events share one constant rate: single events make no curve.
#define TAIL_EVENTS 10.0

enum
{
    EM_STEPS = 8
};

// Counts of one group at one milestone, while fitting.
typedef struct Counts
{
    double ended[BIN_COUNT], waited[BIN_COUNT];
    double movers_waited[BIN_COUNT];  // waited x P(mover)
    double mover[BIN_COUNT], at_risk[BIN_COUNT], hazard[BIN_COUNT];
    double events, ripe, lost, share, own;
    size_t horizon;  // bin of the loss horizon on this group's clock
} Counts;

typedef struct Fit
{
    Arena *work;
    Baselines *baselines;
    Counts *(*counts)[MEASURE_COUNT][STAGE_COUNT];  // by group
} Fit;

static Group *
group_make(Baselines *baselines, const char *carrier, const char *service)
{
    GroupList *const list = &baselines->groups;
    const char *const names[4] = {carrier, service};
    const int64_t known = tree_index(baselines->group_index, list->arena, names);

    if (known >= 0)
        return list->items[known];

    Group *const group = ARENA_NEW(list->arena, Group);

    if (carrier)
        group->parent = service ? group_make(baselines, carrier, NULL) : list->items[0];
    group->carrier = arena_copy(list->arena, carrier);
    group->service = arena_copy(list->arena, service);
    group->clock = clocks_of(baselines->clocks, carrier ? carrier : "");
    tree_put(baselines->group_index, list->arena, names, (int64_t)list->count);
    ARENA_PUSH(list, group);
    return group;
}

static size_t
index_of(const Baselines *baselines, Arena *arena, const Group *group)
{
    return (size_t)tree_index(
        baselines->group_index, arena, (const char *const[4]){group->carrier, group->service});
}

size_t
tree_horizon(const Baselines *baselines, const Group *group, Measure measure, Stage stage)
{
    const double *const rates = group->clock->of[measure][stage];
    const double weekly = 5 * rates[DAY_WORKING] + rates[DAY_SATURDAY] + rates[DAY_SUNDAY];

    return (size_t)bin_of(baselines->plan->loss_horizon_days * 24 * weekly / 7);
}

static Counts *
counts_of(Fit *fit, size_t group, Measure measure, Stage stage)
{
    Counts **const counts = &fit->counts[group][measure][stage];

    if (!*counts) {
        *counts = ARENA_NEW(fit->work, Counts);
        (*counts)->horizon =
            tree_horizon(fit->baselines, fit->baselines->groups.items[group], measure, stage);
    }
    return *counts;
}

static void
add_cohort(Fit *fit, const Cohort *cohort)
{
    const Group *group = group_make(fit->baselines, cohort->carrier, cohort->service);
    const double unit = fit->baselines->unit;

    for (; group; group = group->parent) {
        Counts *const counts = counts_of(
            fit, index_of(fit->baselines, fit->work, group), cohort->measure, cohort->stage);

        for (size_t i = 0; i < cohort->bin_count; i++) {
            const int bin = cohort->bins[i];

            if (bin < 0 || bin >= BIN_COUNT)
                continue;
            counts->ended[bin] += unit * (double)cohort->ended[i];
            counts->waited[bin] += unit * (double)cohort->waited[i];
            counts->events += unit * (double)cohort->ended[i];
        }
    }
}

// Gaps old enough to tell: those still open after the horizon are taken for lost.
static void
add_day(Fit *fit, const CohortDay *day)
{
    const LearnPlan *const plan = fit->baselines->plan;
    const Group *group = group_make(fit->baselines, day->carrier, NULL);
    const int32_t age = zone_day(plan->zone, plan->as_of) - day->day;
    const double weight = exp2(-(double)age / plan->loss_half_life_days) / COHORT_UNIT;

    for (; group && age > plan->loss_horizon_days; group = group->parent) {
        Counts *const counts =
            counts_of(fit, index_of(fit->baselines, fit->work, group), day->measure, day->stage);

        counts->ripe += weight * (double)(day->closed + day->open);
        counts->lost += weight * (double)day->open;
    }
}

// Groups are made first, since counts are kept by their number.
static void
read_counts(Fit *fit, const Learned *learned)
{
    Baselines *const baselines = fit->baselines;

    for (size_t i = 0; i < learned->day_count; i++)
        group_make(baselines, learned->days[i].carrier, NULL);
    for (size_t i = 0; i < learned->cohort_count; i++)
        if (learned->cohorts[i].kind == COHORT_SERVICE)
            group_make(baselines, learned->cohorts[i].carrier, learned->cohorts[i].service);

    fit->counts = arena_alloc_array(fit->work, sizeof *fit->counts, baselines->groups.count);
    for (size_t i = 0; i < learned->cohort_count; i++)
        if (learned->cohorts[i].kind == COHORT_SERVICE)
            add_cohort(fit, &learned->cohorts[i]);
    for (size_t i = 0; i < learned->day_count; i++)
        add_day(fit, &learned->days[i]);
}

static int
level_of(const Group *group)
{
    return group->service ? 2 : group->carrier ? 1 : 0;
}

// Whether the parent has other children at this milestone.
static bool
has_siblings(const Counts *child, const Counts *parent)
{
    return child->events > 0 && child->events < parent->events;
}

typedef void FitStep(Fit *fit, Counts *child, const Counts *parent, double weight);

// Do something to every group of a level that has counts, with those of its parent.
static void
each_child(Fit *fit, Measure measure, int level, double weight, FitStep *step)
{
    for (size_t i = 0; i < fit->baselines->groups.count; i++) {
        const Group *const group = fit->baselines->groups.items[i];

        if (level_of(group) != level)
            continue;

        const size_t above = index_of(fit->baselines, fit->work, group->parent);

        for (Stage m = 0; m < STAGE_COUNT; m++)
            if (fit->counts[i][measure][m])
                step(fit, fit->counts[i][measure][m], fit->counts[above][measure][m], weight);
    }
}

typedef struct Children
{
    Arena *arena;
    HazardChild *items;
    size_t count, capacity;
} Children;

// The common weight of a level. bins: BIN_COUNT for hazards, 1 for the share lost.
static double
fit_level(Fit *fit, Measure measure, int level, size_t bins)
{
    Children children = {.arena = fit->work};
    double weight = WEIGHT_UNKNOWN;

    for (size_t i = 0; i < fit->baselines->groups.count; i++) {
        const Group *const group = fit->baselines->groups.items[i];

        if (level_of(group) != level)
            continue;

        const size_t above = index_of(fit->baselines, fit->work, group->parent);

        for (Stage m = 0; m < STAGE_COUNT; m++) {
            const Counts *const child = fit->counts[i][measure][m];
            const Counts *const parent = fit->counts[above][measure][m];

            if (!child || !has_siblings(child, parent))
                continue;
            ARENA_PUSH(&children,
                (bins == 1 ? (HazardChild){&child->lost, &child->ripe, &parent->share}
                           : (HazardChild){child->ended, child->at_risk, parent->hazard}));
        }
    }

    const HazardChildren all = {.items = children.items, .count = children.count, .bins = bins};

    hazard_fit_weight(&all, &weight);
    return weight;
}

static void
split(Counts *counts, const double *parent, double weight)
{
    const CureCounts cure = {.bins = BIN_COUNT,
        .ended = counts->ended,
        .waited = counts->waited,
        .share = counts->share,
        .horizon = counts->horizon,
        .parent = parent,
        .weight = weight,
        .steps = EM_STEPS};

    cure_fit(&cure, counts->hazard, counts->mover);
    for (int k = 0; k < BIN_COUNT; k++)
        counts->movers_waited[k] = counts->waited[k] * counts->mover[k];
    hazard_at_risk(BIN_COUNT, counts->ended, counts->movers_waited, counts->at_risk);
}

// Where events get rare, and beyond the last of them, one constant rate: events per hour waited.
static void
smooth_tail(Counts *counts)
{
    int start = BIN_COUNT;
    double events = 0;
    double hours = 0;

    while (start > 0 && events < TAIL_EVENTS) {
        start--;
        events += counts->ended[start];
        hours += (counts->at_risk[start] - counts->ended[start] / 2) *
                 (bin_edge(start + 1) - bin_edge(start));
    }
    for (int k = start; k < BIN_COUNT && events > 0 && hours > 0; k++)
        counts->hazard[k] = -expm1(-events / hours * (bin_edge(k + 1) - bin_edge(k)));
}

static void
fit_everybody(Fit *fit, Measure measure)
{
    for (Stage m = 0; m < STAGE_COUNT; m++) {
        Counts *const counts = fit->counts[0][measure][m];

        if (!counts)
            continue;
        counts->share = cure_share(counts->lost, counts->ripe, SHARE_PRIOR, SHARE_PRIOR_WEIGHT);
        split(counts, NULL, 0);
        smooth_tail(counts);
    }
}

static void
share_step(Fit *fit, Counts *child, const Counts *parent, double weight)
{
    (void)fit;
    child->share = cure_share(child->lost, child->ripe, parent->share, weight);
}

static void
carrier_step(Fit *fit, Counts *child, const Counts *parent, double weight)
{
    (void)fit;
    split(child, parent->hazard, weight);
    child->own = hazard_own_share(BIN_COUNT, child->ended, child->at_risk, weight);
}

static void
service_counts_step(Fit *fit, Counts *child, const Counts *parent, double weight)
{
    (void)fit;
    (void)weight;
    child->share = parent->share;
    for (int k = 0; k < BIN_COUNT; k++) {
        child->mover[k] = parent->mover[k];
        child->movers_waited[k] = child->waited[k] * child->mover[k];
    }
    hazard_at_risk(BIN_COUNT, child->ended, child->movers_waited, child->at_risk);
}

static void
service_step(Fit *fit, Counts *child, const Counts *parent, double weight)
{
    (void)fit;
    hazard_estimate(BIN_COUNT, child->ended, child->at_risk, parent->hazard, weight, child->hazard);
    child->own = hazard_own_share(BIN_COUNT, child->ended, child->at_risk, weight);
}

static void
fit_measure(Fit *fit, Measure measure)
{
    fit_everybody(fit, measure);
    each_child(fit, measure, 1, fit_level(fit, measure, 1, 1), share_step);
    each_child(fit, measure, 1, WEIGHT_UNKNOWN, carrier_step);
    each_child(fit, measure, 1, fit_level(fit, measure, 1, BIN_COUNT), carrier_step);
    each_child(fit, measure, 2, 0, service_counts_step);
    each_child(fit, measure, 2, fit_level(fit, measure, 2, BIN_COUNT), service_step);
}

static const double *
copy_movers(Arena *arena, const double mover[BIN_COUNT])
{
    double *const copy = ARENA_ARRAY(arena, double, BIN_COUNT);

    memcpy(copy, mover, BIN_COUNT * sizeof *copy);
    return copy;
}

static void
keep_nodes(Fit *fit)
{
    Baselines *const baselines = fit->baselines;

    for (size_t i = 0; i < baselines->groups.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++) {
                const Counts *const counts = fit->counts[i][measure][m];

                if (!counts)
                    continue;

                Node *const node = ARENA_NEW(baselines->groups.arena, Node);

                node->events = counts->events;
                node->share = counts->share;
                node->own = level_of(baselines->groups.items[i]) == 0 ? 1 : counts->own;
                node->mover = copy_movers(baselines->groups.arena, counts->mover);
                hazard_cumulative(BIN_COUNT, counts->hazard, node->cumulative);
                if (level_of(baselines->groups.items[i]) == 2)
                    node->expected = expect(baselines->groups.arena, counts->ended, counts->waited,
                        counts->mover, node->cumulative);
                baselines->groups.items[i]->nodes[measure][m] = node;
            }
}

void
fit_curves(Baselines *baselines, const Learned *learned)
{
    Fit fit = {.work = arena_create(), .baselines = baselines};

    group_make(baselines, NULL, NULL);
    read_counts(&fit, learned);
    for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
        fit_measure(&fit, measure);
    keep_nodes(&fit);
    arena_destroy(fit.work);
}
