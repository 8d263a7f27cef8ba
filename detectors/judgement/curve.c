/*
 * The curve that holds for a wait: its place in the tree, bent by what the lane, the last days and the promise change.
 *
 *     S_u = exp(-tempo theta H(s / stretch))    or, with ratios r by coarse bin b,    exp(-tempo theta sum_b r_b dH_b)
 */
#include "detectors/judgement/judge.h"

#include "detectors/stats/decay.h"

#include <math.h>

#define SHARE_MAX .5  // no carrier loses every second parcel

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

// The share of those that never move again, or are never presented.
static double
curve_share(const Place *place, const Node *node)
{
    return fmin(node->share * (place->pace ? place->pace->loss : 1), SHARE_MAX);
}

bool
curve_of(
    const Place *place, Measure measure, Stage wanted, const OperatingStamp *start, Curve *curve)
{
    const bool own = has_history(place->baselines, measure, wanted);
    const Stage stage = own ? wanted : (Stage)stage_milestone(wanted);
    double factor;

    if (!own && !has_history(place->baselines, measure, stage))
        return false;

    const LaneStage *const lane = lane_stage(place->lane, measure, stage);
    const Node *const node = group_node(place->group, measure, stage);
    const PhaseCurves *const phases = phases_of(place->group, measure, stage, &factor);
    *curve = (Curve){.cumulative = phases ? NULL : node->cumulative,
        .share = curve_share(place, node),
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
    const LaneStage *const lane = lane_stage(place->lane, measure, stage);

    curve->phases = NULL;
    curve->cumulative = group_node(place->group, measure, stage)->cumulative;
    curve->bend = (Bend){.scalar = 1};
    curve->stretch = 1;
    if (lane)
        bend(curve, lane);
}

double
row_bent_hazard(const CurveRow *row, BinSpot spot)
{
    return row->factor * bin_bent(row->rises, row->ratio, bin_coarse(spot.bin),
                             (double)bin_within(row->narrow, spot));
}

double
curve_hazard(const Curve *curve, double hours)
{
    const CurveRow row = curve_row(curve, curve->start);

    return row_hazard(&row, bin_find(hours / curve->stretch));
}

double
curve_left(const Curve *curve, double hours)
{
    return decay(curve_hazard(curve, hours));
}

double
curve_inverse(const Curve *curve, double hazard)
{
    const CurveRow row = curve_row(curve, curve->start);
    const double wanted = hazard / row.factor;

    if (row.wide)
        return curve->stretch * bin_inverse(row.wide, wanted);
    if (!row.ratio)
        return curve->stretch * bin_inverse_single(row.narrow, wanted);
    return curve->stretch * bin_inverse_bent(row.narrow, row.rises, row.ratio, wanted);
}
