/*
 * The curve that holds for a wait: its place in the tree, bent by what the lane, the last days and the promise change.
 *
 *     S_u = exp(-tempo theta H(s / stretch))    or, with ratios r by coarse bin b,    exp(-tempo theta sum_b r_b dH_b)
 */
#include "detectors/judge.h"

#include <math.h>

#define SHARE_MAX .5  // no carrier loses every second parcel

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

Stage
stage_told(const Baselines *baselines, Measure measure, Stage stage)
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

double
curve_share(const Place *place, Measure measure, Stage wanted)
{
    const Stage stage = stage_told(place->baselines, measure, wanted);

    if (!has_history(place->baselines, measure, stage))
        return 0;

    const double share = group_node(place->group, measure, stage)->share;

    return fmin(share * (place->pace ? place->pace->loss : 1), SHARE_MAX);
}

bool
curve_of(
    const Place *place, Measure measure, Stage wanted, const OperatingStamp *start, Curve *curve)
{
    const Stage stage = stage_told(place->baselines, measure, wanted);
    double factor;

    if (!has_history(place->baselines, measure, stage))
        return false;

    const LaneStage *const lane = place->lane ? place->lane->at[measure][stage] : NULL;
    const Node *const node = group_node(place->group, measure, stage);
    const PhaseCurves *const phases = phases_of(place->group, measure, stage, &factor);
    *curve = (Curve){.cumulative = phases ? NULL : node->cumulative,
        .share = curve_share(place, measure, stage),
        .rates = place->group->clock->of[measure][stage],
        .tempo = place->pace ? place->pace->tempo[measure] : 1,
        .bend = {.scalar = phases ? factor : 1},
        .stretch = 1,
        .phases = phases,
        .slacks = place->group->slacks[measure][stage],
        .start = start_of(place, start)};
    if (lane)
        bend(curve, lane);
    return true;
}

void
curve_forget_start(const Place *place, Measure measure, Stage wanted, Curve *curve)
{
    const Stage stage = stage_told(place->baselines, measure, wanted);
    const LaneStage *const lane = place->lane ? place->lane->at[measure][stage] : NULL;

    curve->phases = NULL;
    curve->cumulative = group_node(place->group, measure, stage)->cumulative;
    curve->bend = (Bend){.scalar = 1};
    curve->stretch = 1;
    if (lane)
        bend(curve, lane);
}

// Where start phases are used, what was promised tells more than the lane. NULL where it tells nothing.
static const float *
slack_of(const Curve *curve, Start start)
{
    return curve->slacks && start.slack >= 0 ? curve->slacks[start.slack] : NULL;
}

double
curve_hazard_from(const Curve *curve, Start start, double hours)
{
    const double tempo = curve->tempo;
    const double stretched = hours / curve->stretch;

    if (curve->cumulative)
        return tempo * curve->bend.scalar * bin_interpolate(curve->cumulative, stretched);

    const float *const slack = slack_of(curve, start);
    const float *const phase = curve->phases->cumulative[start.phase];

    if (slack)
        return tempo * bin_interpolate_single(slack, stretched);
    if (!curve->bend.ratio)
        return tempo * curve->bend.scalar * bin_interpolate_single(phase, stretched);
    return tempo * curve->bend.scalar *
           bin_interpolate_bent(
               phase, curve->phases->rises[start.phase], curve->bend.ratio, stretched);
}

double
curve_hazard(const Curve *curve, double hours)
{
    return curve_hazard_from(curve, curve->start, hours);
}

// Hazards of the start as the curve's own.
static void
settle(Curve *curve, double bent[BIN_COUNT + 1])
{
    const float *const slack = slack_of(curve, curve->start);
    const float *const at = slack ? slack : curve->phases->cumulative[curve->start.phase];
    const float *const ratios = slack ? NULL : curve->bend.ratio;

    bent[0] = 0;
    for (int bin = 0, start = 0; bin < BIN_COARSE_COUNT; bin++) {
        const int end = bin_coarse_start(bin + 1);
        const double ratio = ratios ? (double)ratios[bin] : 1;
        const double before = bent[start] - ratio * (double)at[start];

        for (int k = start + 1; k <= end; k++)
            bent[k] = before + ratio * (double)at[k];
        start = end;
    }
    curve->cumulative = bent;
    curve->bend = (Bend){.scalar = slack ? 1 : curve->bend.scalar};
}

void
curve_settle(Curve *curve, double bent[BIN_COUNT + 1])
{
    if (!curve->cumulative && curve->bend.ratio && !slack_of(curve, curve->start))
        settle(curve, bent);
}

double
curve_inverse(const Curve *curve, double hazard)
{
    double bent[BIN_COUNT + 1];
    Curve settled = *curve;

    if (!curve->cumulative)
        settle(&settled, bent);
    return settled.stretch *
           bin_inverse(settled.cumulative, hazard / (settled.tempo * settled.bend.scalar));
}
