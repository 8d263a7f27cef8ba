/*
 * Lists: what the nights showed, what the posterior alone would have shown at a stated share of false ones
 * (statistics 5), and what the rules that people use would have shown.
 */
#include "detectors/stats/fdr.h"
#include "detectors/stats/proportion.h"
#include "jobs/proof/answers.h"

#include <math.h>

#define SEED 20171020  // of the draws: any number, always the same

static const double fdr_levels[] = {.05, .10, .20};
static const double rule_days[] = {5, 7, 10, 20};

enum
{
    FDR_LEVELS = sizeof fdr_levels / sizeof fdr_levels[0],
    RULE_DAYS = sizeof rule_days / sizeof rule_days[0],
    LISTS_MOST = 1 + FDR_LEVELS + 2 * RULE_DAYS,
};

const bool *
answer_listed(const Trials *trials, Arena *arena)
{
    bool *const listed = ARENA_ARRAY(arena, bool, trials->count);

    for (size_t i = 0; i < trials->count; i++) {
        const BacktestRow *const row = trials->items[i].row;

        listed[i] = trials->question == BACKTEST_LATE
                        ? row->p_late_stated >= trials->report->at_risk_probability
                        : row->kind == CASE_LOST;
    }
    return listed;
}

double
answer_precision(const Trials *trials, TrialMethod method, const bool *listed)
{
    Arena *const scratch = arena_create();
    Scored *const items = ARENA_ARRAY(scratch, Scored, trials->count);
    double right = 0, taken = 0;

    // Trials of which the method says nothing (NAN) are left out by the scores.
    for (size_t i = 0; i < trials->count; i++)
        items[i] = (Scored){.probability = method(trials, &trials->items[i]),
            .happened = trials->items[i].happened,
            .weight = 1};
    for (size_t n = 0; n < trials->report->night_count; n++) {
        const size_t first = trials->first[n], count = trials->first[n + 1] - first;
        size_t k = listed == NULL ? (count < 100 ? count : 100) : 0;

        for (size_t i = first; listed != NULL && i < first + count; i++)
            k += listed[i];

        const double precision = scores_precision_at(items + first, count, k);

        if (!isnan(precision)) {
            right += precision * (double)k;
            taken += (double)k;
        }
    }
    arena_destroy(scratch);
    return taken > 0 ? right / taken : NAN;
}

// The share of false ones, with its interval: that of the Brier score of statements that none is false. Where all are alike
// every draw of nights says the same, as if it were certain; there it is Wilson's.
static BacktestNumber
false_share(const Trials *trials, const bool *listed)
{
    Arena *const scratch = arena_create();
    const ScoredList list = trials_scored(trials, listed, trial_age_days, true, scratch);
    Scored *const items = ARENA_ARRAY(scratch, Scored, list.count);

    for (size_t i = 0; i < list.count; i++)
        items[i] = (Scored){.probability = 0,
            .happened = !list.items[i].happened,
            .weight = 1,
            .group = list.items[i].group};

    const ScoreIntervals intervals = scores_bootstrap(items, list.count,
        trials->report->night_count, trial_draws(items, list.count, ANSWER_DRAWS), SEED);
    const double value = scores_of(items, list.count).brier;

    const ShareInterval alike = proportion_wilson(value, (double)list.count, PROPORTION_Z95);

    arena_destroy(scratch);
    if (!isnan(intervals.brier.low) && (value <= 0 || value >= 1))
        return (BacktestNumber){value, alike.low, alike.high};
    return (BacktestNumber){value, intervals.brier.low, intervals.brier.high};
}

// A lost case is stated with the probability of its signal, which is 1 where the carrier itself says so.
static double
stated_false(const Trials *trials, const Trial *trial)
{
    if (trials->question == BACKTEST_LOST && trial->row->kind == CASE_LOST &&
        trial->row->p_lost_stated < trials->report->lost_probability)
        return 0;
    return 1 - trial_stated(trials, trial);
}

// Trials on a list, and all, by one weight or another.
typedef struct ListSums
{
    double listed, right;  // on the list; of those, came true
    double all, happened;  // trials; of those, came true
} ListSums;

static ListSums
list_sums(const Trials *trials, const bool *listed, bool weighted)
{
    ListSums sums = {0};

    for (size_t i = 0; i < trials->count; i++) {
        const Trial *const trial = &trials->items[i];
        const double weight = weighted ? trial->parcel->weight : 1;

        sums.all += weight;
        sums.happened += trial->happened ? weight : 0;
        sums.listed += listed[i] ? weight : 0;
        sums.right += listed[i] && trial->happened ? weight : 0;
    }
    return sums;
}

static double
ratio(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

// A score that knows nothing but whether it is listed has two ties: the listed ones, then all.
static double
listed_average_precision(const ListSums *sums)
{
    const double base_rate = ratio(sums->happened, sums->all);
    const double recall = ratio(sums->right, sums->happened);

    return sums->listed > 0 ? recall * sums->right / sums->listed + (1 - recall) * base_rate
                            : base_rate;
}

static BacktestList
sum_up(const Trials *trials, const bool *listed)
{
    const ListSums sums = list_sums(trials, listed, false);
    const ListSums weighted = list_sums(trials, listed, true);
    double stated = 0;

    for (size_t i = 0; i < trials->count; i++)
        stated += listed[i] ? stated_false(trials, &trials->items[i]) : 0;
    return (BacktestList){
        .listed = (int64_t)sums.listed,
        .precision = ratio(sums.right, sums.listed),
        .recall = ratio(sums.right, sums.happened),
        .average_precision = listed_average_precision(&sums),
        .weighted_precision = ratio(weighted.right, weighted.listed),
        .weighted_average_precision = listed_average_precision(&weighted),
        .alarms_per_1000 = 1000 * ratio(sums.listed, sums.all),
        .false_stated = ratio(stated, sums.listed),
        .false_happened = false_share(trials, listed),
        .vigie_precision = answer_precision(trials, trial_stated, listed),
    };
}

// Each night's longest list whose mean 1 - posterior stays within q.
static const bool *
fdr_listed(const Trials *trials, double q, Arena *arena)
{
    bool *const listed = ARENA_ARRAY(arena, bool, trials->count);
    double *const stated = ARENA_ARRAY(arena, double, trials->count);

    for (size_t i = 0; i < trials->count; i++)
        stated[i] = trial_stated(trials, &trials->items[i]);
    for (size_t n = 0; n < trials->report->night_count; n++) {
        const size_t first = trials->first[n];

        fdr_list(&stated[first], NULL, trials->first[n + 1] - first, q, &listed[first]);
    }
    return listed;
}

static const bool *
rule_listed(const Trials *trials, TrialMethod days_of, double days, Arena *arena)
{
    bool *const listed = ARENA_ARRAY(arena, bool, trials->count);

    for (size_t i = 0; i < trials->count; i++)
        listed[i] = days_of(trials, &trials->items[i]) > days;
    return listed;
}

static BacktestList
own_list(const Trials *trials, const bool *listed, const char *name, const char *label)
{
    BacktestList list = sum_up(trials, listed);

    list.name = name;
    list.label = label;
    return list;
}

static BacktestList
rule_list(const Trials *trials, const bool *listed, const char *name, const char *label)
{
    BacktestList list = own_list(trials, listed, name, label);

    list.is_rule = true;
    list.false_stated = NAN;
    return list;
}

static const char *
cases_label(const Trials *trials, Arena *arena)
{
    const BacktestReport *const report = trials->report;

    return trials->question == BACKTEST_LATE
               ? arena_printf(arena, "at risk: P(late) at least %g", report->at_risk_probability)
               : arena_printf(arena, "lost: P(lost) at least %g, or the carrier says so",
                     report->lost_probability);
}

const BacktestList *
answer_lists(const Trials *trials, Arena *arena, size_t *count)
{
    Arena *const scratch = arena_create();
    BacktestList *const lists = ARENA_ARRAY(arena, BacktestList, LISTS_MOST);
    size_t n = 0;

    lists[n++] =
        own_list(trials, answer_listed(trials, scratch), "cases", cases_label(trials, arena));
    for (size_t i = 0; i < FDR_LEVELS; i++)
        lists[n++] = own_list(trials, fdr_listed(trials, fdr_levels[i], scratch),
            arena_printf(arena, "fdr_%.0f", 100 * fdr_levels[i]),
            arena_printf(arena, "the longest list with %.0f %% false ones", 100 * fdr_levels[i]));
    for (size_t i = 0; i < RULE_DAYS; i++)
        lists[n++] =
            rule_list(trials, rule_listed(trials, trial_silence_days, rule_days[i], scratch),
                arena_printf(arena, "silence_%.0f", rule_days[i]),
                arena_printf(arena, "silent over %.0f days", rule_days[i]));
    for (size_t i = 0; i < RULE_DAYS; i++)
        lists[n++] = rule_list(trials, rule_listed(trials, trial_age_days, rule_days[i], scratch),
            arena_printf(arena, "age_%.0f", rule_days[i]),
            arena_printf(arena, "handed over more than %.0f days ago", rule_days[i]));
    arena_destroy(scratch);
    *count = n;
    return lists;
}
