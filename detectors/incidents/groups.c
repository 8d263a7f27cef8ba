/*
 * Test of a group's night: how likely its parcels' moves and waits are at a slower pace against the usual one, each parcel by
 * its own chance (flow.c, stats/pace.h).
 *
 *     chance = P(l >= l tonight), the mean of l shifted by the group's habit, its variance times the group's spread (habits.c)
 *     E      = ratio x sum of chances, for people
 *
 * What is usual is learned in four weeks, so what goes wrong overnight stands out all the same; a group of which fewer than
 * two such weekdays are known is not judged.
 */
#include "detectors/incidents/groups.h"

#include "core/map.h"
#include "detectors/incidents/habits.h"

#include <math.h>
#include <string.h>

#define DECAY_LIMIT 9.0  // one false alarm in exp(9) nights of a group, at most

static const IncidentKind kinds[] = {
    INCIDENT_CARRIER, INCIDENT_SERVICE, INCIDENT_HUB, INCIDENT_LANE};
#define KINDS (sizeof kinds / sizeof kinds[0])

typedef struct GroupList
{
    Arena *arena;
    FlowGroup *items;
    size_t count, capacity;
    Map *index;
} GroupList;

static const char *
name_in(const FlowCell *cell, IncidentKind kind)
{
    switch (kind) {
    case INCIDENT_SERVICE:
        return cell->service;
    case INCIDENT_HUB:
        return stay_is_over(cell->stay) ? "" : cell->place;
    case INCIDENT_LANE:
        return cell->lane;
    default:
        return "";
    }
}

static const char *
key_of(Arena *scratch, IncidentKind kind, const char *carrier, const char *name)
{
    return arena_printf(scratch, "%d\n%s\n%s", (int)kind, carrier, name);
}

// The index of a group; -1 when it has no parcels tonight.
static int64_t
intern_known(
    const GroupList *list, Arena *scratch, IncidentKind kind, const char *carrier, const char *name)
{
    const char *const key = key_of(scratch, kind, carrier, name);

    return map_get(list->index, key, strlen(key), -1);
}

static size_t
intern(GroupList *list, Arena *scratch, IncidentKind kind, const char *carrier, const char *name)
{
    const char *const key = key_of(scratch, kind, carrier, name);
    bool is_new;
    const int64_t index = map_intern(list->index, key, strlen(key), (int64_t)list->count, &is_new);

    if (is_new)
        ARENA_PUSH(list, ((FlowGroup){.kind = kind,
                             .carrier = carrier,
                             .name = name,
                             .ratio = 1,
                             .spread = 1,
                             .first_cell = CELL_NONE,
                             .decay_since = INSTANT_NONE}));
    return (size_t)index;
}

static void
place_cells(GroupList *list, Arena *scratch, GroupCell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < KINDS; k++) {
            const FlowCell *const flow = cells[i].flow;
            const char *const name = name_in(flow, kinds[k]);

            cells[i].next[kinds[k]] = CELL_NONE;
            if (kinds[k] != INCIDENT_CARRIER && *name == '\0')
                continue;

            const size_t index = intern(list, scratch, kinds[k], flow->carrier, name);
            FlowGroup *const group = &list->items[index];

            cells[i].next[kinds[k]] = group->first_cell;
            group->first_cell = i;
            group->raw += flow->expected;
            group->night.observed += flow->observed;
            pace_add(&group->raw_pace, flow->pace);
            group->waiting += flow->waiting;
        }
}

typedef struct PastList
{
    Arena *arena;
    PastNight *items;
    size_t count, capacity;
} PastList;

// Calm nights of groups that have parcels tonight.
static PastList
recall(const GroupList *list, Arena *scratch, const GroupPast *history, size_t count)
{
    PastList past = {.arena = scratch};

    for (size_t i = 0; i < count; i++) {
        const Flow *const flow = history[i].flow;
        const int64_t group = intern_known(list, scratch, flow->kind, flow->carrier, flow->name);

        if (group >= 0 && !flow->disturbed)
            ARENA_PUSH(
                &past, ((PastNight){.group = (size_t)group, .day = history[i].day, .flow = flow}));
    }
    return past;
}

static const size_t *
carriers_of(const GroupList *list, Arena *scratch)
{
    size_t *const carriers = ARENA_ARRAY(scratch, size_t, list->count);

    for (size_t i = 0; i < list->count; i++)
        carriers[i] =
            (size_t)intern_known(list, scratch, INCIDENT_CARRIER, list->items[i].carrier, "");
    return carriers;
}

GroupNight
group_night_of(const FlowGroup *group, double observed, double expected, PaceSums pace)
{
    return (GroupNight){.observed = observed,
        .expected = expected,
        .pace = pace,
        .chance = expected >= GROUP_LEAST ? pace_chance(pace, group->spread) : (double)NAN};
}

// What a cell's place makes of its expectation; its carrier where the place is not known.
static void
give_habits(const GroupList *list, Arena *scratch, GroupCell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const FlowCell *const flow = cells[i].flow;
        const char *const hub = name_in(flow, INCIDENT_HUB);
        const bool placed = *hub != '\0';
        const int64_t group = intern_known(
            list, scratch, placed ? INCIDENT_HUB : INCIDENT_CARRIER, flow->carrier, hub);

        cells[i].ratio = list->items[group].ratio;
        cells[i].shift = list->items[group].shift;
    }
}

Groups
groups_make(Arena *arena, Instant after, NightDay day, const FlowCell *cells, size_t cell_count,
    const GroupPast *history, size_t history_count)
{
    Arena *const scratch = arena_create();
    GroupList list = {.arena = arena, .index = map_create(scratch)};
    Groups groups = {.cells = ARENA_ARRAY(arena, GroupCell, cell_count), .cell_count = cell_count};

    for (size_t i = 0; i < cell_count; i++)
        groups.cells[i].flow = &cells[i];
    place_cells(&list, scratch, groups.cells, cell_count);

    const PastList past = recall(&list, scratch, history, history_count);

    habits_give(
        list.items, list.count, carriers_of(&list, scratch), past.items, past.count, after, day);
    for (size_t i = 0; i < list.count; i++) {
        FlowGroup *const group = &list.items[i];

        group->night = group_night_of(group, group->night.observed, group->raw * group->ratio,
            pace_shifted(group->raw_pace, group->shift));
    }
    give_habits(&list, scratch, groups.cells, cell_count);
    groups.items = list.items;
    groups.count = list.count;
    arena_destroy(scratch);
    return groups;
}

Flow
group_flow(const FlowGroup *group)
{
    return (Flow){.kind = group->kind,
        .carrier = group->carrier,
        .name = group->name,
        .observed = group->night.observed,
        .expected = group->raw,
        .log_ratio = group->raw_pace.log_ratio,
        .log_ratio_mean = group->raw_pace.mean,
        .log_ratio_variance = group->raw_pace.variance,
        .newest_at = INSTANT_NONE};
}

bool
group_is_known(const FlowGroup *group)
{
    return group->calm_nights >= HABIT_NIGHTS_LEAST;
}

bool
group_decays(const FlowGroup *group)
{
    return group->decay > DECAY_LIMIT;
}
