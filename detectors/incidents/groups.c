/*
 * Test of a group's night: X, the parcels that moved on, against E, those that should have.
 *
 *     E      = r_w x sum of chances                          (flow.c)
 *     r      = (sum O + 20 c) / (sum E + 20) over its calm nights, c the same of its carrier, whose own c is 1
 *     r_w    = the same over its calm nights of this weekday, towards r times the carrier's r_w / r
 *     spread = mean of (O - E)^2 / E over its calm nights, each against the ratios without it, shrunk to that of all
 *              groups of its kind by 7 nights
 *     chance = P(X <= O), X with mean E and variance spread x E: binomial, Poisson or negative binomial (tails.h)
 *
 * Where nearly all parcels catch the evening's lorry the spread is well below 1, so that a few that miss it show.
 *
 * The ratios are there because hubs differ, because operations keep to a weekly timetable, because scans that are recorded
 * after the night are not seen by it, and because the baselines are not perfect. They are learned in four weeks, so what
 * goes wrong overnight stands out all the same; a group of which fewer than two such weekdays are known is not judged.
 *
 * Slow decay is found by a cumulative sum of log likelihood ratios (Page 1954; Lucas 1985) of theta = .7 against 1 over the
 * same nights, S <- max(0, S + (O log theta + E (1 - theta)) / spread).
 */
#include "detectors/incidents/groups.h"

#include "core/map.h"
#include "detectors/stats/charts.h"
#include "detectors/stats/one_sample.h"

#include <math.h>
#include <string.h>

#define RATIO_WEIGHT  20.0  // events
#define NIGHTS_LEAST  2     // of a weekday
#define SPREAD_WEIGHT 7.0   // nights
#define SPREAD_LEAST  .05
#define SPREAD_PRIOR  .5    // before any night was seen
#define SPREAD_NIGHTS 20.0  // behind the prior
#define SPREAD_TERM   16.0  // one night counts for no more
#define DECAY_PACE    .7
#define DECAY_LIMIT   9.0  // one false alarm in exp(9) nights of a group, at most

static const IncidentKind kinds[] = {
    INCIDENT_CARRIER, INCIDENT_SERVICE, INCIDENT_HUB, INCIDENT_LANE};
#define KINDS (sizeof kinds / sizeof kinds[0])
#define WEEK  7

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
            group->waiting += flow->waiting;
        }
}

// A calm night of a group that has parcels tonight.
typedef struct Past
{
    size_t group;
    int weekday;
    Instant as_of;
    double observed, expected;
} Past;

typedef struct PastList
{
    Arena *arena;
    Past *items;
    size_t count, capacity;
} PastList;

static PastList
recall(GroupList *list, Arena *scratch, const GroupPast *history, size_t count)
{
    PastList past = {.arena = scratch};

    for (size_t i = 0; i < count; i++) {
        const Flow *const flow = history[i].flow;
        const int64_t group = intern_known(list, scratch, flow->kind, flow->carrier, flow->name);

        if (group >= 0 && !flow->disturbed)
            ARENA_PUSH(&past, ((Past){.group = (size_t)group,
                                  .weekday = history[i].weekday,
                                  .as_of = flow->as_of,
                                  .observed = flow->observed,
                                  .expected = flow->expected}));
    }
    return past;
}

// Sums of a group's calm nights by weekday, and over all of them.
typedef struct Habit
{
    double observed[WEEK + 1], expected[WEEK + 1];
    int64_t nights[WEEK];
    size_t carrier;
} Habit;

static Habit *
count_habits(GroupList *list, Arena *scratch, const PastList *past)
{
    Habit *const habits = ARENA_ARRAY(scratch, Habit, list->count);

    for (size_t i = 0; i < past->count; i++) {
        const Past *const night = &past->items[i];
        Habit *const habit = &habits[night->group];

        habit->observed[night->weekday] += night->observed;
        habit->expected[night->weekday] += night->expected;
        habit->observed[WEEK] += night->observed;
        habit->expected[WEEK] += night->expected;
        habit->nights[night->weekday]++;
    }
    for (size_t i = 0; i < list->count; i++)
        habits[i].carrier =
            (size_t)intern_known(list, scratch, INCIDENT_CARRIER, list->items[i].carrier, "");
    return habits;
}

static double
shrunk(double observed, double expected, double parent)
{
    return (observed + RATIO_WEIGHT * parent) / (expected + RATIO_WEIGHT);
}

// The ratio of a group on a weekday, as if one of its nights had not been (NULL for none).
static double
ratio_on(const Habit *habits, size_t group, int weekday, const Past *without)
{
    const Habit *const habit = &habits[group], *const carrier = &habits[habit->carrier];
    const bool own = habit == carrier;
    const double above = shrunk(carrier->observed[WEEK], carrier->expected[WEEK], 1);
    const double above_on = shrunk(carrier->observed[weekday], carrier->expected[weekday], above);
    const double observed = without ? without->observed : 0;
    const double expected = without ? without->expected : 0;
    const double ratio =
        shrunk(habit->observed[WEEK] - observed, habit->expected[WEEK] - expected, own ? 1 : above);

    return shrunk(habit->observed[weekday] - observed, habit->expected[weekday] - expected,
        own ? ratio : ratio * above_on / above);
}

static void
fit_spreads(GroupList *list, Arena *scratch, const Habit *habits, const PastList *past)
{
    double *const terms = ARENA_ARRAY(scratch, double, list->count);
    double *const nights = ARENA_ARRAY(scratch, double, list->count);
    double sum[INCIDENT_KIND_COUNT], seen[INCIDENT_KIND_COUNT];

    for (size_t k = 0; k < INCIDENT_KIND_COUNT; k++) {
        seen[k] = SPREAD_NIGHTS;
        sum[k] = SPREAD_NIGHTS * SPREAD_PRIOR;
    }
    for (size_t i = 0; i < past->count; i++) {
        const Past *const night = &past->items[i];
        const double expected =
            night->expected * ratio_on(habits, night->group, night->weekday, night);
        const double off = night->observed - expected;

        // The first nights of a weekday surprise by being the first.
        if (expected < GROUP_LEAST || habits[night->group].nights[night->weekday] < NIGHTS_LEAST)
            continue;

        const double term = fmin(off * off / expected, SPREAD_TERM);

        terms[night->group] += term;
        nights[night->group]++;
        sum[list->items[night->group].kind] += term;
        seen[list->items[night->group].kind]++;
    }
    for (size_t i = 0; i < list->count; i++) {
        FlowGroup *const group = &list->items[i];
        const double common = sum[group->kind] / seen[group->kind];

        group->spread =
            fmax(SPREAD_LEAST, (terms[i] + SPREAD_WEIGHT * common) / (nights[i] + SPREAD_WEIGHT));
    }
}

static void
decay_add(FlowGroup *group, Instant since, double observed, double expected)
{
    const double more = expected > 0 ? chart_poisson_increment(
                                           observed, expected, DECAY_PACE * expected, group->spread)
                                     : 0;

    if (group->decay <= 0) {
        group->decay_since = since;
        group->decay_observed = group->decay_expected = 0;
    }
    group->decay = chart_cusum_next(group->decay, more);
    group->decay_observed += observed;
    group->decay_expected += expected;
}

// A night of the past is taken to have begun a day before its end.
static void
fit_decay(GroupList *list, Instant after, const Habit *habits, const PastList *past)
{
    for (size_t i = 0; i < past->count; i++) {
        const Past *const night = &past->items[i];

        if (habits[night->group].nights[night->weekday] >= NIGHTS_LEAST)
            decay_add(&list->items[night->group], night->as_of - HOURS_24, night->observed,
                night->expected * ratio_on(habits, night->group, night->weekday, night));
    }
    for (size_t i = 0; i < list->count; i++)
        decay_add(
            &list->items[i], after, list->items[i].night.observed, list->items[i].night.expected);
}

GroupNight
group_night_of(const FlowGroup *group, double observed, double expected)
{
    return (GroupNight){.observed = observed,
        .expected = expected,
        .chance = expected >= GROUP_LEAST
                      ? one_sample_test((OneSample){observed, expected}, group->spread).p_low
                      : (double)NAN};
}

// What a cell's place makes of its expectation; that of its carrier where the place is not known.
static void
give_ratios(const GroupList *list, Arena *scratch, GroupCell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const FlowCell *const flow = cells[i].flow;
        const char *const hub = name_in(flow, INCIDENT_HUB);
        const bool placed = *hub != '\0';
        const int64_t group = intern_known(
            list, scratch, placed ? INCIDENT_HUB : INCIDENT_CARRIER, flow->carrier, hub);

        cells[i].ratio = list->items[group].ratio;
    }
}

Groups
groups_make(Arena *arena, Instant after, int weekday, const FlowCell *cells, size_t cell_count,
    const GroupPast *history, size_t history_count)
{
    Arena *const scratch = arena_create();
    GroupList list = {.arena = arena, .index = map_create(scratch)};
    Groups groups = {.cells = ARENA_ARRAY(arena, GroupCell, cell_count), .cell_count = cell_count};

    for (size_t i = 0; i < cell_count; i++)
        groups.cells[i].flow = &cells[i];
    place_cells(&list, scratch, groups.cells, cell_count);

    const PastList past = recall(&list, scratch, history, history_count);
    const Habit *const habits = count_habits(&list, scratch, &past);

    fit_spreads(&list, scratch, habits, &past);
    for (size_t i = 0; i < list.count; i++) {
        FlowGroup *const group = &list.items[i];

        group->ratio = ratio_on(habits, i, weekday, NULL);
        group->calm_nights = habits[i].nights[weekday];
        group->night = group_night_of(group, group->night.observed, group->raw * group->ratio);
    }
    give_ratios(&list, scratch, groups.cells, cell_count);
    fit_decay(&list, after, habits, &past);
    groups.items = list.items;
    groups.count = list.count;
    arena_destroy(scratch);
    return groups;
}

bool
group_is_known(const FlowGroup *group)
{
    return group->calm_nights >= NIGHTS_LEAST;
}

bool
group_decays(const FlowGroup *group)
{
    return group->decay > DECAY_LIMIT;
}
