/*
 * Curves of busy lanes: one more level of the tree.
 *
 * A bent curve of the service is all that a lane of thirty parcels can support. But a service whose lanes differ much has
 * a curve broader than that of any lane, and bending does not make it narrow. So a lane with many gaps gets hazards of its
 * own by coarse bin, leaning on the bent curve as far as all lanes together say (stats/hazard.c); within a coarse bin they
 * follow the shape of the bent curve, which knows the hours of rounds and departures.
 *
 * They serve for judging silence: what is normal here, and whether it will ever end (Olist, P(lost) of parcels in their
 * first 60 days: log loss .1499 against .1512 with bent curves). P(late) keeps the bent ones: there the thin tails of own
 * curves cost more than they bring (.403 against .398).
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/hazard.h"

#include <math.h>

#define GAPS_OF_BUSY 300.0  // fewer gap ends than this, and the bent curve is all there is
#define GAPS_TO_TELL 10.0   // lanes with fewer say nothing about how far lanes depart

enum
{
    LANES_TO_FIT = 1000
};

// A lane's own counts, and the hazards of its bent curve, by coarse bin.
typedef struct Coarse
{
    double ended[BIN_COARSE_COUNT], at_risk[BIN_COARSE_COUNT], bent[BIN_COARSE_COUNT];
} Coarse;

static double
bent_at(const LaneSum *sum, double hours)
{
    return sum->factor * bin_interpolate(sum->base, hours / sum->time);
}

static Coarse *
coarse_of(Arena *arena, const LaneSum *sum)
{
    Coarse *const coarse = ARENA_NEW(arena, Coarse);
    double waited[BIN_COARSE_COUNT] = {0};

    for (size_t i = 0; i < sum->cohort->bin_count; i++) {
        const int bin = sum->cohort->bins[i];

        if (bin < 0 || bin >= BIN_COARSE_COUNT)
            continue;
        coarse->ended[bin] = sum->unit * (double)sum->cohort->ended[i];
        waited[bin] =
            sum->unit * (double)sum->cohort->waited[i] * sum->service->expected->mover[bin];
    }
    hazard_at_risk(BIN_COARSE_COUNT, coarse->ended, waited, coarse->at_risk);
    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        coarse->bent[bin] = -expm1(bent_at(sum, bin_edge(bin_coarse_start(bin))) -
                                   bent_at(sum, bin_edge(bin_coarse_start(bin + 1))));
    return coarse;
}

// How far lanes follow their bent curves.
static bool
fit_weight(const LaneSums *sums, double *weight)
{
    const size_t stride = 1 + sums->count / LANES_TO_FIT;
    HazardChild *const items = ARENA_ARRAY(sums->arena, HazardChild, sums->count / stride + 1);
    HazardChildren children = {.items = items, .bins = BIN_COARSE_COUNT};

    for (size_t i = 0; i < sums->count; i += stride) {
        if (sums->items[i].gaps < GAPS_TO_TELL)
            continue;

        const Coarse *const coarse = coarse_of(sums->arena, &sums->items[i]);

        items[children.count++] = (HazardChild){coarse->ended, coarse->at_risk, coarse->bent};
    }
    return children.count > 1 && hazard_fit_weight(&children, weight);
}

// The lane's cumulative hazards at fine edges, and over its service's by coarse bin.
static void
give_own(Arena *arena, const LaneSum *sum, const Coarse *coarse, double weight, LaneStage *at)
{
    double bent[BIN_COUNT + 1];
    const double share = hazard_own_share(BIN_COARSE_COUNT, coarse->ended, coarse->at_risk, weight);
    double hazard[BIN_COARSE_COUNT];
    double own[BIN_COARSE_COUNT + 1];

    hazard_estimate(BIN_COARSE_COUNT, coarse->ended, coarse->at_risk, coarse->bent, weight, hazard);
    hazard_cumulative(BIN_COARSE_COUNT, hazard, own);
    for (int k = 0; k <= BIN_COUNT; k++)
        bent[k] = bent_at(sum, bin_edge(k));
    at->own = lane_curve(arena, own, bent);
    at->own_share = (float)(1 - (1 - share) * (1 - sum->own));
    at->ratio = lane_ratio(arena, own, sum->service);
    at->ratio_scalar = 1;
}

void
fit_busy_lanes(Baselines *baselines, const LaneSums *sums, LaneStage *chosen)
{
    Arena *const work = arena_create();
    double weight = 0;

    if (sums->count > 1 && fit_weight(sums, &weight))
        for (size_t i = 0; i < sums->count; i++) {
            const LaneSum *const sum = &sums->items[i];

            if (sum->observed >= GAPS_OF_BUSY)
                give_own(baselines->lanes.arena, sum, coarse_of(work, sum), weight, &chosen[i]);
        }
    arena_destroy(work);
}
