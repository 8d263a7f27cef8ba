/*
 * What is believed of a parcel, from the curves of where it stands.
 *
 * With s the silence in operating hours, H the cumulative hazard of movers and theta the lane's factor (or, in its stead,
 * s divided by the lane's stretch):
 *
 *     a mover waits so long             S_u = exp(-theta H(s))
 *     it does not move by s'            q = (pi + (1 - pi) S_u(s')) / (pi + (1 - pi) S_u(s))
 *     99 of 100 movers have moved by    H^-1(-log(.01) / theta), on the calendar
 *
 * The tempo of the last days multiplies the hazards of what lies ahead (range.c), not those of the silence: a network
 * that slows down makes parcels late, but does not make silence less of a sign (Olist: P(lost) AP .562 without, .537 with).
 */
#include "detectors/judgement/judge.h"

#include "detectors/journey/history.h"
#include "detectors/stats/cure.h"

#include <math.h>
#include <string.h>

// A parcel is lost that does not move before the loss horizon, nor before its silence is longer by a quarter. On Olist
// (P(lost) of parcels in their first 60 days) average precision .590 and log loss .166, against .562 and .175 with the
// horizon at infinity, where slow lanes look like losses.
#define LATER 1.25

// Typical hours are told at once of whoever may be silent for longer: where fewer movers than this share wait so long.
#define LONG .02

// The curve by which silence is judged: the lane's own where it has one (busy.c) and phases do not tell more.
static Curve
silence_curve(const Place *place, const Curve *curve)
{
    const LaneStage *const lane = lane_stage(place->lane, MEASURE_MOVE, place->stage);
    Curve result = *curve;

    if (lane && lane->own && !curve->phases) {
        result.cumulative = lane->own;
        result.bend = (Bend){.scalar = 1};
        result.stretch = 1;
    }
    result.tempo = 1;
    return result;
}

// The curve by which losses are judged. Of waits so long that they are the question few began in one phase or another: phases
// tell of the hours of departures, all of them together of the tail (simulated, P(lost): AUC .977 against .975 with phases).
static Curve
loss_curve(const Place *place, const Curve *curve)
{
    Curve plain = *curve;

    if (plain.phases)
        curve_forget_start(place, MEASURE_MOVE, place->stage, &plain);
    return silence_curve(place, &plain);
}

static void
fetch(const void *from, size_t bytes)
{
    enum
    {
        LINE = 64  // bytes
    };

    for (size_t i = 0; i < bytes; i += LINE)
        __builtin_prefetch((const char *)from + i);
}

// What a lane knows comes from afar and is asked for soon: it is sent for, line by line, while the journey is read, and what it points
// at while the clock is.
static History
read_and_fetch(const Shipment *shipment, Instant as_of, const Lane *lane)
{
    if (!lane)
        return history_read(shipment, as_of);
    fetch(lane, sizeof *lane);

    const History history = history_read(shipment, as_of);

    fetch(lane->stages, lane->stage_count * sizeof *lane->stages);
    __builtin_prefetch(lane->pace);
    return history;
}

static Place
place_of(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    const Lane *lane;
    const Group *const group = tree_find(baselines, arena, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), &lane);
    Place place = {.baselines = baselines,
        .shipment = shipment,
        .as_of = as_of,
        .history = read_and_fetch(shipment, as_of, lane),
        .milestone = MILESTONE_ANNOUNCED,
        .stage = MILESTONE_ANNOUNCED,
        .since = shipment->created_at,
        .where = "",
        .group = group,
        .lane = lane};

    place.pace = place.lane ? place.lane->pace : NULL;
    if (!place.pace)
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
    place.now = baselines->ahead->as_of == as_of ? baselines->ahead->now
                                                 : operating_stamp(baselines->days, as_of);
    place.promised = shipment_promised_by(shipment, place.since);
    if (place.promised)
        place.promise = operating_stamp(baselines->days, shipment->promised_at);
    return place;
}

enum
{
    PARTS_MAX = 9
};

// A format would cost half of a judgement without a promise.
static const char *
join(Arena *arena, const char *const *parts, size_t count)
{
    size_t lengths[PARTS_MAX], all = 0;

    for (size_t i = 0; i < count; i++)
        all += lengths[i] = strlen(parts[i]);

    char *const text = arena_alloc(arena, all + 1);

    for (size_t i = 0, at = 0; i < count; at += lengths[i], i++)
        memcpy(text + at, parts[i], lengths[i]);
    return text;
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
    const LaneStage *const at = lane_stage(lane, MEASURE_MOVE, place->stage);
    const char *const parts[] = {
        group->carrier ? group->carrier : "all carriers", bar, service, " / ", stage};

    *weight = node ? node->events : 0;
    if (!group->carrier || !at || !(at->events > 0))
        return join(arena, parts, 5);
    *weight = (double)at->events;
    return join(arena,
        (const char *const[]){group->carrier, bar, service, " / ", lane->origin, ">",
            lane->destination, " / ", stage},
        PARTS_MAX);
}

static const char *
explain_abstention(const Place *place, Arena *arena)
{
    const Node *const node = place->baselines->groups.items[0]->nodes[MEASURE_MOVE][place->stage];

    return arena_printf(arena,
        IN_LANGUAGE(place->baselines->plan->language,
            "too little history after \"%s\": %.0f of the %.0f events needed",
            "trop peu d'historique apr\u00e8s \u00ab\u00a0%s\u00a0\u00bb\u00a0: %.0f "
            "\u00e9v\u00e9nements sur les %.0f n\u00e9cessaires"),
        words_milestone(place->baselines->plan->language, place->milestone),
        node ? floor(node->events) : 0, ceil(place->baselines->plan->minimum_events));
}

// Carriers that tell of hubs and vans and of no delivery.
static const char *
explain_unknown_rest(const Place *place, Arena *arena)
{
    return arena_printf(arena,
        IN_LANGUAGE(place->baselines->plan->language,
            "too little history of presentations after \"%s\" to tell lateness",
            "trop peu de pr\u00e9sentations connues apr\u00e8s \u00ab\u00a0%s\u00a0\u00bb pour "
            "juger du retard"),
        words_milestone(place->baselines->plan->language, place->milestone));
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
    const double all = operating_wait(curve->rates, &place->from, &place->now);

    if (!slowdown || slowdown->since >= place->as_of)
        return all;

    const OperatingStamp start = operating_stamp(place->baselines->days, slowdown->since);
    const double before = operating_wait(curve->rates, &place->from, &start);

    return before + slowdown->pace * (all - before);
}

// Hours at the end of the wait, by the clock, that do not count.
static double
excused_hours(const Place *place, const Slowdown *slowdown)
{
    if (!slowdown || slowdown->since >= place->as_of)
        return 0;

    const Instant begin = slowdown->since > place->since ? slowdown->since : place->since;

    return (1 - slowdown->pace) * hours_between(begin, place->as_of);
}

// P(a mover waits longer than so many hours). Of those known none may have waited so long, and the next one yet may: one more
// is counted, whose wait is anything up to the horizon, evenly on the log scale.
static double
waits_longer(const Place *place, const Curve *curve, double hours, double horizon)
{
    const Node *const everybody = group_node(
        place->baselines->groups.items[0], MEASURE_MOVE, (Stage)stage_milestone(place->stage));
    const double known = everybody ? everybody->events / place->baselines->parcel : 0;
    const double unknown = hours < horizon ? 1 - log1p(hours) / log1p(horizon) : 0;

    return (known * curve_left(curve, hours) + unknown) / (known + 1);
}

static double
judge_loss(const Place *place, const Curve *curve, double silence)
{
    const Curve loss = loss_curve(place, curve);
    const double horizon =
        bin_edge((int)tree_horizon(place->baselines, place->group, MEASURE_MOVE, place->stage));
    const double later = fmax(horizon, LATER * silence);

    return cure_lost(loss.share, waits_longer(place, &loss, silence, horizon) + place->hidden,
        waits_longer(place, &loss, later, horizon));
}

// Within which 99 of 100 movers have moved on, by the clock on the wall; NAN when never.
static double
typical_hours(const Place *place, const Curve *curve)
{
    const Instant typical = operating_wait_end(
        place->baselines->days, curve->rates, place->since, curve_inverse(curve, -log(.01)));

    return typical != INSTANT_NONE ? hours_between(place->since, typical) : (double)NAN;
}

static void
judge_silence(Place *place, const Curve *curve, const Slowdown *slowdown, Judgement *judgement)
{
    const double silence = silence_hours(place, curve, slowdown);
    const double waiting = curve_left(curve, silence);

    place->hidden = hidden_movers(place, MEASURE_MOVE, curve, waiting);
    judgement->silence_p_value = waiting + place->hidden;
    judgement->p_lost = judge_loss(place, curve, silence);
    if (slowdown || waiting < LONG)
        judgement->typical_hours = typical_hours(place, curve);
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
    Place place = place_of(baselines, shipment, as_of, arena);
    Curve curve;
    Judgement judgement = {.milestone = place.milestone,
        .last_scan_at = place.since,
        .last_place = place.where,
        .silence_hours = hours_between(place.since, as_of),
        .typical_hours = NAN,
        .silence_p_value = NAN,
        .p_late = settled_lateness(&place),
        .p_lost = NAN,
        .excused_hours = excused_hours(&place, slowdown),
        .expected_low = INSTANT_NONE,
        .expected_high = INSTANT_NONE,
        .segment = "",
        .abstained = ""};

    if (!curve_of(&place, MEASURE_MOVE, place.stage, &place.from, &curve)) {
        judgement.abstained = explain_abstention(&place, arena);
        return judgement;
    }

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
baselines_describe(const Baselines *baselines, const Shipment *shipment, Instant as_of,
    Judgement *judgement, Arena *arena)
{
    const Place place = place_of(baselines, shipment, as_of, arena);
    Curve curve;

    judgement->segment = name_segment(&place, arena, &judgement->segment_weight);
    if (!curve_of(&place, MEASURE_MOVE, place.stage, &place.from, &curve))
        return;

    const Curve silence = silence_curve(&place, &curve);

    judgement->typical_hours = typical_hours(&place, &silence);
    if (place.history.first_presentation < 0)
        range_expected(&place, &curve, &judgement->expected_low, &judgement->expected_high);
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
            .hours =
                movers < 1 ? operating_untold(curve_inverse(&curve, -log1p(-movers))) : (double)NAN,
            .moved = shares[i]};
    }
    arena_destroy(work);
    return known ? 4 : 0;
}
