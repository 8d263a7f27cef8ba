#include "detectors/incidents/suspects.h"

#include "detectors/stats/multiple.h"

#include <math.h>
#include <string.h>

#define CHANCE_REST                                                                                \
    .001  // of what is left of a group being as slow, when the narrower ones in it are the cause
#define CHANCE_DECAY .2  // decay is told on a night that is not good
#define MANY         4   // narrower groups that make a wide one, when they are at least half of all

typedef struct SuspectList
{
    Arena *arena;
    const FlowGroup **items;
    size_t count, capacity;
} SuspectList;

typedef struct Search
{
    Groups *groups;
    bool (*is_silent)(const char *carrier, const void *data);
    const void *data;
    SuspectList suspects, told;
} Search;

double
suspect_chance(IncidentKind kind)
{
    return kind == INCIDENT_HUB ? .004 : .001;
}

// Of those told of a kind in a night.
static double
false_share(IncidentKind kind)
{
    return kind == INCIDENT_HUB ? .50 : .10;
}

static bool
decays_tonight(const FlowGroup *group, GroupNight night)
{
    return group_decays(group) && night.chance < CHANCE_DECAY;
}

// Suspects of one kind, by their night as a whole.
static void
suspect_kind(Search *search, IncidentKind kind)
{
    Arena *const arena = search->suspects.arena;
    const Groups *const groups = search->groups;
    double *const chances = ARENA_ARRAY(arena, double, groups->count);
    const FlowGroup **const asked = ARENA_ARRAY(arena, const FlowGroup *, groups->count);
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        const FlowGroup *const group = &groups->items[i];

        if (group->kind != kind || isnan(group->night.chance) || !group_is_known(group) ||
            search->is_silent(group->carrier, search->data))
            continue;
        asked[count] = group;
        chances[count++] = group->night.chance;
    }

    multiple_adjust(MULTIPLE_BENJAMINI_HOCHBERG, chances, count, chances);
    for (size_t i = 0; i < count; i++)
        if ((chances[i] <= false_share(kind) && asked[i]->night.chance < suspect_chance(kind)) ||
            decays_tonight(asked[i], asked[i]->night))
            ARENA_PUSH(&search->suspects, asked[i]);
}

// Whether most of a carrier's hubs, or of its lanes, are suspected: then it is not theirs.
static bool
is_everywhere(const Search *search, const FlowGroup *carrier, IncidentKind kind, size_t suspected)
{
    size_t judged = 0;

    if (carrier->kind != INCIDENT_CARRIER || suspected < MANY)
        return false;
    for (size_t i = 0; i < search->groups->count; i++) {
        const FlowGroup *const group = &search->groups->items[i];

        judged += group->kind == kind && !isnan(group->night.chance) &&
                  strcmp(group->carrier, carrier->carrier) == 0;
    }
    return 2 * suspected >= judged;
}

// Mark the cells of those that count: of hubs alone, or of all.
static void
mark(const Search *search, const bool *counts, bool hubs_alone, bool suspected)
{
    for (size_t i = 0; i < search->suspects.count; i++)
        if (counts[i] && (!hubs_alone || search->suspects.items[i]->kind == INCIDENT_HUB))
            group_suspect(search->groups, search->suspects.items[i], suspected);
}

// Behind the hub through which a carrier takes everything its services and lanes are slow. Those count that are so elsewhere, too.
static void
leave_out_behind_hubs(const Search *search, bool *counts)
{
    const SuspectList *const suspects = &search->suspects;

    mark(search, counts, true, true);
    for (size_t i = 0; i < suspects->count; i++)
        if (counts[i] && suspects->items[i]->kind != INCIDENT_HUB)
            counts[i] = group_night(search->groups, suspects->items[i], true).pace.log_ratio > 0;
    mark(search, counts, true, false);
}

// Too little says nothing for it.
static bool
is_at_its_pace(GroupNight night)
{
    return !isnan(night.chance) && night.pace.log_ratio <= 0;
}

// Whether the group is slow without the narrower suspects in it, or consists of several of them.
static bool
is_cause(const Search *search, const FlowGroup *group)
{
    const SuspectList *const suspects = &search->suspects;
    size_t narrower[INCIDENT_KIND_COUNT] = {0}, all = 0;
    bool *const counts = ARENA_ARRAY(suspects->arena, bool, suspects->count);

    group_suspect(search->groups, group, true);
    for (size_t i = 0; i < suspects->count; i++) {
        const FlowGroup *const other = suspects->items[i];

        counts[i] = other->kind > group->kind && strcmp(other->carrier, group->carrier) == 0 &&
                    !is_at_its_pace(group_outside(search->groups, other));
    }
    group_suspect(search->groups, group, false);
    leave_out_behind_hubs(search, counts);
    for (size_t i = 0; i < suspects->count; i++) {
        narrower[suspects->items[i]->kind] += counts[i];
        all += counts[i];
    }
    mark(search, counts, false, true);

    const GroupNight rest = group_night(search->groups, group, true);

    mark(search, counts, false, false);
    if (all == 0)
        return true;
    if (is_everywhere(search, group, INCIDENT_HUB, narrower[INCIDENT_HUB]) ||
        is_everywhere(search, group, INCIDENT_LANE, narrower[INCIDENT_LANE]))
        return true;
    if (!isnan(rest.chance))
        return rest.chance < CHANCE_REST;
    return narrower[INCIDENT_SERVICE] != 1 && narrower[INCIDENT_HUB] != 1 &&
           narrower[INCIDENT_LANE] != 1;
}

static void
tell_kind(Search *search, IncidentKind kind)
{
    for (size_t i = 0; i < search->suspects.count; i++) {
        const FlowGroup *const group = search->suspects.items[i];
        const GroupNight left = group_night(search->groups, group, false);
        // Of a run of bad nights nobody can say how much a part of the group explains.
        const bool decays =
            decays_tonight(group, left) && !(group_explained_share(search->groups, group) > 0);

        if (group->kind != kind || (!(left.chance < suspect_chance(kind)) && !decays) ||
            !is_cause(search, group))
            continue;
        group_explain(search->groups, group);
        ARENA_PUSH(&search->told, group);
    }
}

const FlowGroup *const *
suspects_find(Arena *arena, Groups *groups,
    bool (*is_silent)(const char *carrier, const void *data), const void *data, size_t *count)
{
    Search search = {.groups = groups,
        .is_silent = is_silent,
        .data = data,
        .suspects = {.arena = arena},
        .told = {.arena = arena}};

    for (IncidentKind kind = INCIDENT_CARRIER; kind <= INCIDENT_LANE; kind++)
        suspect_kind(&search, kind);
    for (IncidentKind kind = INCIDENT_CARRIER; kind <= INCIDENT_LANE; kind++)
        tell_kind(&search, kind);
    *count = search.told.count;
    return search.told.items;
}
