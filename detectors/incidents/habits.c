/*
 * Of a group's calm nights of the last weeks, O and E parcels that moved on and should have, D = l - E[l] the log-likelihood
 * ratio of a slower pace less its mean, and V its variance (stats/pace.h):
 *
 *     ratio   r   = (sum O + 20 c) / (sum E + 20), c the same of its carrier, whose own c is 1
 *             r_w = the same over nights of the weekday, towards r times the carrier's r_w / r
 *     shift   b   = (sum D + 10 c) / (sum V + 10), c the same of its carrier, whose own c is 0
 *             b_w = the same over nights of the weekday, towards b plus the carrier's b_w - b
 *     spread      = mean of (D - b_w V)^2 / V, each night against the shifts without it, shrunk to that of all groups of
 *                   its kind by 7 nights
 *
 * The ratio says to people what is usual, the shift says it to the test: of chances near 1 a ratio above 1 makes nonsense. They
 * are there because hubs differ, because operations keep to a weekly timetable, because scans that are recorded after the
 * night are not seen by it, and because the baselines are not perfect.
 *
 * Nights by a public holiday say nothing of what is usual: there the baselines are wrong by more than chance, and otherwise by a
 * Thursday than by a Monday. That such a weekday was seen counts all the same, or a May of holidays would judge nobody.
 *
 * Slow decay is found by a cumulative sum of log-likelihood ratios of PACE_SLOW against the usual pace (Page 1954; Lucas 1985)
 * over the same nights, S <- max(0, S + (l - b_w V) / spread).
 */
#include "detectors/incidents/habits.h"

#include "detectors/stats/charts.h"
#include "detectors/stats/one_sample.h"

#include <math.h>

#define RATIO_WEIGHT  20.0  // events
#define SHIFT_WEIGHT  10.0  // variance: of some forty parcels
#define SPREAD_WEIGHT 7.0   // nights
#define SPREAD_NIGHTS 20.0  // with a spread of 1, before any night was seen
#define SPREAD_TERM   16.0  // one night counts for no more
#define WEEK          7

// By a holiday the mean squared surprise of carriers and services is some 2.4 on working days, and 1.1 of hubs and lanes: a
// Wednesday after a Monday off lacks a little of everything, which the many parcels of a wide group tell from chance.
#define HOLIDAY_SPREAD 2.0

// Sums over calm nights.
typedef struct Sums
{
    OneSample moved;
    double excess, variance;
    int64_t nights;  // of which an excess is known, those by a holiday too
} Sums;

// Of a group, by weekday.
typedef struct Habit
{
    Sums on[WEEK], all;
} Habit;

typedef struct Habits
{
    const Habit *items;
    const size_t *carriers;
} Habits;

static double
excess(const Flow *flow)
{
    return flow->log_ratio - flow->log_ratio_mean;
}

static void
count_night(Sums *sums, const Flow *flow, bool by_holiday)
{
    sums->nights += flow->log_ratio_variance > 0;
    if (by_holiday)
        return;
    sums->moved.observed += flow->observed;
    sums->moved.expected += flow->expected;
    sums->excess += excess(flow);
    sums->variance += flow->log_ratio_variance;
}

static Habit *
count_nights(Arena *arena, size_t count, const PastNight *past, size_t past_count)
{
    Habit *const habits = ARENA_ARRAY(arena, Habit, count);

    for (size_t i = 0; i < past_count; i++) {
        Habit *const habit = &habits[past[i].group];

        count_night(&habit->on[past[i].day.weekday], past[i].flow, past[i].day.by_holiday);
        count_night(&habit->all, past[i].flow, past[i].day.by_holiday);
    }
    return habits;
}

static double
ratio(const Sums *sums, double parent)
{
    return one_sample_shrunk(sums->moved, parent, RATIO_WEIGHT);
}

// As if one of the nights had not been (NULL for none).
static double
shift(const Sums *sums, const Flow *without, double parent)
{
    const double sum = sums->excess - (without ? excess(without) : 0);
    const double variance = sums->variance - (without ? without->log_ratio_variance : 0);

    return (sum + SHIFT_WEIGHT * parent) / (fmax(0, variance) + SHIFT_WEIGHT);
}

static double
ratio_on(const Habits *habits, size_t group, int weekday)
{
    const Habit *const habit = &habits->items[group];
    const Habit *const carrier = &habits->items[habits->carriers[group]];
    const double above = ratio(&carrier->all, 1);
    const double own = habit == carrier ? above : ratio(&habit->all, above);

    return ratio(&habit->on[weekday],
        habit == carrier ? own : own * ratio(&carrier->on[weekday], above) / above);
}

static double
shift_on(const Habits *habits, size_t group, int weekday, const Flow *without)
{
    const Habit *const habit = &habits->items[group];
    const Habit *const carrier = &habits->items[habits->carriers[group]];
    const double above = shift(&carrier->all, habit == carrier ? without : NULL, 0);
    const double own = habit == carrier ? above : shift(&habit->all, without, above);

    return shift(&habit->on[weekday], without,
        habit == carrier ? own : own + shift(&carrier->on[weekday], NULL, above) - above);
}

static void
give_spreads(FlowGroup *groups, size_t count, const Habits *habits, Arena *scratch,
    const PastNight *past, size_t past_count)
{
    double *const terms = ARENA_ARRAY(scratch, double, count);
    double *const nights = ARENA_ARRAY(scratch, double, count);
    double sum[INCIDENT_KIND_COUNT], seen[INCIDENT_KIND_COUNT];

    for (size_t k = 0; k < INCIDENT_KIND_COUNT; k++)
        sum[k] = seen[k] = SPREAD_NIGHTS;
    for (size_t i = 0; i < past_count; i++) {
        const size_t group = past[i].group;
        const Flow *const flow = past[i].flow;
        const double variance = flow->log_ratio_variance;

        // The first nights of a weekday surprise by being the first.
        if (flow->expected < GROUP_LEAST || !(variance > 0) || past[i].day.by_holiday ||
            habits->items[group].on[past[i].day.weekday].nights < HABIT_NIGHTS_LEAST)
            continue;

        const double off =
            excess(flow) - shift_on(habits, group, past[i].day.weekday, flow) * variance;
        const double term = fmin(off * off / variance, SPREAD_TERM);

        terms[group] += term;
        nights[group]++;
        sum[groups[group].kind] += term;
        seen[groups[group].kind]++;
    }
    for (size_t i = 0; i < count; i++)
        groups[i].spread = (terms[i] + SPREAD_WEIGHT * sum[groups[i].kind] / seen[groups[i].kind]) /
                           (nights[i] + SPREAD_WEIGHT);
}

static void
widen_spreads(FlowGroup *groups, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (groups[i].kind < INCIDENT_HUB)
            groups[i].spread = HOLIDAY_SPREAD * fmax(1, groups[i].spread);
}

static void
decay_add(FlowGroup *group, Instant since, double observed, double expected, double log_ratio)
{
    if (group->decay <= 0) {
        group->decay_since = since;
        group->decay_observed = group->decay_expected = 0;
    }
    group->decay = chart_cusum_next(group->decay, log_ratio / fmax(1, group->spread));
    group->decay_observed += observed;
    group->decay_expected += expected;
}

// A night of the past is taken to have begun a day before its end.
static void
give_decays(FlowGroup *groups, size_t count, const Habits *habits, const PastNight *past,
    size_t past_count, Instant after)
{
    for (size_t i = 0; i < past_count; i++) {
        const size_t group = past[i].group;
        const int weekday = past[i].day.weekday;
        const Flow *const flow = past[i].flow;

        if (!past[i].day.by_holiday &&
            habits->items[group].on[weekday].nights >= HABIT_NIGHTS_LEAST)
            decay_add(&groups[group], flow->as_of - HOURS_24, flow->observed,
                flow->expected * ratio_on(habits, group, weekday),
                flow->log_ratio -
                    shift_on(habits, group, weekday, flow) * flow->log_ratio_variance);
    }
    for (size_t i = 0; i < count; i++)
        decay_add(&groups[i], after, groups[i].night.observed, groups[i].raw * groups[i].ratio,
            pace_shifted(groups[i].raw_pace, groups[i].shift).log_ratio);
}

void
habits_give(FlowGroup *groups, size_t count, const size_t *carriers, const PastNight *past,
    size_t past_count, Instant after, NightDay day)
{
    Arena *const scratch = arena_create();
    const Habit *const items = count_nights(scratch, count, past, past_count);
    const Habits habits = {items, carriers};

    give_spreads(groups, count, &habits, scratch, past, past_count);
    if (day.by_holiday)
        widen_spreads(groups, count);
    for (size_t i = 0; i < count; i++) {
        groups[i].ratio = ratio_on(&habits, i, day.weekday);
        groups[i].shift = shift_on(&habits, i, day.weekday, NULL);
        groups[i].calm_nights = items[i].on[day.weekday].nights;
    }
    give_decays(groups, count, &habits, past, past_count, after);
    arena_destroy(scratch);
}
