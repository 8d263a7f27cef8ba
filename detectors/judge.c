/*
 * What is believed of a parcel, from the curves of where it stands.
 *
 * With s the silence in operating hours, H the cumulative hazard of movers and theta the lane's factor (or, in its stead,
 * s divided by the lane's stretch):
 *
 *     a mover waits so long             S_u = exp(-theta H(s))
 *     it does not move by s'            (pi + (1 - pi) S_u(s')) / (pi + (1 - pi) S_u(s))
 *     99 of 100 movers have moved by    H^-1(-log(.01) / theta), on the calendar
 *
 * The tempo of the last days multiplies the hazards of what lies ahead (range.c), not those of the silence: a network
 * that slows down makes parcels late, but does not make silence less of a sign (Olist: P(lost) AP .562 without, .537 with).
 */
#include "detectors/judge.h"

#include "detectors/history.h"
#include "detectors/stats/cure.h"

#include <math.h>

#define SHARE_MAX .5  // no carrier loses every second parcel

// A parcel is lost that does not move before the loss horizon, nor before its silence is longer by a quarter. On Olist
// (P(lost) of parcels in their first 60 days) average precision .590 and log loss .166, against .562 and .175 with the
// horizon at infinity, where slow lanes look like losses.
#define LATER 1.25

// Movements that closed in the last days, over all carriers, per night.
static double
closing_a_night(const Learned *learned)
{
    int64_t closed = 0;

    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind == COHORT_RECENT && cohort->measure == MEASURE_MOVE)
            for (size_t k = 0; k < cohort->bin_count; k++)
                closed += cohort->ended[k];
    }
    return (double)closed / COHORT_UNIT / COHORT_RECENT_DAYS;
}

static double
weight_of_parcel(const Learned *learned)
{
    int64_t sum = 0;

    for (size_t i = 0; i < learned->day_count; i++)
        sum += learned->days[i].closed + learned->days[i].open;
    return learned->gaps > 0 ? fmax((double)sum / COHORT_UNIT / (double)learned->gaps, 1) : 1;
}

const Baselines *
baselines_fit(Arena *arena, const Learned *learned, const LearnPlan *plan)
{
    Baselines *const baselines = ARENA_NEW(arena, Baselines);
    const double age = zone_day(plan->zone, plan->as_of) - zone_day(plan->zone, learned->landmark);

    *baselines = (Baselines){.plan = plan,
        .clocks = clocks_of_learned(arena, plan, learned),
        .group_index = map_create(arena),
        .lane_index = map_create(arena),
        .pace_index = map_create(arena),
        .groups = {.arena = arena},
        .lanes = {.arena = arena},
        .paces = {.arena = arena},
        .unit = exp2(-age / plan->half_life_days) / COHORT_UNIT,
        .parcel = weight_of_parcel(learned),
        .closing_a_night = closing_a_night(learned)};
    baselines->days = clocks_days(baselines->clocks);
    for (int bin = 0; bin < BIN_COUNT; bin++)
        baselines->coarse[bin] = (uint8_t)bin_coarse(bin);
    baselines->ahead = ahead_make(arena, baselines->days, plan->as_of);
    fit_curves(baselines, learned);
    fit_phases(baselines, learned);
    fit_mix(baselines, learned);
    fit_lanes(baselines, learned);
    fit_slacks(baselines, learned);
    fit_paces(baselines, learned);
    return baselines;
}

double
baselines_closing_a_night(const Baselines *baselines)
{
    return baselines->closing_a_night;
}

// Where start phases are used, what was promised tells more than the lane.
void
curve_start(Curve *curve, const OperatingStamp *start)
{
    if (!curve->phases)
        return;
    curve->cumulative = curve->phases->cumulative[start->phase];
    curve->bend = curve->lane;

    const double *const slack =
        curve->slacks && curve->promise ? curve->slacks[slack_part(start, curve->promise)] : NULL;

    if (slack) {
        curve->cumulative = slack;
        curve->bend = (Bend){.scalar = 1};
    }
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
        curve->bend = (Bend){lane->ratio, (double)lane->ratio_scalar};
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
        .slacks = place->group->slacks[measure][stage],
        .promise = place->promised ? &place->promise : NULL};
    if (lane)
        bend(curve, lane);
    curve->lane = curve->bend;
    curve_start(curve, start);
    return true;
}

// The curve by which silence is judged: the lane's own where it has one (busy.c) and phases do not tell more.
static Curve
silence_curve(const Place *place, const Curve *curve)
{
    const LaneStage *const lane = place->lane ? place->lane->at[MEASURE_MOVE][place->stage] : NULL;
    Curve result = *curve;

    if (lane && lane->own && !curve->phases) {
        result.cumulative = lane->own;
        result.bend = (Bend){.scalar = 1};
        result.stretch = 1;
    }
    result.tempo = 1;
    return result;
}

double
curve_hazard(const Curve *curve, double hours)
{
    const double factor = curve->tempo * curve->bend.scalar;

    return factor * (curve->bend.ratio
                            ? bin_interpolate_bent(curve->cumulative, curve->bend.ratio, hours)
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

static Place
place_of(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    Place place = {.baselines = baselines,
        .shipment = shipment,
        .as_of = as_of,
        .history = history_read(shipment, as_of),
        .milestone = MILESTONE_ANNOUNCED,
        .stage = MILESTONE_ANNOUNCED,
        .since = shipment->created_at,
        .where = ""};

    place.group = tree_find(baselines, arena, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), &place.lane);
    place.pace = pace_of(baselines, arena, shipment->carrier, shipment_destination(shipment));
    if (place.history.last_physical >= 0) {
        const Scan *const scan = &shipment->scans[place.history.last_physical];

        place.milestone = scan->milestone;
        place.stage = stage_of(scan->milestone, place.history.hubs);
        place.since = scan->occurred_at;
        place.where = scan->place;
    }
    if (place.since > as_of)
        place.since = as_of;
    place.from = operating_stamp(baselines->days, place.since);
    place.now = operating_stamp(baselines->days, as_of);
    place.promised = shipment->promised_at != INSTANT_NONE;
    if (place.promised)
        place.promise = operating_stamp(baselines->days, shipment->promised_at);
    return place;
}

// A format would cost half of a judgement without a promise.
static const char *
join(Arena *arena, const char *const *parts, size_t count)
{
    Text text = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        text_add(&text, parts[i]);
    return text_get(&text);
}

// The narrowest group that had events at the milestone, and how many.
static const char *
name_segment(const Place *place, Arena *arena, double *weight)
{
    const char *const stage = stage_name(place->stage);
    const Lane *const lane = place->lane;
    const Group *group = place->group;

    while (group->parent && (!group->nodes[MEASURE_MOVE][place->stage] ||
                                !(group->nodes[MEASURE_MOVE][place->stage]->events > 0)))
        group = group->parent;

    const Node *const node = group->nodes[MEASURE_MOVE][place->stage];
    const char *const service = text_is_empty(group->service) ? "" : group->service;
    const char *const bar = text_is_empty(service) ? "" : " / ";
    const bool is_lane = lane && lane->at[MEASURE_MOVE][place->stage] &&
                         lane->at[MEASURE_MOVE][place->stage]->events > 0;
    const char *const parts[] = {
        group->carrier ? group->carrier : "all carriers", bar, service, " / ", stage};

    *weight = node ? node->events : 0;
    if (!group->carrier || !is_lane)
        return join(arena, parts, 5);
    *weight = (double)lane->at[MEASURE_MOVE][place->stage]->events;
    return join(arena,
        (const char *const[]){group->carrier, bar, service, " / ", lane->origin, ">",
            lane->destination, " / ", stage},
        9);
}

static const char *
explain_abstention(const Place *place, Arena *arena)
{
    const Node *const node = place->baselines->groups.items[0]->nodes[MEASURE_MOVE][place->stage];

    return arena_printf(arena, "too little history after \"%s\": %.0f of the %.0f events needed",
        milestone_label(place->milestone), node ? floor(node->events) : 0,
        ceil(place->baselines->plan->minimum_events));
}

// Carriers that tell of hubs and vans and of no delivery.
static const char *
explain_unknown_rest(const Place *place, Arena *arena)
{
    return arena_printf(arena, "too little history of presentations after \"%s\" to tell lateness",
        milestone_label(place->milestone));
}

static double
hours_between(Instant from, Instant to)
{
    return (double)(to - from) / (double)HOUR;
}

// Hours of silence that count: of a time in which everything was slow, only the share that was not.
static double
silence_hours(const Place *place, const Curve *curve, const Slowdown *slowdown)
{
    const double all = operating_hours(curve->rates, &place->from, &place->now);

    if (!slowdown || slowdown->since >= place->as_of)
        return all;

    const OperatingStamp start = operating_stamp(place->baselines->days, slowdown->since);
    const double before = operating_hours(curve->rates, &place->from, &start);

    return before + slowdown->pace * (all - before);
}

static void
judge_silence(
    const Place *place, const Curve *curve, const Slowdown *slowdown, Judgement *judgement)
{
    const Instant typical = operating_advance(
        place->baselines->days, curve->rates, place->since, curve_inverse(curve, -log(.01)));
    const double silence = silence_hours(place, curve, slowdown);
    const size_t horizon = tree_horizon(place->baselines, place->group, MEASURE_MOVE, place->stage);
    const double later = fmax(bin_edge((int)horizon), LATER * silence);

    judgement->silence_p_value = exp(-curve_hazard(curve, silence));
    judgement->p_lost =
        cure_lost(curve->share, judgement->silence_p_value, exp(-curve_hazard(curve, later)));
    if (typical != INSTANT_NONE)
        judgement->typical_hours = hours_between(place->since, typical);
}

// What is known without any baseline: it was presented in time or not, or the promise has passed.
static double
settled_lateness(const Place *place)
{
    const Instant promise = place->shipment->promised_at;
    const int presented = place->history.first_presentation;

    if (promise == INSTANT_NONE)
        return NAN;
    if (presented >= 0)
        return place->shipment->scans[presented].occurred_at <= promise ? 0 : 1;
    return promise <= place->as_of ? 1 : NAN;
}

Judgement
baselines_judge(const Baselines *baselines, const Shipment *shipment, Instant as_of,
    const Slowdown *slowdown, Arena *arena)
{
    const Place place = place_of(baselines, shipment, as_of, arena);
    double bent[BIN_COUNT + 1];
    Curve curve;
    Judgement judgement = {.milestone = place.milestone,
        .last_scan_at = place.since,
        .last_place = place.where,
        .silence_hours = hours_between(place.since, as_of),
        .typical_hours = NAN,
        .silence_p_value = NAN,
        .p_late = settled_lateness(&place),
        .p_lost = NAN,
        .expected_low = INSTANT_NONE,
        .expected_high = INSTANT_NONE,
        .abstained = ""};

    judgement.segment = name_segment(&place, arena, &judgement.segment_weight);
    if (!curve_of(&place, MEASURE_MOVE, place.stage, &place.from, &curve)) {
        judgement.abstained = explain_abstention(&place, arena);
        return judgement;
    }

    curve_settle(&curve, bent);

    const Curve silence = silence_curve(&place, &curve);

    judge_silence(&place, &silence, slowdown, &judgement);
    if (isnan(judgement.p_late) && shipment->promised_at != INSTANT_NONE) {
        judgement.p_late = range_p_late(&place, &curve);
        if (isnan(judgement.p_late))
            judgement.abstained = explain_unknown_rest(&place, arena);
    }
    return judgement;
}

void
baselines_expect(
    const Baselines *baselines, const Shipment *shipment, Instant as_of, Judgement *judgement)
{
    Arena *const work = arena_create();
    const Place place = place_of(baselines, shipment, as_of, work);
    Curve curve;

    if (place.history.first_presentation < 0 &&
        curve_of(&place, MEASURE_MOVE, place.stage, &place.from, &curve))
        range_expected(&place, &curve, &judgement->expected_low, &judgement->expected_high);
    arena_destroy(work);
}

size_t
baselines_normal(
    const Baselines *baselines, const Shipment *shipment, Instant as_of, BaselinePoint points[4])
{
    static const double shares[4] = {.10, .50, .90, .99};
    Arena *const work = arena_create();
    const Place place = place_of(baselines, shipment, as_of, work);
    Curve curve;
    const bool known = curve_of(&place, MEASURE_MOVE, place.stage, &place.from, &curve);

    if (known)
        curve = silence_curve(&place, &curve);
    for (size_t i = 0; i < 4 && known; i++) {
        const double movers = shares[i] / (1 - curve.share);

        points[i] = (BaselinePoint){
            .hours = movers < 1 ? curve_inverse(&curve, -log1p(-movers)) : (double)NAN,
            .moved = shares[i]};
    }
    arena_destroy(work);
    return known ? 4 : 0;
}
