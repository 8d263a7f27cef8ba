/*
 * groups.h - groups of parcels, what they did tonight, and whether that is fewer than chance allows (statistics 6).
 *
 * Every cell of a night's flow belongs to its carrier, its service, its hub (when the place is known) and its lane. A
 * group is compared with what is normal and with what became of that in its own last nights.
 */
#ifndef DETECTORS_INCIDENTS_GROUPS_H
#define DETECTORS_INCIDENTS_GROUPS_H

#include "core/incident.h"
#include "detectors/incidents/flow.h"
#include "detectors/incidents/night_day.h"

#define GROUP_LEAST 6.0  // parcels to be expected before a night says anything of a group

// Observed and expected parcels of a night, how slow they were by the chance of each, less what is usual for the group (so
// that a log_ratio above 0 speaks for the slower pace), and the chance of a night so slow when nothing is wrong (NAN below
// GROUP_LEAST).
typedef struct GroupNight
{
    double observed, expected;
    PaceSums pace;
    double chance;
} GroupNight;

typedef struct FlowGroup
{
    IncidentKind kind;
    const char *carrier, *name;
    double raw;         // expected tonight by what is normal for all
    PaceSums raw_pace;  // and how slow it was by that
    double ratio;       // of observed to that, on such a night of the week
    double shift;       // of pace, on such a night: see pace_shifted()
    double spread;      // variance of pace over what independent parcels would give
    GroupNight night;   // tonight, as a whole: expected is raw times ratio
    int64_t waiting;
    int64_t calm_nights;  // of the same day of the week, that shift knows of
    size_t first_cell;    // of a chain; CELL_NONE at its end

    // The run of bad nights up to tonight, by a cumulative sum (see group_decays).
    double decay;
    Instant decay_since;
    double decay_observed, decay_expected;
} FlowGroup;

#define CELL_NONE SIZE_MAX

typedef struct GroupCell
{
    const FlowCell *flow;
    size_t next[INCIDENT_KIND_COUNT];  // the next cell of the same group, by kind
    double ratio, shift;               // those of its place
    bool explained;                    // by an incident: see group_night()
    bool suspected;                    // scratch for who asks
} GroupCell;

typedef struct Groups
{
    FlowGroup *items;
    size_t count;
    GroupCell *cells;
    size_t cell_count;
} Groups;

// A night of the weeks before: what a group did, and on what day.
typedef struct GroupPast
{
    const Flow *flow;
    NightDay day;
} GroupPast;

// Groups of the night (after, ...] from its cells and from the nights before, each group's in their order. Owned by the arena.
Groups groups_make(Arena *arena, Instant after, NightDay day, const FlowCell *cells,
    size_t cell_count, const GroupPast *history, size_t history_count);

// What it did tonight, before what is usual for it: that is learned anew every night. Whose night it was, and whether it was
// disturbed, the caller knows.
Flow group_flow(const FlowGroup *group);

// Whether enough of its nights are known to say what is normal for it.
bool group_is_known(const FlowGroup *group);

// So many parcels against so many, at such a pace, and the chance of it.
GroupNight group_night_of(const FlowGroup *group, double observed, double expected, PaceSums pace);

// The group's night without cells that are explained, and, when so wanted, without suspected ones.
GroupNight group_night(const Groups *groups, const FlowGroup *group, bool without_suspected);

// Its night in those cells alone that are not suspected, explained or not.
GroupNight group_outside(const Groups *groups, const FlowGroup *group);

// Mark all its cells.
void group_explain(Groups *groups, const FlowGroup *group);
void group_suspect(Groups *groups, const FlowGroup *group, bool suspected);

// The share of what was expected of it that incidents explain.
double group_explained_share(const Groups *groups, const FlowGroup *group);

// Whether it has run at PACE_SLOW rather than at its pace nights on end, by the evidence of the nights together.
bool group_decays(const FlowGroup *group);

// The group of a kind and name, NULL when there is none tonight.
const FlowGroup *
groups_find(const Groups *groups, IncidentKind kind, const char *carrier, const char *name);

#endif
