/*
 * Curves by start phase: carrier -> phase, and service below, for each measure and milestone (statistics 1 and 2).
 *
 * A phase leans on its carrier's curve, a service's phase on its carrier's phase, bent by one factor on hazards: how much
 * faster or slower than the carrier the service is as a whole. A service too thin for that takes the factor alone.
 *
 * Phases are a gain where there are many scans and a burden where there are few. So at each measure and milestone they are
 * kept only if they predict better: each gap's log score by the hazards estimated without it, against the curve without
 * phases (stats/hazard.c). The gain is recorded.
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/hazard.h"
#include "detectors/stats/lane.h"

#include <math.h>
#include <string.h>

// A service with fewer gap ends follows its carrier's phases.
#define EVENTS_OF_SERVICE 500.0

// Of the likeliest hold, which is too firm where departures and rounds are (simulated, P(late): log loss .1361, or .1399 with 1).
#define HOLD .1

// How firmly phases follow their parent where too few can tell; what a factor of a service leans on.
#define WEIGHT_UNKNOWN 50.0
#define FACTOR_WEIGHT  50.0

// How many hours at risk a round leans on its carrier's rate with, and up to where waits have rounds.
#define ROUND_WEIGHT    20.0
#define ROUND_HOURS_MAX 240.0

// What phases must earn, in nats a gap: with them a lane bends its service's curve and has none of its class, which where
// a gap is a whole journey (Olist: gain .00003) is worth more. Between scans they earn about half a nat.
#define GAIN_MIN .02

enum
{
    LEAVES_TO_FIT = 64  // how much phases differ can be told from so many; every n-th is taken
};

typedef struct PhaseCounts
{
    const Group *group;
    double ended[PHASE_COUNT][BIN_COUNT], at_risk[PHASE_COUNT][BIN_COUNT];
    double events;
    double hazard[PHASE_COUNT][BIN_COUNT];
} PhaseCounts;

// One carrier at one measure and milestone; its services stand behind it in the list.
typedef struct PhaseList
{
    Arena *arena;
    PhaseCounts **items;
    size_t count, capacity;
} PhaseList;

typedef struct Phasing
{
    Arena *work;
    Baselines *baselines;
    Measure measure;
    Stage stage;
    PhaseList carriers, services;
} Phasing;

static PhaseCounts *
counts_of(Phasing *phasing, PhaseList *list, const Group *group)
{
    for (size_t i = list->count; i-- > 0;)
        if (list->items[i]->group == group)
            return list->items[i];

    PhaseCounts *const counts = ARENA_NEW(phasing->work, PhaseCounts);

    counts->group = group;
    ARENA_PUSH(list, counts);
    return counts;
}

static const Node *
node_of(const Phasing *phasing, const Group *group)
{
    return group_node(group, phasing->measure, phasing->stage);
}

// Gaps last seen waiting count as far as they are movers.
static void
add_cohort(Phasing *phasing, const Group *service, const Cohort *cohort)
{
    PhaseCounts *const both[] = {counts_of(phasing, &phasing->services, service),
        counts_of(phasing, &phasing->carriers, service->parent)};
    const double *const mover = node_of(phasing, service->parent)->mover;
    const double unit = phasing->baselines->unit;

    for (size_t i = 0; i < cohort->bin_count; i++) {
        const int bin = cohort->bins[i];

        if (bin < 0 || bin >= BIN_COUNT || cohort->part < 0 || cohort->part >= PHASE_COUNT)
            continue;
        for (size_t j = 0; j < 2; j++) {
            both[j]->ended[cohort->part][bin] += unit * (double)cohort->ended[i];
            both[j]->at_risk[cohort->part][bin] += unit * (double)cohort->waited[i] * mover[bin];
            both[j]->events += unit * (double)cohort->ended[i];
        }
    }
}

static double
bin_hours(int bin)
{
    return bin_edge(bin + 1) - bin_edge(bin);
}

static void
risk_from_waited(PhaseCounts *counts)
{
    double waited[BIN_COUNT];

    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        memcpy(waited, counts->at_risk[phase], sizeof waited);
        hazard_at_risk(BIN_COUNT, counts->ended[phase], waited, counts->at_risk[phase]);
    }
}

static void
hazards_of_node(const Node *node, double hazard[BIN_COUNT])
{
    for (int k = 0; k < BIN_COUNT; k++)
        hazard[k] = -expm1(node->cumulative[k] - node->cumulative[k + 1]);
}

// The parent's hazards of each phase: for a carrier its own curve, for a service its carrier's phases, bent.
typedef struct Parents
{
    double hazard[PHASE_COUNT][BIN_COUNT];
} Parents;

// Ends and gaps at risk by round, over all phases.
typedef struct Rounds
{
    int of[PHASE_COUNT][BIN_COUNT];  // -1 where waits have none any more
    double ended[PHASE_ROUNDS], at_risk[PHASE_ROUNDS];
} Rounds;

static void
find_rounds(const double *rates, int round[PHASE_COUNT][BIN_COUNT])
{
    for (int k = 0; k < BIN_COUNT; k++) {
        const double middle = (bin_edge(k) + bin_edge(k + 1)) / 2;

        for (int phase = 0; phase < PHASE_COUNT; phase++)
            round[phase][k] = middle < ROUND_HOURS_MAX ? phase_round(phase, middle, rates) : -1;
    }
}

static Rounds *
rounds_of(Phasing *phasing, const PhaseCounts *counts)
{
    Rounds *const rounds = ARENA_NEW(phasing->work, Rounds);

    find_rounds(counts->group->clock->of[phasing->measure][phasing->stage], rounds->of);
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        for (int k = 0; k < BIN_COUNT; k++) {
            const int round = rounds->of[phase][k];

            if (round < 0)
                continue;
            rounds->ended[round] += counts->ended[phase][k];
            rounds->at_risk[round] += counts->at_risk[phase][k] * bin_hours(k);
        }
    return rounds;
}

// What a phase leans on: a parcel that missed its round goes with the next one, at the same hour, whatever the hour it came.
// So where few are left to tell of a phase, the hour of the day does, over all phases; and where that is thin too, the
// carrier's curve.
static Parents *
parents_of_carrier(Phasing *phasing, const PhaseCounts *carrier)
{
    Parents *const parents = ARENA_NEW(phasing->work, Parents);
    const Rounds *const rounds = rounds_of(phasing, carrier);
    double own[BIN_COUNT];

    hazards_of_node(node_of(phasing, carrier->group), own);
    for (int k = 0; k < BIN_COUNT; k++) {
        const double hours = bin_hours(k);
        const double rate = own[k] < 1 ? -log1p(-own[k]) / hours : HAZARD_MAX;

        for (int phase = 0; phase < PHASE_COUNT; phase++) {
            const int round = rounds->of[phase][k];

            parents->hazard[phase][k] =
                round < 0 ? own[k]
                          : -expm1(-hours * (rounds->ended[round] + ROUND_WEIGHT * rate) /
                                   (rounds->at_risk[round] + ROUND_WEIGHT));
        }
    }
    return parents;
}

static double
service_factor(const PhaseCounts *service, const PhaseCounts *carrier)
{
    double expected = 0;

    for (int phase = 0; phase < PHASE_COUNT; phase++)
        for (int k = 0; k < BIN_COUNT; k++)
            expected += service->at_risk[phase][k] * carrier->hazard[phase][k];
    return lane_scalar(service->events, expected, FACTOR_WEIGHT);
}

static Parents *
parents_of_service(Phasing *phasing, const PhaseCounts *carrier, double factor)
{
    Parents *const parents = ARENA_NEW(phasing->work, Parents);

    for (int phase = 0; phase < PHASE_COUNT; phase++)
        for (int k = 0; k < BIN_COUNT; k++)
            parents->hazard[phase][k] = carrier->hazard[phase][k] < 1
                                            ? -expm1(factor * log1p(-carrier->hazard[phase][k]))
                                            : 1;
    return parents;
}

typedef struct Children
{
    Arena *arena;
    HazardChild *items;
    size_t count, capacity;
} Children;

static void
add_children(Children *children, const PhaseCounts *counts, const Parents *parents)
{
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        if (counts->at_risk[phase][0] > 1)
            ARENA_PUSH(children, ((HazardChild){counts->ended[phase], counts->at_risk[phase],
                                     parents->hazard[phase]}));
}

// Some of the children, evenly.
static HazardChildren
sample(const Children *children)
{
    const size_t stride = 1 + children->count / LEAVES_TO_FIT;
    size_t count = 0;

    for (size_t i = 0; i < children->count; i += stride)
        children->items[count++] = children->items[i];
    return (HazardChildren){.items = children->items, .count = count, .bins = BIN_COUNT};
}

static double
fit_weight(const HazardChildren *children)
{
    double weight = WEIGHT_UNKNOWN;
    hazard_fit_weight(children, &weight);
    return HOLD * weight;
}

static void
estimate(PhaseCounts *counts, const Parents *parents, double weight)
{
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        hazard_estimate(BIN_COUNT, counts->ended[phase], counts->at_risk[phase],
            parents->hazard[phase], weight, counts->hazard[phase]);
}

static Group *
group_of(const Phasing *phasing, const PhaseCounts *counts)
{
    return phasing->baselines->groups.items[tree_index(phasing->baselines->group_index,
        phasing->work, (const char *const[4]){counts->group->carrier, counts->group->service})];
}

static void
keep(Phasing *phasing, const PhaseCounts *counts)
{
    PhaseCurves *const curves = ARENA_NEW(phasing->baselines->groups.arena, PhaseCurves);

    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        hazard_cumulative_single(BIN_COUNT, counts->hazard[phase], curves->cumulative[phase]);
        bin_rises(curves->cumulative[phase], curves->rises[phase]);
    }
    group_of(phasing, counts)->phases[phasing->measure][phasing->stage] = curves;
}

// What phases earn in nats a gap, on some of the carriers' phases.
static double
gain_per_gap(const Phasing *phasing, Parents *const *parents, double weight)
{
    const size_t stride = 1 + phasing->carriers.count * PHASE_COUNT / LEAVES_TO_FIT;
    double gain = 0;
    double gaps = 0;

    for (size_t i = 0; i < phasing->carriers.count * PHASE_COUNT; i += stride) {
        const PhaseCounts *const carrier = phasing->carriers.items[i / PHASE_COUNT];
        const size_t phase = i % PHASE_COUNT;
        double plain[BIN_COUNT];

        hazards_of_node(node_of(phasing, carrier->group), plain);
        gain += hazard_left_out_gain(BIN_COUNT, carrier->ended[phase], carrier->at_risk[phase],
            parents[i / PHASE_COUNT]->hazard[phase], weight, plain, phasing->baselines->parcel);
        gaps += carrier->at_risk[phase][0];
    }
    return gaps > 0 ? gain / gaps : 0;
}

static bool
fit_carriers(Phasing *phasing)
{
    Children children = {.arena = phasing->work};
    Parents **const parents = ARENA_ARRAY(phasing->work, Parents *, phasing->carriers.count);

    for (size_t i = 0; i < phasing->carriers.count; i++) {
        parents[i] = parents_of_carrier(phasing, phasing->carriers.items[i]);
        add_children(&children, phasing->carriers.items[i], parents[i]);
    }

    const HazardChildren few = sample(&children);
    const double weight = fit_weight(&few);
    const double gain = gain_per_gap(phasing, parents, weight);

    phasing->baselines->phase_gain[phasing->measure][phasing->stage] = gain;
    for (size_t i = 0; i < phasing->carriers.count && gain > GAIN_MIN; i++) {
        estimate(phasing->carriers.items[i], parents[i], weight);
        keep(phasing, phasing->carriers.items[i]);
    }
    return gain > GAIN_MIN;
}

// A service that is all its carrier has needs nothing of its own.
static void
fit_services(Phasing *phasing)
{
    Children children = {.arena = phasing->work};
    Parents **const parents = ARENA_ARRAY(phasing->work, Parents *, phasing->services.count);

    for (size_t i = 0; i < phasing->services.count; i++) {
        const PhaseCounts *const service = phasing->services.items[i];
        const PhaseCounts *const carrier =
            counts_of(phasing, &phasing->carriers, service->group->parent);
        const double factor = service_factor(service, carrier);

        if (!(service->events < .999 * carrier->events))
            continue;
        group_of(phasing, service)->phase_factor[phasing->measure][phasing->stage] = factor;
        if (service->events < EVENTS_OF_SERVICE)
            continue;
        parents[i] = parents_of_service(phasing, carrier, factor);
        add_children(&children, service, parents[i]);
    }

    const HazardChildren few = sample(&children);
    const double weight = fit_weight(&few);

    for (size_t i = 0; i < phasing->services.count; i++)
        if (parents[i]) {
            estimate(phasing->services.items[i], parents[i], weight);
            keep(phasing, phasing->services.items[i]);
        }
}

// All cohorts of one measure and milestone.
static void
fit_milestone(Baselines *baselines, const Cohort *cohorts, size_t count)
{
    Phasing phasing = {.work = arena_create(),
        .baselines = baselines,
        .measure = cohorts[0].measure,
        .stage = cohorts[0].stage};

    phasing.carriers.arena = phasing.services.arena = phasing.work;
    for (size_t i = 0; i < count; i++) {
        const int64_t group = tree_index(baselines->group_index, phasing.work,
            (const char *const[4]){cohorts[i].carrier, cohorts[i].service});

        add_cohort(&phasing, baselines->groups.items[group], &cohorts[i]);
    }
    for (size_t i = 0; i < phasing.carriers.count; i++)
        risk_from_waited(phasing.carriers.items[i]);
    for (size_t i = 0; i < phasing.services.count; i++)
        risk_from_waited(phasing.services.items[i]);
    if (fit_carriers(&phasing))
        fit_services(&phasing);
    arena_destroy(phasing.work);
}

void
fit_phases(Baselines *baselines, const Learned *learned)
{
    for (size_t first = 0; first < learned->cohort_count;) {
        const size_t end = cohort_same_place(learned, first);

        if (learned->cohorts[first].kind == COHORT_SERVICE)
            fit_milestone(baselines, &learned->cohorts[first], end - first);
        first = end;
    }
}
