#include "jobs/proof/answers.h"

#include "core/map.h"
#include "detectors/stats/quantiles.h"

#include <math.h>
#include <string.h>

#define BARS         20
#define CURVE_POINTS 200

typedef struct MethodSpec
{
    const char *name, *label;
    TrialMethod of;
    bool is_probability, late_only;
} MethodSpec;

static const MethodSpec methods[] = {
    {"stated", "Vigie, as stated", trial_stated, true, false},
    {"raw", "Vigie, before recalibration", trial_raw, true, false},
    {"silence", "silent for N days", trial_silence_days, false, false},
    {"age", "handed over N days ago", trial_age_days, false, false},
    {"delivered_only", "delivered-only quantiles", trial_delivered_only, true, true},
};

enum
{
    METHODS = sizeof methods / sizeof methods[0]
};

static BacktestCurve
curve_of(Arena *arena, const CurvePoint *points, size_t count)
{
    BacktestPoint *const copies = ARENA_ARRAY(arena, BacktestPoint, count);

    for (size_t i = 0; i < count; i++)
        copies[i] = (BacktestPoint){points[i].x, points[i].y, points[i].threshold};
    return (BacktestCurve){copies, count};
}

static BacktestMethod
judge_method(const Trials *trials, const MethodSpec *spec, const bool *listed, Arena *arena)
{
    Arena *const scratch = arena_create();
    const ScoredList list = trials_scored(trials, NULL, spec->of, true, scratch);
    BacktestMethod method = {
        .name = spec->name,
        .label = spec->label,
        .is_probability = spec->is_probability,
        .scores = scores_summed(trials, &list, spec->is_probability, ANSWER_DRAWS),
        .precision_at_list = answer_precision(trials, spec->of, listed),
        .precision_at_100 = answer_precision(trials, spec->of, NULL),
    };
    size_t count;
    const CurvePoint *points = scores_roc(scratch, list.items, list.count, CURVE_POINTS, &count);

    method.roc = curve_of(arena, points, count);
    points = scores_precision_recall(scratch, list.items, list.count, CURVE_POINTS, &count);
    method.precision_recall = curve_of(arena, points, count);
    if (spec->is_probability) {
        method.bins = scores_bars(&list, BARS, arena);
        method.bin_count = BARS;
    }
    method.unweighted = method.scores;
    if (trials->report->is_weighted) {
        const ScoredList rows = trials_scored(trials, NULL, spec->of, false, scratch);

        method.unweighted = scores_summed(trials, &rows, spec->is_probability, ANSWER_DRAWS);
    }
    arena_destroy(scratch);
    return method;
}

static int64_t
count_parcels(const Trials *trials)
{
    Arena *const scratch = arena_create();
    bool *const seen = ARENA_ARRAY(scratch, bool, trials->report->parcel_count);
    int64_t count = 0;

    for (size_t i = 0; i < trials->count; i++) {
        bool *const mark = &seen[trials->items[i].row->parcel];

        count += !*mark;
        *mark = true;
    }
    arena_destroy(scratch);
    return count;
}

static const char *
population_of(const BacktestReport *report, BacktestQuestion question, Arena *arena)
{
    if (question == BACKTEST_LATE)
        return arena_printf(arena,
            "promise ahead, accepted at most %d days before the night, not presented yet",
            report->age_days);
    return arena_printf(arena, "accepted at most %d days before the night, not presented yet",
        report->age_days < report->horizon_days ? report->age_days : report->horizon_days);
}

static const char *
truth_of(const BacktestReport *report, BacktestQuestion question, Arena *arena)
{
    if (question == BACKTEST_LATE)
        return "not presented by the promise";
    return arena_printf(arena,
        "never moved again, neither presented nor otherwise over within %d days after acceptance",
        report->horizon_days);
}

static BacktestAnswer
answer_of(const Trials *trials, Arena *arena)
{
    const BacktestReport *const report = trials->report;
    const BacktestQuestion question = trials->question;
    BacktestMethod *const judged = ARENA_ARRAY(arena, BacktestMethod, METHODS);
    const bool *const listed = answer_listed(trials, arena);
    BacktestAnswer answer = {
        .name = question == BACKTEST_LATE ? "late" : "lost",
        .population = population_of(report, question, arena),
        .truth = truth_of(report, question, arena),
        .methods = judged,
        .parcels = count_parcels(trials),
        .not_matured = trials->not_matured,
        .abstained = trials->abstained,
    };

    for (size_t i = 0; i < METHODS; i++)
        if (question == BACKTEST_LATE || !methods[i].late_only)
            judged[answer.method_count++] = judge_method(trials, &methods[i], listed, arena);
    answer.lists = answer_lists(trials, arena, &answer.list_count);
    answer_groups(trials, arena, &answer);
    return answer;
}

static void
score_nights(const Trials *trials, BacktestNight *nights)
{
    Arena *const scratch = arena_create();
    const ScoredList all = trials_scored(trials, NULL, trial_stated, true, scratch);

    for (size_t n = 0; n < trials->report->night_count; n++) {
        const size_t first = trials->first[n], count = trials->first[n + 1] - first;
        const Scores scores = scores_of(all.items + first, count);
        double stated = 0;

        for (size_t i = first; i < first + count; i++)
            stated += all.items[i].probability;
        nights[n].of[trials->question].count = (int64_t)count;
        nights[n].of[trials->question].stated = count > 0 ? stated / (double)count : NAN;
        nights[n].of[trials->question].happened = scores.base_rate;
        nights[n].of[trials->question].brier = scores.brier;
        nights[n].of[trials->question].log_loss = scores.log_loss;
        nights[n].of[trials->question].auc = scores.auc;
    }
    arena_destroy(scratch);
}

// Silence is only asked to be rare among parcels that were to move again.
static void
score_silence(const Trials *lost, BacktestSilence out[BACKTEST_SILENCES])
{
    static const double nominal[] = {.1, .01, .001};

    for (size_t k = 0; k < BACKTEST_SILENCES; k++) {
        int64_t all = 0, below = 0;

        for (size_t i = 0; i < lost->count; i++) {
            const double p = (double)lost->items[i].row->silence_p;

            if (lost->items[i].happened || isnan(p))
                continue;
            all++;
            below += p <= nominal[k];
        }

        const double share = all > 0 ? (double)below / (double)all : NAN;

        out[k] = (BacktestSilence){nominal[k], share, share / nominal[k]};
    }
}

// Nights come in order, so the first listing of a parcel is the earliest.
static BacktestLead
lead_of(const Trials *late)
{
    const BacktestReport *const report = late->report;
    Arena *const scratch = arena_create();
    const bool *const listed = answer_listed(late, scratch);
    bool *const seen = ARENA_ARRAY(scratch, bool, report->parcel_count);
    bool *const warned = ARENA_ARRAY(scratch, bool, report->parcel_count);
    double *const hours = ARENA_ARRAY(scratch, double, report->parcel_count);
    BacktestLead lead = {0};
    size_t told;

    for (size_t i = 0; i < late->count; i++) {
        const Trial *const trial = &late->items[i];
        const uint32_t parcel = trial->row->parcel;

        if (!trial->happened)
            continue;
        lead.late += !seen[parcel];
        seen[parcel] = true;
        if (!listed[i] || warned[parcel])
            continue;

        const Instant ahead = trial->parcel->promised_at - report->nights[trial->row->night].as_of;
        const int64_t days = ahead / HOURS_24;

        warned[parcel] = true;
        hours[lead.warned++] = (double)ahead / (double)HOUR;
        lead.days[days < BACKTEST_LEAD_DAYS ? days : BACKTEST_LEAD_DAYS - 1]++;
    }

    const double *const sorted = quantiles_sort(scratch, hours, (size_t)lead.warned, &told);

    lead.low = quantile_of(sorted, told, .25, QUANTILE_MODES);
    lead.median = quantile_median(sorted, told);
    lead.high = quantile_of(sorted, told, .75, QUANTILE_MODES);
    arena_destroy(scratch);
    return lead;
}

void
answers_fill(BacktestReport *report, BacktestNight *nights, Arena *arena)
{
    Arena *const scratch = arena_create();
    const Trials late = trials_of(report, BACKTEST_LATE, scratch);
    const Trials lost = trials_of(report, BACKTEST_LOST, scratch);

    report->draws = ANSWER_DRAWS;
    score_nights(&late, nights);
    score_nights(&lost, nights);
    report->answers[BACKTEST_LATE] = answer_of(&late, arena);
    report->answers[BACKTEST_LOST] = answer_of(&lost, arena);
    report->lead = lead_of(&late);
    score_silence(&lost, report->silence);
    arena_destroy(scratch);
}
