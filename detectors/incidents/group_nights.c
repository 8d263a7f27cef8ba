/*
 * A group's night as a whole or in some of its cells.
 */
#include "detectors/incidents/groups.h"

#include <math.h>
#include <string.h>

typedef bool CellChoice(const GroupCell *cell);

static bool
is_unexplained(const GroupCell *cell)
{
    return !cell->explained;
}

static bool
is_left(const GroupCell *cell)
{
    return !cell->explained && !cell->suspected;
}

static bool
is_unsuspected(const GroupCell *cell)
{
    return !cell->suspected;
}

// A part of a group has the habits of its places: those of the whole do not divide.
static GroupNight
night_in(const Groups *groups, const FlowGroup *group, CellChoice *choose)
{
    GroupNight part = {0};
    bool whole = true;

    for (size_t i = group->first_cell; i != CELL_NONE; i = groups->cells[i].next[group->kind]) {
        const GroupCell *const cell = &groups->cells[i];

        if (!choose(cell)) {
            whole = false;
            continue;
        }
        part.observed += cell->flow->observed;
        part.expected += cell->flow->expected * cell->ratio;
        pace_add(&part.pace, pace_shifted(cell->flow->pace, cell->shift));
    }
    return whole ? group->night : group_night_of(group, part.observed, part.expected, part.pace);
}

GroupNight
group_night(const Groups *groups, const FlowGroup *group, bool without_suspected)
{
    return night_in(groups, group, without_suspected ? is_left : is_unexplained);
}

GroupNight
group_outside(const Groups *groups, const FlowGroup *group)
{
    return night_in(groups, group, is_unsuspected);
}

void
group_explain(Groups *groups, const FlowGroup *group)
{
    for (size_t i = group->first_cell; i != CELL_NONE; i = groups->cells[i].next[group->kind])
        groups->cells[i].explained = true;
}

void
group_suspect(Groups *groups, const FlowGroup *group, bool suspected)
{
    for (size_t i = group->first_cell; i != CELL_NONE; i = groups->cells[i].next[group->kind])
        groups->cells[i].suspected = suspected;
}

double
group_explained_share(const Groups *groups, const FlowGroup *group)
{
    double explained = 0;

    for (size_t i = group->first_cell; i != CELL_NONE; i = groups->cells[i].next[group->kind])
        if (groups->cells[i].explained)
            explained += groups->cells[i].flow->expected;
    return group->raw > 0 ? explained / group->raw : 0;
}

const FlowGroup *
groups_find(const Groups *groups, IncidentKind kind, const char *carrier, const char *name)
{
    for (size_t i = 0; i < groups->count; i++) {
        const FlowGroup *const group = &groups->items[i];

        if (group->kind == kind && strcmp(group->carrier, carrier) == 0 &&
            strcmp(group->name, name) == 0)
            return group;
    }
    return NULL;
}
