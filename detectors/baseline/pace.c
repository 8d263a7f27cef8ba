/*
 * What the last days and a destination change, on top of curves and lanes.
 *
 * Tempo: of each gap watched in the last COHORT_RECENT_DAYS the hazards it went through in these days, added up, are the
 * closures to expect; H(end) - H(start), with the carrier's curve of movers. A destination's expectation is scaled by what
 * it needs in the long run (its lanes' closures over the carrier's curve), so that only the change is told, and leans on
 * the carrier's tempo.
 *
 * Loss: parcels to some destinations vanish more often. The share of a destination's gaps that outlast the loss horizon,
 * over that of its carrier's at the same milestones, as a factor shrunk to 1.
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/lane.h"
#include "detectors/stats/tempo.h"

#include <math.h>

// A gap's expected closures are cut here, as for lanes.
#define CLOSURES_MAX 8.0

// How firmly a destination's tempo follows its carrier's: Olist's P(late), AUC .801 and log loss .394 with 200, .799 and
// .397 with 50.
#define DESTINATION_WEIGHT 200.0

// How firmly a destination's losses follow the carrier's where destinations cannot tell.
#define LOSS_WEIGHT_UNKNOWN 20.0

static size_t
pace_index(Baselines *baselines, const char *carrier, const char *destination)
{
    PaceList *const list = &baselines->paces;
    const char *const names[4] = {carrier, destination};
    const int64_t known = tree_index(baselines->pace_index, list->arena, names);

    if (known >= 0)
        return (size_t)known;

    const size_t owner = destination ? pace_index(baselines, carrier, NULL) : list->count;
    const Pace pace = {.carrier = owner, .tempo = {1, 1, 1}, .loss = 1};

    tree_put(baselines->pace_index, list->arena, names, (int64_t)list->count);
    ARENA_PUSH(list, pace);
    return list->count - 1;
}

const Pace *
pace_of(const Baselines *baselines, Arena *arena, const char *carrier, const char *destination)
{
    int64_t at =
        tree_index(baselines->pace_index, arena, (const char *const[4]){carrier, destination});

    if (at < 0)
        at = tree_index(baselines->pace_index, arena, (const char *const[4]){carrier});
    return at < 0 ? NULL : &baselines->paces.items[at];
}

// Hazards added up to the edges of bins. Not -log S: with gaps at risk as stats/hazard.c counts them, hazards add up to
// the closures there were.
static void
closures_of(const Node *node, double closures[BIN_COUNT + 1])
{
    closures[0] = 0;
    for (int k = 0; k < BIN_COUNT; k++)
        closures[k + 1] =
            fmin(closures[k] - expm1(node->cumulative[k] - node->cumulative[k + 1]), CLOSURES_MAX);
}

// The bin in which a gap stood COHORT_RECENT_DAYS later, on a clock that never rests.
static int
bin_later(int bin)
{
    return bin_of(bin_edge(bin) + COHORT_RECENT_DAYS * 24.0);
}

static void
add_recent(Baselines *baselines, const Cohort *cohort, const Node *node)
{
    const bool now = cohort->kind == COHORT_RECENT;
    double closures[BIN_COUNT + 1];
    double observed = 0;
    double expected = 0;

    closures_of(node, closures);
    for (size_t i = 0; i < cohort->bin_count; i++) {
        const int bin = cohort->bins[i];

        if (bin < 0 || bin >= BIN_COUNT)
            continue;

        const double mover = node->mover[now ? bin : bin_later(bin)];
        // One that closed in a bin was at risk for all of it, any other for half.
        const double middle = (closures[bin] + closures[bin + 1]) / 2;
        const double ended = (double)cohort->ended[i] / COHORT_UNIT;
        const double waited = (double)cohort->waited[i] / COHORT_UNIT;

        observed += now ? ended : 0;
        expected += ended * (now ? closures[bin + 1] : middle) + mover * waited * middle;
    }
    const size_t own = pace_index(baselines, cohort->carrier, cohort->destination);
    const size_t both[] = {own, baselines->paces.items[own].carrier};

    for (size_t i = 0; i < 2; i++) {
        Pace *const pace = &baselines->paces.items[both[i]];

        pace->observed[cohort->measure] += observed;
        pace->expected[cohort->measure] += now ? expected : -expected;
    }
}

void
pace_add_lane(Baselines *baselines, const Cohort *cohort, const LaneSum *sum)
{
    const size_t own = pace_index(baselines, cohort->carrier, cohort->destination);
    Pace *const pace = &baselines->paces.items[own];

    pace->usual_observed[cohort->measure] += sum->observed;
    pace->usual_expected[cohort->measure] += sum->expected;
    if (cohort->measure != MEASURE_MOVE)
        return;
    for (int whole = 0; whole < 2; whole++) {
        Pace *const both = whole ? &baselines->paces.items[pace->carrier] : pace;

        both->gaps[cohort->stage] += sum->gaps + sum->lost;
        both->lost[cohort->stage] += sum->lost;
    }
}

// Carriers come before their destinations in the list.
static void
fit_tempo(Baselines *baselines, size_t index, Measure measure)
{
    Pace *const pace = &baselines->paces.items[index];
    const bool whole = pace->carrier == index;
    const double usual = whole ? 1
                               : lane_scalar(pace->usual_observed[measure],
                                     pace->usual_expected[measure], TEMPO_WEIGHT);

    pace->tempo[measure] = tempo_factor(pace->observed[measure], usual * pace->expected[measure],
        whole ? 1 : baselines->paces.items[pace->carrier].tempo[measure],
        whole ? TEMPO_WEIGHT : DESTINATION_WEIGHT);
}

// The share of gaps at each milestone that outlast the horizon, over all destinations of a carrier.
static double
expected_losses(const Pace *pace, const Pace *carrier)
{
    double expected = 0;

    for (int m = 0; m < STAGE_COUNT; m++)
        if (carrier->gaps[m] > 0)
            expected += pace->gaps[m] * carrier->lost[m] / carrier->gaps[m];
    return expected;
}

static double
losses(const Pace *pace)
{
    double lost = 0;

    for (int m = 0; m < STAGE_COUNT; m++)
        lost += pace->lost[m];
    return lost;
}

static void
fit_losses(Baselines *baselines, Arena *work)
{
    const size_t count = baselines->paces.count;
    double *const observed = ARENA_ARRAY(work, double, count);
    double *const expected = ARENA_ARRAY(work, double, count);
    const LaneCounts all = {observed, expected, count};
    double weight = LOSS_WEIGHT_UNKNOWN;

    for (size_t i = 0; i < count; i++) {
        const Pace *const pace = &baselines->paces.items[i];

        if (pace->carrier == i)
            continue;
        observed[i] = losses(pace);
        expected[i] = expected_losses(pace, &baselines->paces.items[pace->carrier]);
    }
    lane_fit_weight(&all, &weight);
    for (size_t i = 0; i < count; i++)
        if (baselines->paces.items[i].carrier != i)
            baselines->paces.items[i].loss = lane_scalar(observed[i], expected[i], weight);
}

void
fit_paces(Baselines *baselines, const Learned *learned)
{
    Arena *const work = arena_create();

    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];
        const bool recent = cohort->kind == COHORT_RECENT || cohort->kind == COHORT_EARLIER;
        const int64_t carrier = recent ? tree_index(baselines->group_index, work,
                                             (const char *const[4]){cohort->carrier})
                                       : -1;
        const Node *const node = carrier < 0 ? NULL
                                             : group_node(baselines->groups.items[carrier],
                                                   cohort->measure, cohort->stage);

        if (node && cohort->stage != MILESTONE_ANNOUNCED)
            add_recent(baselines, cohort, node);
    }
    for (size_t i = 0; i < baselines->paces.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            fit_tempo(baselines, i, measure);
    fit_losses(baselines, work);
    for (size_t i = 0; i < baselines->lanes.count; i++) {
        Lane *const lane = &baselines->lanes.items[i];

        lane->pace = pace_of(baselines, work, lane->service->carrier, lane->destination);
    }
    arena_destroy(work);
}
