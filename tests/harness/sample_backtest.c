#include "tests/harness/sample_backtest.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

enum
{
    NIGHTS = 12,
    POINTS = 9,
    BINS = 20
};

static const BacktestNumber unknown = {NAN, NAN, NAN};

static BacktestNumber
about(double value, double margin)
{
    return (BacktestNumber){value, value - margin, value + margin};
}

static BacktestScores
scores(double base, double auc, double log_loss, double ece)
{
    return (BacktestScores){.count = 31142,
        .weight = 31142,
        .base_rate = base,
        .stated = base + .004,
        .brier = about(.72 * base, .003),
        .log_loss = about(log_loss, .011),
        .auc = about(auc, .009),
        .average_precision = about(auc - .4, .02),
        .ece = about(ece, ece / 4),
        .brier_skill = .148,
        .service_skill = .121,
        .slope = .97,
        .intercept = -.02};
}

static BacktestScores
ranking(double base, double auc)
{
    BacktestScores result = {.count = 31142,
        .weight = 31142,
        .base_rate = base,
        .stated = NAN,
        .brier = unknown,
        .log_loss = unknown,
        .auc = {auc, NAN, NAN},
        .average_precision = {auc - .5, NAN, NAN},
        .ece = unknown,
        .brier_skill = NAN,
        .service_skill = NAN,
        .slope = NAN,
        .intercept = NAN};

    return result;
}

static const BacktestBin *
bins(Arena *arena, double bias)
{
    BacktestBin *const items = ARENA_ARRAY(arena, BacktestBin, BINS);

    for (int i = 0; i < BINS; i++) {
        const double stated = (i + .4) / BINS;
        const double happened = fmin(fmax(stated + bias * (i % 3 - 1), 0), 1);
        const double margin = .01 + .004 * i;
        const bool empty = i == 17;

        items[i] = (BacktestBin){.from = (double)i / BINS,
            .to = (i + 1.) / BINS,
            .count = empty ? 0 : 9000 / (i + 1),
            .stated = empty ? (double)NAN : stated,
            .happened = empty ? (double)NAN : happened,
            .low = empty ? (double)NAN : fmax(happened - margin, 0),
            .high = empty ? (double)NAN : fmin(happened + margin, 1)};
    }
    return items;
}

// Corners of a curve that bends as far as power says.
static BacktestCurve
curve(Arena *arena, double power, bool falling)
{
    BacktestPoint *const points = ARENA_ARRAY(arena, BacktestPoint, POINTS);

    for (int i = 0; i < POINTS; i++) {
        const double x = (double)i / (POINTS - 1);

        points[i] = (BacktestPoint){
            x, falling ? 1 - .9 * pow(x, 1 / power) : pow(x, power), i == 0 ? INFINITY : 1 - x};
    }
    return (BacktestCurve){points, POINTS};
}

static BacktestMethod
method(Arena *arena, const char *name, const char *label, BacktestScores of, double power)
{
    const bool probable = !isnan(of.ece.value);

    return (BacktestMethod){.name = name,
        .label = label,
        .is_probability = probable,
        .scores = of,
        .unweighted = of,
        .precision_at_list = .8 - power / 2,
        .precision_at_100 = .9 - power / 2,
        .bins = probable ? bins(arena, of.ece.value * 2) : NULL,
        .bin_count = probable ? BINS : 0,
        .roc = curve(arena, power, false),
        .precision_recall = curve(arena, 3 * power, true)};
}

static const BacktestMethod *
methods(Arena *arena, double base, bool late, size_t *count)
{
    BacktestMethod *const items = ARENA_ARRAY(arena, BacktestMethod, 5);

    items[0] =
        method(arena, "stated", "Vigie, as people were told", scores(base, .821, .3617, .0051), .2);
    items[1] =
        method(arena, "raw", "Vigie before recalibration", scores(base, .8205, .3709, .0132), .21);
    items[2] = method(arena, "silence", "silent for N days", ranking(base, .71), .45);
    items[3] = method(arena, "age", "N days old", ranking(base, .66), .55);
    items[4] = method(arena, "delivered_only", "quantiles of delivered parcels",
        scores(base, .74, .436, .061), .4);
    *count = late ? 5 : 4;
    return items;
}

static BacktestList
list(const char *name, const char *label, double precision, double recall, double stated,
    double happened)
{
    return (BacktestList){.name = name,
        .label = label,
        .is_rule = isnan(stated),
        .listed = (int64_t)(3000 * recall),
        .precision = precision,
        .recall = recall,
        .average_precision = precision * recall,
        .alarms_per_1000 = 17.2 * recall,
        .false_stated = stated,
        .false_happened = about(happened, .008),
        .vigie_precision = fmax(precision, .7)};
}

static const BacktestList *
lists(Arena *arena, bool late, size_t *count)
{
    BacktestList *const items = ARENA_ARRAY(arena, BacktestList, 5);

    items[0] = list("cases", "Vigie's cases", .952, .71, .05, .048);
    items[1] = list("fdr_5", "Vigie, 5% false", .953, .68, .05, .047);
    items[2] = list("fdr_20", "Vigie, 20% false", .79, .8, .2, .21);
    items[3] = list("silence_7", "silent over 7 days", .62, .9, NAN, .38);
    items[4] = list("age_20", "older than 20 days", .41, .77, NAN, .59);
    *count = late ? 1 : 5;
    return items;
}

static BacktestGroups
groups(Arena *arena, const char *first, const char *second, double base)
{
    BacktestGroup *const items = ARENA_ARRAY(arena, BacktestGroup, 2);

    items[0] = (BacktestGroup){.name = first,
        .label = first,
        .stated = scores(base, .83, .35, .006),
        .raw = scores(base, .829, .36, .014),
        .bins = bins(arena, .01),
        .bin_count = BINS};
    items[1] = (BacktestGroup){.name = second,
        .label = second,
        .stated = scores(base * 2, .78, .41, .011),
        .raw = scores(base * 2, .78, .42, .03),
        .bins = bins(arena, .03),
        .bin_count = BINS};
    return (BacktestGroups){.items = items, .count = 2, .left_out = 3};
}

static BacktestAnswer
answer(Arena *arena, bool late)
{
    const double base = late ? .104 : .031;
    BacktestAnswer result = {.name = late ? "late" : "lost",
        .population = late ? "parcels handed over at most 60 days ago with their promise ahead"
                           : "parcels handed over at most 60 days ago and not over",
        .truth = late ? "presented after the end of the promised day, or never"
                      : "not presented and not over 60 days after hand-over",
        .carriers = groups(arena, "correios", "<b>swift</b> & sons", base),
        .milestones = groups(arena, "in transit", "out for delivery", base),
        .parcels = 14220,
        .not_matured = 310,
        .abstained = 42};

    result.methods = methods(arena, base, late, &result.method_count);
    result.lists = lists(arena, late, &result.list_count);
    return result;
}

static const BacktestNight *
nights(Arena *arena, Day first)
{
    BacktestNight *const items = ARENA_ARRAY(arena, BacktestNight, NIGHTS);

    for (int i = 0; i < NIGHTS; i++) {
        const double wave = sin(i);

        items[i] = (BacktestNight){.as_of = (Instant)(first + 7 * i + 1) * HOURS_24,
            .day = first + 7 * i,
            .judged = 2600 + 40 * i,
            .abstained = i % 4,
            .lost_false_share = .05};
        items[i].cases[CASE_LATE] = 120 + 3 * i;
        items[i].cases[CASE_LOST] = 60 + i;
        items[i].of[BACKTEST_LATE].count = i == NIGHTS - 1 ? 0 : 2500;
        items[i].of[BACKTEST_LATE].stated = .104 + .01 * wave;
        items[i].of[BACKTEST_LATE].happened = .1 + .03 * wave;
        items[i].of[BACKTEST_LATE].auc = .8 + .02 * wave;
        items[i].of[BACKTEST_LOST].count = i > 6 ? 0 : 2500;
        items[i].of[BACKTEST_LOST].stated = .03;
        items[i].of[BACKTEST_LOST].happened = .03 + .004 * wave;
        items[i].of[BACKTEST_LOST].auc = .95;
    }
    return items;
}

const BacktestReport *
sample_backtest(Arena *arena)
{
    BacktestReport *const report = ARENA_NEW(arena, BacktestReport);
    const Day first = day_from_civil(2017, 8, 25);

    *report = (BacktestReport){.version = "1.0",
        .merchant = "Olist & <Filhos>",
        .time_zone = "America/Sao_Paulo",
        .from = first,
        .to = first + 7 * (NIGHTS - 1),
        .every_days = 7,
        .outcomes_known_by = (Instant)day_from_civil(2018, 3, 29) * HOURS_24,
        .age_days = 60,
        .horizon_days = 60,
        .recalibration_days = 28,
        .at_risk_probability = .5,
        .lost_probability = .8,
        .set_aside = 17,
        .draws = 200,
        .nights = nights(arena, first),
        .night_count = NIGHTS,
        .lead = {.late = 1480,
            .warned = 903,
            .low = 30,
            .median = 71,
            .high = 140,
            .days = {90, 170, 140, 120, 95, 80, 60, 45, 33, 25, 18, 11, 8, 5, 3}},
        .silence = {{.1, .17, 1.7}, {.01, .026, 2.6}, {.001, .0037, 3.7}}};
    report->answers[BACKTEST_LATE] = answer(arena, true);
    report->answers[BACKTEST_LOST] = answer(arena, false);
    return report;
}

const BacktestReport *
sample_backtest_unknown(Arena *arena)
{
    BacktestReport *const report = ARENA_NEW(arena, BacktestReport);
    BacktestNight *const night = ARENA_NEW(arena, BacktestNight);
    BacktestMethod *const empty = ARENA_NEW(arena, BacktestMethod);

    *night = (BacktestNight){
        .day = day_from_civil(2017, 8, 25), .judged = 3, .abstained = 3, .lost_false_share = NAN};
    *empty = method(arena, "stated", "Vigie, as people were told", ranking(NAN, NAN), .5);
    empty->scores.count = 0;
    empty->roc = empty->precision_recall = (BacktestCurve){0};
    *report = *sample_backtest(arena);
    report->nights = night;
    report->night_count = 1;
    report->lead = (BacktestLead){.low = NAN, .median = NAN, .high = NAN};
    report->outcomes_known_by = INSTANT_NONE;
    for (int i = 0; i < BACKTEST_QUESTIONS; i++) {
        BacktestAnswer *const asked = &report->answers[i];

        asked->methods = empty;
        asked->method_count = 1;
        asked->list_count = 0;
        asked->carriers = asked->milestones = (BacktestGroups){0};
    }
    for (int i = 0; i < BACKTEST_QUESTIONS; i++)
        night->of[i].stated = night->of[i].happened = night->of[i].auc = NAN;
    return report;
}
