/*
 * What a fitted tree says, taken apart.
 *
 * Shares of the parents. Each level says own x (its counts) + (1 - own) x (its parent), so of an answer at the lane
 * own_lane rests on the lane, (1 - own_lane) own_service on the service, and so on; what is left at the top rests on all
 * carriers.
 *
 * The 95 % band. A curve that counts for N gaps without censoring has var(log S) = (1 - S) / (N S) (Greenwood's formula,
 * which telescopes to the binomial). N of a node is what its own counts and its parent's pull are worth together:
 * events / own, and never more than its events and its parent's N. A lane's factor theta is a Gamma posterior with shape
 * observed + weight, about observed / own, hence var(log theta) = own / observed; with H = theta H_service
 *
 *     var(log S_lane) = theta^2 var(log S_service) + H^2 var(log theta)
 *
 * Limits are taken on the log-log scale (stats/band.h). N counts weighted events, which are fewer than the effective ones,
 * and open gaps not at all, so the band is rather too wide than too narrow. A parcel that stands for several in a sample
 * makes nothing surer than one. The share that never moves is taken as known.
 */
#include "detectors/judgement/normal.h"

#include "core/text.h"
#include "detectors/judgement/judge.h"
#include "detectors/stats/band.h"

#include <math.h>
#include <string.h>

#define BAND_LEVEL 0.95
#define MOVED_LAST 0.995  // of movers: the curve is told up to there

enum
{
    POINTS = 121,  // at most, of a curve
    EXAMPLE_HOUR = 10,
    EXAMPLE_WEEKS = 60  // without holidays, there is one among so many
};

// What is told from; of a measure at a stage.
typedef struct Teller
{
    const Baselines *baselines;
    Measure measure;
    Stage stage;
    Place place;
    Curve curve;            // whenever a wait begins
    Curve example;          // when it begins at the example's hour
    double service_weight;  // N of the group's curve
    double factor_spread;   // var(log theta) of the lane
    double own_weight;      // N of a busy lane's own curve; 0 without one
} Teller;

static double
lane_own(const LaneStage *lane)
{
    return lane ? fmin(fmax((double)lane->own_share, 0), 1) : 0;
}

// The lane at the measure and stage that are told; NULL where nothing was counted.
static const LaneStage *
lane_at(const Teller *teller)
{
    return lane_stage(teller->place.lane, teller->measure, teller->stage);
}

static double
node_own(const Group *group, Measure measure, Stage stage)
{
    const Node *const node = group->nodes[measure][stage];

    if (!group->parent)
        return 1;
    return node ? fmin(fmax(node->own, 0), 1) : 0;
}

// N of a group's curve.
static double
weight_of(const Group *group, Measure measure, Stage stage)
{
    const Node *const node = group->nodes[measure][stage];
    const double own = node_own(group, measure, stage);

    if (!group->parent)
        return node ? node->events : 0;

    const double above = weight_of(group->parent, measure, stage);

    if (!node || !(own > 0) || !(node->events > 0))
        return above;
    return fmin(node->events / own, node->events + above);
}

static const char *
group_name(Arena *arena, const Group *group)
{
    if (!group->carrier)
        return "all carriers";
    if (!group->service)
        return group->carrier;
    return arena_printf(arena, "%s / %s", group->carrier,
        text_is_empty(group->service) ? "no service" : group->service);
}

static NormalLevel
level_of(const Group *group)
{
    return group->service ? NORMAL_SERVICE : group->carrier ? NORMAL_CARRIER : NORMAL_EVERYBODY;
}

static const char *
lane_name(Arena *arena, const Lane *lane)
{
    return arena_printf(
        arena, "%s / %s>%s", group_name(arena, lane->service), lane->origin, lane->destination);
}

// From the narrowest up, then turned round.
static void
tell_grounds(const Teller *teller, Arena *arena, Normal *out)
{
    const Measure measure = teller->measure;
    const Stage stage = teller->stage;
    const Lane *const lane = teller->place.lane;
    NormalGround grounds[NORMAL_LEVELS];
    double left = 1;
    size_t count = 0;

    if (lane) {
        const double own = lane_own(lane_at(teller));

        grounds[count++] = (NormalGround){.level = NORMAL_LANE,
            .name = lane_name(arena, lane),
            .events = lane_at(teller) ? (double)lane_at(teller)->events : 0,
            .share = own};
        left -= own;
    }
    for (const Group *group = teller->place.group; group; group = group->parent) {
        const Node *const node = group->nodes[measure][stage];
        const double own = node_own(group, measure, stage);

        grounds[count++] = (NormalGround){.level = level_of(group),
            .name = group_name(arena, group),
            .events = node ? node->events : 0,
            .share = left * own};
        left *= 1 - own;
    }
    for (size_t i = 0; i < count; i++)
        out->grounds[i] = grounds[count - 1 - i];
    out->ground_count = count;
}

static double
variance_at(const Teller *teller, double hours, double survival)
{
    const Curve *const curve = &teller->curve;
    const double hazard = curve_hazard(curve, hours);

    if (teller->own_weight > 0)
        return (1 - survival) / (teller->own_weight * survival);

    const double service = exp(-hazard / curve->bend.scalar);
    const double plain =
        teller->service_weight > 0 ? (1 - service) / (teller->service_weight * service) : INFINITY;

    return curve->bend.scalar * curve->bend.scalar * plain +
           hazard * hazard * teller->factor_spread;
}

static NormalPoint
point_at(const Teller *teller, double hours)
{
    const double share = teller->curve.share;
    const double told = operating_told(hours);
    const double survival = exp(-curve_hazard(&teller->curve, told));
    const Band band =
        band_of_survival(survival, variance_at(teller, told, survival), BAND_LOG_LOG, BAND_LEVEL);

    return (NormalPoint){.hours = hours,
        .moved = (1 - share) * (1 - survival),
        .low = (1 - share) * (1 - band.high),
        .high = (1 - share) * (1 - band.low)};
}

// At whole numbers of hours, or quarters of one, so that no more than POINTS are needed.
static void
tell_curve(const Teller *teller, Arena *arena, Normal *out)
{
    const double last = curve_inverse(&teller->curve, -log1p(-MOVED_LAST));
    const double end = fmin(isfinite(last) ? last : bin_edge(BIN_COUNT), bin_edge(BIN_COUNT));
    const double step = end < (POINTS - 1) / 4. ? .25 : ceil(end / (POINTS - 1));
    NormalPoint *const points = ARENA_ARRAY(arena, NormalPoint, POINTS);
    size_t count = 0;

    while (count < POINTS && (count == 0 || points[count - 1].hours < end)) {
        points[count] = point_at(teller, (double)count * step);
        count++;
    }
    out->curve = points;
    out->curve_count = count;
}

static void
tell_quantiles(const Teller *teller, Normal *out)
{
    static const double shares[NORMAL_QUANTILES] = {.10, .50, .90, .99};

    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const double movers = shares[i] / (1 - teller->curve.share);
        const double hazard = movers < 1 ? -log1p(-movers) : INFINITY;
        const double hours = curve_inverse(&teller->curve, hazard);
        const Instant reached = operating_advance(teller->baselines->days, teller->curve.rates,
            out->example, operating_untold(curve_inverse(&teller->example, hazard)));

        out->quantiles[i] = (NormalQuantile){.moved = shares[i],
            .hours = isfinite(hours) ? operating_untold(hours) : (double)NAN,
            .calendar_hours = reached == INSTANT_NONE
                                  ? (double)NAN
                                  : (double)(reached - out->example) / (double)HOUR};
    }
}

// The first Monday after the plan's as-of with two weeks of nothing but ordinary days.
static Instant
example_of(const LearnPlan *plan)
{
    const Day today = zone_day(plan->zone, plan->as_of);
    const Day monday = today + 7 - day_weekday(today);

    for (int week = 0; week < EXAMPLE_WEEKS; week++) {
        const Day first = monday + 7 * week;
        bool ordinary = true;

        for (Day day = first; day < first + 14; day++)
            ordinary = ordinary && !calendar_holiday(plan->calendar, day);
        if (ordinary)
            return zone_day_start(plan->zone, first) + EXAMPLE_HOUR * HOUR;
    }
    return zone_day_start(plan->zone, monday) + EXAMPLE_HOUR * HOUR;
}

static Teller
teller_make(const Baselines *baselines, const Group *group, const Lane *lane, Stage stage,
    Measure measure, Instant example)
{
    const OperatingStamp stamp = operating_stamp(baselines->days, example);

    return (Teller){.baselines = baselines,
        .measure = measure,
        .stage = stage,
        .place = {.baselines = baselines,
            .as_of = example,
            .milestone = stage_milestone(stage),
            .stage = stage,
            .since = example,
            .where = "",
            .group = group,
            .lane = lane,
            .from = stamp,
            .now = stamp}};
}

static void
find_curves(Teller *teller, Normal *out)
{
    Curve *const curve = &teller->curve;

    out->tempo = curve->tempo;
    out->by_start = curve->phases != NULL;
    curve->tempo = 1;
    teller->example = *curve;
    if (out->by_start)
        curve_forget_start(&teller->place, teller->measure, teller->stage, curve);
}

// A busy lane's own curve serves for silence, as in judging: where the start does not tell more.
static void
find_weights(Teller *teller, Normal *out)
{
    const LaneStage *const lane = lane_at(teller);
    const double own = lane_own(lane);
    const double parcel = teller->baselines->parcel;
    const double events = lane ? (double)lane->events / parcel : 0;

    teller->service_weight =
        weight_of(teller->place.group, teller->measure, teller->stage) / parcel;
    teller->factor_spread = own / fmax(events, 1);
    out->factor = teller->curve.bend.scalar;
    out->stretch = teller->curve.stretch;
    if (lane && lane->own && !out->by_start) {
        teller->curve.cumulative = lane->own;
        teller->curve.bend = (Bend){.scalar = 1};
        teller->curve.stretch = 1;
        teller->example = teller->curve;
        teller->own_weight = fmin(own > 0 ? events / own : events, events + teller->service_weight);
        out->own_curve = true;
    }
}

static const char *
explain_abstention(const Baselines *baselines, Measure measure, Stage stage, Arena *arena)
{
    const Node *const node = baselines->groups.items[0]->nodes[measure][stage];

    return arena_printf(arena, "too little history after \"%s\": %.0f of the %.0f events needed",
        milestone_label(stage_milestone(stage)), node ? floor(node->events) : 0,
        fmax(ceil(baselines->plan->minimum_events), 1));
}

// The narrowest group of these names that exists; whether it is all that was asked for.
static bool
find_place(const Baselines *baselines, Arena *arena, const char *const names[4],
    const Group **group, const Lane **lane)
{
    size_t given = 0;
    int64_t at = -1;

    while (given < 4 && names[given])
        given++;
    *lane = NULL;
    if (given == 4) {
        *group = tree_find(baselines, arena, names[0], names[1], names[2], names[3], lane);
        return *lane != NULL;
    }
    for (size_t count = given < 2 ? given : 2; count > 0 && at < 0; count--)
        at = tree_index(baselines->group_index, arena,
            (const char *const[4]){names[0], count > 1 ? names[1] : NULL});
    *group = baselines->groups.items[at < 0 ? 0 : at];
    return (size_t)level_of(*group) == given;
}

static NormalChoices
choices_of(const Teller *teller)
{
    const double *const rates = teller->curve.rates;
    const LaneChoice lanes = teller->baselines->lane_choice[teller->measure][teller->stage];

    return (NormalChoices){.by_clock = rates[1] < 1 || rates[2] < 1 || rates[3] < 1,
        .clock_gain = teller->place.group->clock->gain[teller->measure][teller->stage],
        .start_gain = teller->baselines->phase_gain[teller->measure][teller->stage],
        .lane_way = lanes.way,
        .lane_gain = lanes.gain};
}

bool
normal_describe(const Baselines *baselines, const char *carrier, const char *service,
    const char *origin, const char *destination, Stage wanted, Measure measure, Arena *arena,
    Normal *out)
{
    const Group *group;
    const Lane *lane;
    const Stage stage = stage_told(baselines, measure, wanted);
    const bool known = find_place(baselines, arena,
        (const char *const[4]){carrier, service, origin, destination}, &group, &lane);
    Teller teller =
        teller_make(baselines, group, lane, stage, measure, example_of(baselines->plan));

    *out = (Normal){.measure = measure,
        .milestone = stage_milestone(stage),
        .level = lane ? NORMAL_LANE : level_of(group),
        .name = lane ? lane_name(arena, lane) : group_name(arena, group),
        .abstained = "",
        .example = teller.place.since,
        .never = NAN,
        .factor = 1,
        .stretch = 1,
        .tempo = 1};
    teller.place.pace = carrier ? pace_of(baselines, arena, carrier, destination) : NULL;
    tell_grounds(&teller, arena, out);
    if (!curve_of(&teller.place, measure, stage, &teller.place.from, &teller.curve)) {
        out->abstained = explain_abstention(baselines, measure, stage, arena);
        return known;
    }
    find_curves(&teller, out);
    find_weights(&teller, out);
    out->never = teller.curve.share;
    out->choices = choices_of(&teller);
    memcpy(out->rates, teller.curve.rates, sizeof out->rates);
    tell_quantiles(&teller, out);
    tell_curve(&teller, arena, out);
    return known;
}
