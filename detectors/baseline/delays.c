/*
 * How long news takes, for each carrier, measure and stage: shares of delays at a few points (stats/delay.c), drawn to those of
 * all carriers by the weight of greatest marginal likelihood (stats/dirichlet.c).
 *
 * A feed that was silent for two days makes every scan of those days late, and says nothing of calm nights. So a carrier's weeks
 * in which much more came late than in its median week are left out.
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/delay.h"
#include "detectors/stats/dirichlet.h"
#include "detectors/stats/quantiles.h"

#include <string.h>

#define CELLS (DELAY_POINTS + 1)

// How much more than usual is too much, of news that was late by half a day; some few are chance.
#define LATE_HOURS  12.
#define LATE_TIMES  3.
#define LATE_CHANCE 10.

// A hold where carriers cannot tell how alike they are.
#define WEIGHT_UNKNOWN 200.

// A carrier's moves by week, over all stages.
typedef struct Weeks
{
    double late[DELAY_WEEKS], all[DELAY_WEEKS];
    double usual;  // share that is late in the median week
} Weeks;

typedef struct Fit
{
    Baselines *baselines;
    Arena *work;
    Weeks **weeks;  // by group; NULL where nothing was counted
} Fit;

static int64_t
group_of(const Fit *fit, const Cohort *cohort)
{
    return tree_index(
        fit->baselines->group_index, fit->work, (const char *const[4]){cohort->carrier});
}

static bool
is_week(int part)
{
    return part >= 0 && part < DELAY_WEEKS;
}

static bool
is_bin(int bin)
{
    return bin >= 0 && bin < BIN_COUNT;
}

static void
add_week(Fit *fit, const Cohort *cohort)
{
    const int64_t group = group_of(fit, cohort);

    if (group < 0 || !is_week(cohort->part))
        return;
    if (!fit->weeks[group])
        fit->weeks[group] = ARENA_NEW(fit->work, Weeks);

    Weeks *const weeks = fit->weeks[group];

    for (size_t i = 0; i < cohort->bin_count; i++) {
        const double count = fit->baselines->unit * (double)cohort->ended[i];

        if (!is_bin(cohort->bins[i]))
            continue;
        weeks->all[cohort->part] += count;
        weeks->late[cohort->part] += bin_edge(cohort->bins[i]) >= LATE_HOURS ? count : 0;
    }
}

static void
find_usual(Weeks *weeks)
{
    double shares[DELAY_WEEKS];
    size_t count = 0;

    for (int week = 0; week < DELAY_WEEKS; week++)
        if (weeks->all[week] > 0)
            shares[count++] = weeks->late[week] / weeks->all[week];
    weeks->usual = count > 0 ? quantile_median_of(shares, count) : 0;
}

static bool
is_calm(const Weeks *weeks, int week)
{
    return weeks->late[week] <= LATE_TIMES * weeks->usual * weeks->all[week] + LATE_CHANCE;
}

const Delays *
delays_of(const Group *group, Measure measure, Stage stage)
{
    while (group && !group->delays[measure][stage])
        group = group->parent;
    return group ? group->delays[measure][stage] : NULL;
}

static void
keep(const Fit *fit, int64_t group, const Cohort *cohort, const double shares[CELLS])
{
    Delays *const delays = ARENA_NEW(fit->baselines->groups.arena, Delays);

    for (int k = 0; k < DELAY_POINTS; k++) {
        delays->share[k] = shares[k + 1];
        delays->all += shares[k + 1];
    }
    fit->baselines->groups.items[group]->delays[cohort->measure][cohort->stage] = delays;
}

static void
add_bins(const Fit *fit, const Cohort *cohort, double by_bin[BIN_COUNT])
{
    for (size_t i = 0; i < cohort->bin_count; i++)
        if (is_bin(cohort->bins[i]))
            by_bin[cohort->bins[i]] += fit->baselines->unit * (double)cohort->ended[i];
}

// A carrier's counts at one measure and stage.
typedef struct Counts
{
    const Cohort *cohort;  // one of them
    int64_t group;
    double of[CELLS];
} Counts;

// Of the weeks of one carrier, which follow each other. How many cohorts were read.
static size_t
read_carrier(const Fit *fit, const Cohort *cohorts, size_t count, Counts *out)
{
    const Weeks *weeks;
    double by_bin[BIN_COUNT] = {0};
    size_t n = 0;

    *out = (Counts){.cohort = cohorts, .group = group_of(fit, cohorts)};
    weeks = out->group < 0 ? NULL : fit->weeks[out->group];
    for (; n < count && strcmp(cohorts[n].carrier, cohorts->carrier) == 0; n++)
        if (weeks && is_week(cohorts[n].part) && is_calm(weeks, cohorts[n].part))
            add_bins(fit, &cohorts[n], by_bin);
    delay_counts(by_bin, out->of);
    return n;
}

static void
fit_carriers(const Fit *fit, const Counts *counts, size_t count)
{
    DirichletChild *const children = ARENA_ARRAY(fit->work, DirichletChild, count);
    const DirichletChildren siblings = {.items = children, .count = count, .cells = CELLS};
    double all[CELLS] = {0}, shares[CELLS], weight = WEIGHT_UNKNOWN;

    for (size_t i = 0; i < count; i++) {
        children[i] = (DirichletChild){.own = counts[i].of, .parent = all};
        for (int k = 0; k < CELLS; k++)
            all[k] += counts[i].of[k];
    }
    if (count > 1)
        dirichlet_fit_weight(&siblings, &weight);
    if (dirichlet_shrink(CELLS, all, all, 0, shares))
        keep(fit, 0, counts->cohort, shares);
    for (size_t i = 0; i < count; i++)
        if (counts[i].group >= 0 && dirichlet_shrink(CELLS, counts[i].of, all, weight, shares))
            keep(fit, counts[i].group, counts[i].cohort, shares);
}

// The cohorts of one measure and stage, sorted by carrier and week.
static void
fit_stage(const Fit *fit, const Cohort *cohorts, size_t count)
{
    Counts *const counts = ARENA_ARRAY(fit->work, Counts, count);
    size_t carriers = 0;

    for (size_t i = 0; i < count; carriers++)
        i += read_carrier(fit, &cohorts[i], count - i, &counts[carriers]);
    fit_carriers(fit, counts, carriers);
}

void
fit_delays(Baselines *baselines, const Learned *learned)
{
    Arena *const work = arena_create();
    Fit fit = {.baselines = baselines, .work = work};

    fit.weeks = arena_alloc_array(work, sizeof *fit.weeks, baselines->groups.count);
    for (size_t i = 0; i < learned->cohort_count; i++)
        if (learned->cohorts[i].kind == COHORT_DELAY && learned->cohorts[i].measure == MEASURE_MOVE)
            add_week(&fit, &learned->cohorts[i]);
    for (size_t i = 0; i < baselines->groups.count; i++)
        if (fit.weeks[i])
            find_usual(fit.weeks[i]);
    for (size_t first = 0; first < learned->cohort_count;) {
        const size_t end = cohort_same_place(learned, first);

        if (learned->cohorts[first].kind == COHORT_DELAY)
            fit_stage(&fit, &learned->cohorts[first], end - first);
        first = end;
    }
    arena_destroy(work);
}
