/*
 * The curve that holds for a wait: its place in the tree, bent by what the lane, the last days and the promise change.
 *
 *     S_u = exp(-tempo theta H(s / stretch))    or, with ratios r by coarse bin b,    exp(-tempo theta sum_b r_b dH_b)
 */
#include "detectors/judge.h"

#include <math.h>

#define SHARE_MAX .5  // no carrier loses every second parcel

// Where start phases are used, what was promised tells more than the lane.
void
curve_start(Curve *curve, Start start)
{
    if (!curve->phases)
        return;

    const double *const slack =
        curve->slacks && start.slack >= 0 ? curve->slacks[start.slack] : NULL;

    curve->cumulative = slack ? slack : curve->phases->cumulative[start.phase];
    curve->bend = slack ? (Bend){.scalar = 1} : curve->lane;
    if (curve->bend.ratio)
        curve->bend.rises = curve->phases->rises[start.phase];
}

Start
start_of(const Place *place, const OperatingStamp *at)
{
    return (Start){
        .phase = at->phase, .slack = place->promised ? slack_part(at, &place->promise) : -1};
}

static bool
has_history(const Baselines *baselines, Measure measure, Stage stage)
{
    const Node *const everybody = baselines->groups.items[0]->nodes[measure][stage];

    return everybody && everybody->events > 0 &&
           everybody->events >= baselines->plan->minimum_events;
}

// A later scan in transit of which too little is known is like the first one.
static Stage
told_stage(const Baselines *baselines, Measure measure, Stage stage)
{
    return has_history(baselines, measure, stage) ? stage : (Stage)stage_milestone(stage);
}

// What the lane changes: hazards by coarse bin on top of phases, a curve of its class instead of its service's, or bending.
static void
bend(Curve *curve, const LaneStage *lane)
{
    if (curve->phases && lane->ratio) {
        curve->bend = (Bend){.ratio = lane->ratio, .scalar = (double)lane->ratio_scalar};
    } else if (!curve->phases && lane->base) {
        curve->cumulative = lane->base;
        curve->bend.scalar = (double)lane->base_scalar;
    } else {
        curve->bend.scalar *= (double)lane->scalar;
        curve->stretch = (double)lane->stretch;
    }
}

bool
curve_of(
    const Place *place, Measure measure, Stage wanted, const OperatingStamp *start, Curve *curve)
{
    const Stage stage = told_stage(place->baselines, measure, wanted);
    double factor;

    if (!has_history(place->baselines, measure, stage))
        return false;

    const LaneStage *const lane = place->lane ? place->lane->at[measure][stage] : NULL;
    const Node *const node = group_node(place->group, measure, stage);
    const PhaseCurves *const phases = phases_of(place->group, measure, stage, &factor);
    *curve = (Curve){.cumulative = node->cumulative,
        .share = fmin(node->share * (place->pace ? place->pace->loss : 1), SHARE_MAX),
        .rates = place->group->clock->of[measure][stage],
        .tempo = place->pace ? place->pace->tempo[measure] : 1,
        .bend = {.scalar = phases ? factor : 1},
        .stretch = 1,
        .phases = phases,
        .slacks = place->group->slacks[measure][stage]};
    if (lane)
        bend(curve, lane);
    curve->lane = curve->bend;
    curve_start(curve, start_of(place, start));
    return true;
}

double
curve_hazard(const Curve *curve, double hours)
{
    const double factor = curve->tempo * curve->bend.scalar;

    return factor * (curve->bend.ratio
                            ? bin_interpolate_bent(
                                  curve->cumulative, curve->bend.rises, curve->bend.ratio, hours)
                            : bin_interpolate(curve->cumulative, hours / curve->stretch));
}

void
curve_settle(Curve *curve, double bent[BIN_COUNT + 1])
{
    if (!curve->bend.ratio)
        return;
    bent[0] = 0;
    for (int bin = 0, start = 0; bin < BIN_COARSE_COUNT; bin++) {
        const int end = bin_coarse_start(bin + 1);
        const double ratio = (double)curve->bend.ratio[bin];

        for (int k = start; k < end; k++)
            bent[k + 1] =
                bent[start] + ratio * (curve->cumulative[k + 1] - curve->cumulative[start]);
        start = end;
    }
    curve->cumulative = bent;
    curve->bend.ratio = NULL;
}

double
curve_inverse(const Curve *curve, double hazard)
{
    const double wanted = hazard / (curve->tempo * curve->bend.scalar);
    double bent[BIN_COUNT + 1];
    Curve settled = *curve;

    curve_settle(&settled, bent);
    return settled.stretch * bin_inverse(settled.cumulative, wanted);
}
