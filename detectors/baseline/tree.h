/*
 * tree.h - the fitted baselines as data: a tree of groups with their curves, and one scalar per lane. Written by
 * fit.c and lanes.c, read by judge.c.
 */
#ifndef DETECTORS_BASELINE_TREE_H
#define DETECTORS_BASELINE_TREE_H

#include "core/map.h"
#include "core/normal.h"
#include "core/text.h"
#include "detectors/baseline/baseline.h"
#include "detectors/baseline/clocks.h"
#include "detectors/stats/bins.h"
#include "detectors/stats/convolve.h"
#include "detectors/stats/delay.h"
#include "detectors/stats/slack.h"

#include <stdint.h>

// What a service's movers lead to expect of a gap in a coarse bin, for comparison with lanes. Gaps
// last seen waiting count as far as they are movers: lost parcels would make every lane look slow.
typedef struct Expectation
{
    double closures[BIN_COUNT + 1];            // at the edges of fine bins: hazards added up
    double closures_ended[BIN_COARSE_COUNT];   // expected closures of one that closed there
    double closures_waited[BIN_COARSE_COUNT];  // and of one last seen there, x P(mover)
    double mover[BIN_COARSE_COUNT];            // P(mover) of one last seen there
    double log_ended[BIN_COARSE_COUNT];        // log(1 + hours) of one that closed there
    double log_waited[BIN_COARSE_COUNT];       // and, on average, of a mover last seen there
    double log_mean, log_variance;             // over all its gaps
} Expectation;

// What is normal for a group at a milestone. Hazards are those of movers, in operating hours.
typedef struct Node
{
    double events;  // gaps that closed, after forgetting
    double share;   // of those that never move again
    double
        own;  // share of its hazards that rests on its own counts, the rest being its parent's; 0..1
    double cumulative[BIN_COUNT + 1];  // hazard at the edges of the bins
    const double *mover;               // P(mover) of one last seen in each fine bin
    const Expectation *expected;       // of services, else NULL
} Node;

// Cumulative hazards by start phase, like those of a node, in single precision: there are many, and judging is a matter of
// how much of them the processor has at hand.
typedef struct PhaseCurves
{
    float cumulative[PHASE_COUNT][BIN_COUNT + 1];
    float rises[PHASE_COUNT][BIN_COARSE_COUNT];  // what they rise by over coarse bins
} PhaseCurves;

// From which share on a stage is what comes next, most likely.
#define MIX_MOST .5

// What comes next after a milestone: shares by where the wait ended (phase_end()), and over all.
typedef struct Mix
{
    double all[STAGE_COUNT];
    Stage next[STAGE_COUNT];  // those that have a share at all
    size_t next_count;
    const float *shares;  // of those, side by side, for each of PHASE_ENDS
} Mix;

// Shares of what comes next, in the order of next, by where the wait ended.
static inline const float *
mix_shares(const Mix *mix, int phase_end)
{
    return mix->shares + (size_t)phase_end * mix->next_count;
}

// Shares of gaps whose end was not known until so many hours later (DELAY_HOURS), and their sum.
typedef struct Delays
{
    double share[DELAY_POINTS];
    double all;
} Delays;

// Everybody (carrier NULL), a carrier (service NULL), or a service. Where a group has no node or mix
// of its own (NULL), its parent's holds.
typedef struct Group
{
    const char *carrier, *service;
    const struct Group *parent;  // NULL for everybody
    const ClockRates *clock;
    const Node *nodes[MEASURE_COUNT][STAGE_COUNT];
    const PhaseCurves *phases[MEASURE_COUNT][STAGE_COUNT];  // NULL: the parent's, if any
    // Cumulative hazards by slack and phase, each NULL where there is too little; NULL for none at all.
    const float **slacks[MEASURE_COUNT][STAGE_COUNT];
    double phase_factor[MEASURE_COUNT][STAGE_COUNT];  // on the parent's phases; 0 for none
    const Mix *mix[STAGE_COUNT];
    const Delays *delays[MEASURE_COUNT][STAGE_COUNT];  // of carriers and everybody
} Group;

// A lane at one measure and stage, relative to its service.
typedef struct LaneStage
{
    float scalar, stretch;  // bending: a factor on hazards and one on time
    float events;           // gaps that closed
    float own_share;        // of all this, what rests on its own counts, not its service's; 0..1
    float base_scalar;      // factor on base
    const double
        *base;  // cumulative hazards of its class, which are used instead of bending; NULL for none
    const double *own;  // cumulative hazards of a busy lane; NULL for none
    const float *
        ratio;  // where start phases are used: hazards of base (or own) over the service's by coarse bin; NULL for none
    float ratio_scalar;  // factor on that
    const float *
        next;  // what comes next here over what comes next at the carrier, by stage; NULL: as at the carrier
} LaneStage;

// What the last nights and a destination change, on top of curves and lanes.
typedef struct Pace
{
    size_t carrier;               // index of the carrier's own pace; its own index for a carrier
    double tempo[MEASURE_COUNT];  // factor on hazards: how fast movers moved lately
    double loss;                  // factor on the share that never moves again
    double observed[MEASURE_COUNT], expected[MEASURE_COUNT];  // closures of the last days
    double usual_observed[MEASURE_COUNT], usual_expected[MEASURE_COUNT];  // of all history
    double gaps[STAGE_COUNT], lost[STAGE_COUNT];  // and how many outlast the loss horizon
} Pace;

typedef struct Lane
{
    const Group *service;
    const char *origin, *destination;
    const Pace *pace;  // of its destination, else of its carrier; NULL where that is not known
    const LaneStage *stages;                 // side by side, as judging asks for several at once
    uint8_t at[MEASURE_COUNT][STAGE_COUNT];  // which of them, from 1; 0 where nothing was counted
    uint8_t stage_count;
} Lane;

// What a lane (or NULL) knows at a measure and stage; NULL where nothing was counted.
static inline const LaneStage *
lane_stage(const Lane *lane, Measure measure, Stage stage)
{
    const size_t at = lane ? lane->at[measure][stage] : 0;

    return at > 0 ? &lane->stages[at - 1] : NULL;
}

// How lanes bend their services' curves at a measure and stage, and the log score per gap, left out, that it earns.
typedef struct LaneChoice
{
    LaneWay way;
    double gain;
} LaneChoice;

typedef struct GroupList
{
    Arena *arena;
    Group **items;
    size_t count, capacity;
} GroupList;

typedef struct LaneList
{
    Arena *arena;
    Lane *items;
    size_t count, capacity;
} LaneList;

typedef struct PaceList
{
    Arena *arena;
    Pace *items;
    size_t count, capacity;
} PaceList;

// An instant ahead of an as-of, and the hours until then.
typedef struct AheadPoint
{
    OperatingStamp stamp;
    OperatingHour hour;
    OperatingSpan passed;
} AheadPoint;

// The time ahead of an as-of, cut into cells (stats/convolve.h), and some instants before it (stats/delay.h).
typedef struct Ahead
{
    Instant as_of;
    double edges[CONVOLVE_CELLS_MAX + 1];    // hours
    OperatingSpan ends[CONVOLVE_CELLS_MAX];  // the hours until each cell's end
    AheadPoint middles[CONVOLVE_CELLS_MAX];
    size_t cells;
    OperatingStamp now, ago[DELAY_POINTS];
} Ahead;

// Owned by the arena.
const Ahead *ahead_make(Arena *arena, const OperatingDays *days, Instant as_of);

// What parcels of a night have in common of the rest of their way (judgement/rest.c). Filled while judging.
typedef struct OutlookBook OutlookBook;
OutlookBook *outlook_book_create(Arena *arena);

struct Baselines
{
    const LearnPlan *plan;
    const OperatingClocks *clocks;
    const OperatingDays *days;
    Map *group_index, *lane_index;  // by names, each with its zero
    GroupList groups;               // the first one is everybody
    LaneList lanes;
    PaceList paces;
    Map *pace_index;     // by carrier and destination, and by carrier alone
    const Ahead *ahead;  // of the plan's as-of
    OutlookBook *outlooks;
    double unit;    // what a weight of 1 counts at as-of
    double parcel;  // what a parcel counts on average: 1 unless the source is a sample
    double phase_gain[MEASURE_COUNT][STAGE_COUNT];  // log score per gap, left out, that phases earn
    LaneChoice lane_choice[MEASURE_COUNT][STAGE_COUNT];
    double closing_a_night;
};

// The curve that holds for a group at a milestone: its own, or the nearest ancestor's. NULL when nobody has one.
const Node *group_node(const Group *group, Measure measure, Stage stage);

// The narrowest group of these names, and its lane (NULL when there was no such lane).
const Group *tree_find(const Baselines *baselines, Arena *arena, const char *carrier,
    const char *service, const char *origin, const char *destination, const Lane **lane);

// The nearest phases above a group, and the factor on them that groups passed on the way ask for. NULL when phases are not
// used.
const PhaseCurves *phases_of(const Group *group, Measure measure, Stage stage, double *factor);

// What to expect of the gaps of a service: its counts and P(mover) by fine bin, and its cumulative hazards. Owned by the
// arena.
const Expectation *
expect(Arena *arena, const double ended[BIN_COUNT], const double waited[BIN_COUNT],
    const double mover[BIN_COUNT], const double cumulative[BIN_COUNT + 1]);

// A lane at one measure and milestone, while fitting.
typedef struct LaneSum
{
    size_t lane;
    const Cohort *cohort;
    const Node *service;
    double unit;                // see Baselines
    double observed, expected;  // closures
    double departure, gaps;     // mean log hours less the service's; gaps of movers
    double scalar;              // factor on hazards alone
    double stretch, rest;       // stretch of time, and factor on hazards in stretched time
    double lost;                // gaps last seen waiting beyond the loss horizon
    double own;                 // share of what was chosen that rests on the lane's own counts
    double scalar_own, stretch_own, rest_own;  // and of each of these
    double scalar_total, rest_total,
        class_total;                 // closures behind each factor, its own and those it leans on
    int64_t order;                   // of its service, by number
    const double *class_curve;       // cumulative hazards of its class; NULL when it has none
    double class_factor, class_own;  // the lane's factor on them, and its own share of that
    const float *class_ratio;        // the class's hazards over the service's by coarse bin
    const double *base;              // what was chosen: a curve,
    double factor, time;             // a factor on its hazards and one on time
    double bent_factor, bent_time;   // the same for bending the service's curve
} LaneSum;

// All lanes at one measure and milestone.
typedef struct LaneSums
{
    Arena *arena;
    LaneSum *items;
    size_t count, capacity;
    double unit;  // see Baselines
} LaneSums;

// Every n-th of so many lanes is enough to tell what holds for all.
size_t lane_stride(const LaneSums *sums);

// Smaller lanes are hardly bent at all, and there are many of them.
#define LANE_GAPS_TO_TELL 10.0

// Choose how lanes that are fitted bend, and set what was chosen in each. parcel is what a gap counts.
LaneChoice lanes_choose(LaneSums *sums, double parcel);

// The fine bin of the loss horizon on a group's clock, by an ordinary week.
size_t tree_horizon(const Baselines *baselines, const Group *group, Measure measure, Stage stage);

// Sort lanes of known stretch into classes and give each its class's curve and a factor on it.
void fit_lane_classes(Baselines *baselines, LaneSums *sums);

// What comes next on a lane, leaning on its carrier's shares. NULL when too little is known. Owned by the arena.
const float *lane_next(Arena *arena, const LaneSum *sum, const Mix *carrier);

// The shares that hold for a group: its own, or the nearest ancestor's. NULL when nobody has any.
const Mix *mix_of(const Group *group, Stage stage);

// How long news takes at a group: its carrier's delays, else everybody's. NULL when nobody has any.
const Delays *delays_of(const Group *group, Measure measure, Stage stage);

// Give busy lanes a curve of their own, on top of what was chosen for each sum's lane. Owned by the baselines' arena.
void fit_busy_lanes(Baselines *baselines, const LaneSums *sums, LaneStage *chosen);

// Cumulative hazards at fine edges from those at the edges of coarse bins: within a coarse bin they rise as the bent curve does,
// which knows the hours of rounds. Owned by the arena.
const double *lane_curve(
    Arena *arena, const double coarse[BIN_COARSE_COUNT + 1], const double bent[BIN_COUNT + 1]);

// Hazards of a curve over those of a service by coarse bin, from cumulative hazards at the edges of coarse bins. Owned by the
// arena.
const float *
lane_ratio(Arena *arena, const double coarse[BIN_COARSE_COUNT + 1], const Node *service);

// Parts of baselines_fit(), in this order.
void fit_curves(Baselines *baselines, const Learned *learned);
void fit_phases(Baselines *baselines, const Learned *learned);
void fit_mix(Baselines *baselines, const Learned *learned);
void fit_lanes(Baselines *baselines, const Learned *learned);
void fit_slacks(Baselines *baselines, const Learned *learned);
void fit_paces(Baselines *baselines, const Learned *learned);
void fit_delays(Baselines *baselines, const Learned *learned);

// Add a lane's closures and losses to its destination; called by fit_lanes().
void pace_add_lane(Baselines *baselines, const Cohort *cohort, const LaneSum *sum);

// The pace of a carrier's destination, else of the carrier. NULL when nothing is known.
const Pace *
pace_of(const Baselines *baselines, Arena *arena, const char *carrier, const char *destination);

// An index into groups or lanes, -1 when there is none; the names may be NULL from the right. The arena is for scratch.
int64_t tree_index(const Map *map, Arena *arena, const char *const names[4]);
void tree_put(Map *map, Arena *arena, const char *const names[4], int64_t index);

#endif
