#include "jobs/proof/trials.h"

#include "core/map.h"

#include <math.h>
#include <string.h>

#define SEED 20171020  // of the draws: any number, always the same

double
trial_stated(const Trials *trials, const Trial *trial)
{
    return trials->question == BACKTEST_LATE ? trial->row->p_late_stated
                                             : trial->row->p_lost_stated;
}

double
trial_raw(const Trials *trials, const Trial *trial)
{
    return trials->question == BACKTEST_LATE ? trial->row->p_late : trial->row->p_lost;
}

double
trial_silence_days(const Trials *trials, const Trial *trial)
{
    (void)trials;
    return (double)trial->row->silence_hours / 24;
}

double
trial_age_days(const Trials *trials, const Trial *trial)
{
    (void)trials;
    return (double)trial->row->age_hours / 24;
}

double
trial_delivered_only(const Trials *trials, const Trial *trial)
{
    (void)trials;
    return (double)trial->row->rule_late;
}

static Fate
fate_of(const BacktestParcel *parcel, BacktestQuestion question, Instant night)
{
    return question == BACKTEST_LATE ? parcel->outcome.late
                                     : fate_lost_on(parcel->outcome.lost, parcel->moved_at, night);
}

static void
add_row(Trials *trials, const BacktestRow *row)
{
    const BacktestParcel *const parcel = &trials->report->parcels[row->parcel];
    const Fate fate = fate_of(parcel, trials->question, trials->report->nights[row->night].as_of);
    const Trial trial = {.row = row, .parcel = parcel, .happened = fate == FATE_YES};

    if (!row->asked[trials->question])
        return;
    if (isnan(trial_stated(trials, &trial)))
        trials->abstained++;
    else if (fate == FATE_UNKNOWN)
        trials->not_matured++;
    else
        ARENA_PUSH(trials, trial);
}

Trials
trials_of(const BacktestReport *report, BacktestQuestion question, Arena *arena)
{
    Trials trials = {.arena = arena, .report = report, .question = question};

    trials.first = ARENA_ARRAY(arena, size_t, report->night_count + 1);
    for (size_t n = 0; n < report->night_count; n++) {
        trials.first[n] = trials.count;
        for (size_t i = 0; i < report->nights[n].row_count; i++)
            add_row(&trials, &report->nights[n].rows[i]);
    }
    trials.first[report->night_count] = trials.count;
    return trials;
}

ScoredList
trials_scored(
    const Trials *trials, const bool *chosen, TrialMethod method, bool weighted, Arena *arena)
{
    Scored *const items = ARENA_ARRAY(arena, Scored, trials->count);
    const Trial **const sources = ARENA_ARRAY(arena, const Trial *, trials->count);
    size_t count = 0;

    for (size_t i = 0; i < trials->count; i++) {
        const Trial *const trial = &trials->items[i];
        const double probability = method(trials, trial);

        if ((chosen != NULL && !chosen[i]) || isnan(probability))
            continue;
        sources[count] = trial;
        items[count++] = (Scored){
            .probability = probability,
            .happened = trial->happened,
            .weight = weighted ? trial->parcel->weight : 1,
            .group = trial->row->night,
        };
    }
    return (ScoredList){items, sources, count};
}

// The items come by night.
size_t
trial_draws(const Scored *items, size_t count, size_t draws)
{
    size_t nights = 0;

    for (size_t i = 0; i < count; i++)
        nights += i == 0 || items[i].group != items[i - 1].group;
    return nights < TRIAL_NIGHTS_LEAST ? 0 : draws;
}

static double
mean_stated(const ScoredList *list)
{
    double sum = 0, weight = 0;

    for (size_t i = 0; i < list->count; i++) {
        sum += list->items[i].weight * list->items[i].probability;
        weight += list->items[i].weight;
    }
    return weight > 0 ? sum / weight : NAN;
}

static double
weight_of(const ScoredList *list)
{
    double weight = 0;

    for (size_t i = 0; i < list->count; i++)
        weight += list->items[i].weight;
    return weight;
}

// The weighted share that happened among all of each trial's carrier and service. Both names are kept once (parcels.h), so
// their addresses tell them apart.
static const double *
service_rates(const ScoredList *list, Arena *arena)
{
    typedef struct Service
    {
        const char *carrier, *service;
    } Service;
    Map *const map = map_create(arena);
    double *const all = ARENA_ARRAY(arena, double, list->count + 1);
    double *const happened = ARENA_ARRAY(arena, double, list->count + 1);
    double *const rates = ARENA_ARRAY(arena, double, list->count + 1);

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < list->count; i++) {
            const BacktestParcel *const parcel = list->trials[i]->parcel;
            const Service key = {parcel->carrier, parcel->service};
            const size_t at =
                (size_t)map_intern(map, &key, sizeof key, (int64_t)map_count(map), NULL);

            if (pass == 0) {
                all[at] += list->items[i].weight;
                happened[at] += list->items[i].happened ? list->items[i].weight : 0;
            } else
                rates[i] = happened[at] / all[at];
        }
    return rates;
}

// Brier skill against stating to everybody the rate of their carrier and service.
static double
service_skill(const ScoredList *list)
{
    Arena *const scratch = arena_create();
    const double *const rates = service_rates(list, scratch);
    double ours = 0, theirs = 0;

    for (size_t i = 0; i < list->count; i++) {
        const Scored *const item = &list->items[i];
        const double happened = item->happened ? 1 : 0;
        const double missed = item->probability - happened, by_rate = rates[i] - happened;

        ours += item->weight * missed * missed;
        theirs += item->weight * by_rate * by_rate;
    }
    arena_destroy(scratch);
    return theirs > 0 ? 1 - ours / theirs : NAN;
}

static BacktestNumber
number(double value, ScoreInterval interval)
{
    return (BacktestNumber){value, interval.low, interval.high};
}

BacktestScores
scores_summed(const Trials *trials, const ScoredList *list, bool is_probability, size_t draws)
{
    const BacktestNumber none = {NAN, NAN, NAN};
    const Scores scores = scores_of(list->items, list->count);
    const ScoreIntervals intervals = scores_bootstrap(list->items, list->count,
        trials->report->night_count, trial_draws(list->items, list->count, draws), SEED);
    BacktestScores out = {
        .count = (int64_t)list->count,
        .weight = weight_of(list),
        .base_rate = scores.base_rate,
        .auc = number(scores.auc, intervals.auc),
        .average_precision = number(scores.average_precision, intervals.average_precision),
        .brier = none,
        .log_loss = none,
        .ece = none,
        .stated = NAN,
        .brier_skill = NAN,
        .service_skill = NAN,
        .slope = NAN,
        .intercept = NAN,
    };

    if (!is_probability)
        return out;
    out.brier = number(scores.brier, intervals.brier);
    out.log_loss = number(scores.log_loss, intervals.log_loss);
    out.ece = number(scores.ece, intervals.ece);
    out.stated = mean_stated(list);
    out.brier_skill = scores.brier_skill;
    out.service_skill = service_skill(list);
    out.slope = scores.slope;
    out.intercept = scores.intercept;
    return out;
}

const BacktestBin *
scores_bars(const ScoredList *list, size_t n, Arena *arena)
{
    ReliabilityBin *const bins = ARENA_ARRAY(arena, ReliabilityBin, n);
    BacktestBin *const bars = ARENA_ARRAY(arena, BacktestBin, n);

    scores_reliability(list->items, list->count, n, bins);
    for (size_t i = 0; i < n; i++)
        bars[i] = (BacktestBin){
            .from = (double)i / (double)n,
            .to = (double)(i + 1) / (double)n,
            .count = (int64_t)bins[i].count,
            .stated = bins[i].stated,
            .happened = bins[i].happened,
            .low = bins[i].low,
            .high = bins[i].high,
        };
    return bars;
}
