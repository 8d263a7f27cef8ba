/*
 * tree.h - the fitted baselines as data: a tree of groups with their curves, and one scalar per lane. Written by
 * fit.c and lanes.c, read by judge.c.
 */
#ifndef DETECTORS_TREE_H
#define DETECTORS_TREE_H

#include "core/map.h"
#include "core/text.h"
#include "detectors/baseline.h"
#include "detectors/clocks.h"
#include "detectors/stats/bins.h"

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
    double events;                     // gaps that closed, after forgetting
    double share;                      // of those that never move again
    double cumulative[BIN_COUNT + 1];  // hazard at the edges of the bins
    const Expectation *expected;       // of services, else NULL
} Node;

// Everybody (carrier NULL), a carrier (service NULL), or a service. Where a group has no node or mix
// of its own (NULL), its parent's holds.
typedef struct Group
{
    const char *carrier, *service;
    const struct Group *parent;  // NULL for everybody
    const ClockRates *clock;
    const Node *nodes[MEASURE_COUNT][MILESTONE_COUNT];
    const double *mix[MILESTONE_COUNT];  // MILESTONE_COUNT shares: what comes next
} Group;

typedef struct Lane
{
    const Group *service;
    const char *origin, *destination;
    float scalar[MEASURE_COUNT][MILESTONE_COUNT];  // factor on hazards; 0 where nothing was counted
    float stretch[MEASURE_COUNT][MILESTONE_COUNT];  // factor on time; one of the two is 1
    float events[MEASURE_COUNT][MILESTONE_COUNT];
    const double *own[MILESTONE_COUNT];  // busy lanes' own cumulative hazards for MOVE
} Lane;

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

struct Baselines
{
    const LearnPlan *plan;
    const OperatingClocks *clocks;
    const OperatingDays *days;
    Map *group_index, *lane_index;  // by names, each with its zero
    GroupList groups;               // the first one is everybody
    LaneList lanes;
    double closing_a_night;
};

// The curve that holds for a group at a milestone: its own, or the nearest ancestor's. NULL when nobody has one.
const Node *group_node(const Group *group, Measure measure, Milestone milestone);

// Whether a cohort counts a service; else it counts a lane.
bool cohort_is_service(const Cohort *cohort);

// The narrowest group of these names, and its lane (NULL when there was no such lane).
const Group *tree_find(const Baselines *baselines, Arena *arena, const char *carrier,
    const char *service, const char *origin, const char *destination, const Lane **lane);

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
    double observed, expected;  // closures
    double departure, gaps;     // mean log hours less the service's; gaps of movers
    double scalar;              // factor on hazards alone
    double stretch, rest;       // stretch of time, and factor on hazards in stretched time
    double factor, time;        // of these, what was chosen: on hazards and on time
} LaneSum;

// All lanes at one measure and milestone.
typedef struct LaneSums
{
    Arena *arena;
    LaneSum *items;
    size_t count, capacity;
} LaneSums;

// Give busy lanes a curve of their own for MOVE, on top of what was chosen for them. Owned by the baselines' arena.
void fit_busy_lanes(Baselines *baselines, const LaneSums *sums, Milestone milestone);

// Parts of baselines_fit(), in this order.
void fit_curves(Baselines *baselines, const Learned *learned);
void fit_lanes(Baselines *baselines, const Learned *learned);
void fit_mix(Baselines *baselines, const Learned *learned);

// An index into groups or lanes, -1 when there is none; the names may be NULL from the right. The arena is for scratch.
int64_t tree_index(const Map *map, Arena *arena, const char *const names[4]);
void tree_put(Map *map, Arena *arena, const char *const names[4], int64_t index);

#endif
