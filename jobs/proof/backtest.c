/*
 * backtest: what would Vigie have said on nights of the past, and how true was it?
 */
#include "core/clock.h"
#include "core/file.h"
#include "jobs/frame/screen.h"
#include "jobs/proof/answers.h"
#include "jobs/proof/replay.h"
#include "reports/reports.h"

#include <inttypes.h>

extern const Command command_backtest;

#define NIGHTS_MOST 4000

// The days asked for, which must lie in order and not after what is known.
static bool
read_plan(const Job *job, ReplayPlan *plan, Err *err)
{
    int64_t every, age;

    if (!job_option_day(job, "from", DAY_NONE, &plan->from, err) ||
        !job_option_day(job, "to", DAY_NONE, &plan->to, err) ||
        !job_option_int(job, "every", 1, 366, 1, &every, err) ||
        !job_option_int(job, "age", 1, 3650, 60, &age, err))
        return false;
    plan->every_days = (int32_t)every;
    plan->age_days = (int32_t)age;
    if (plan->from == DAY_NONE || plan->to == DAY_NONE)
        return err_set(err, ERR_CONFIG, "\"backtest\" needs --from and --to");
    if (plan->to < plan->from)
        return err_set(err, ERR_CONFIG, "--to %s lies before --from %s",
            day_print(job->arena, plan->to), day_print(job->arena, plan->from));
    if ((plan->to - plan->from) / every >= NIGHTS_MOST)
        return err_set(err, ERR_CONFIG, "more than %d nights: take a greater --every", NIGHTS_MOST);
    if (zone_day_end(job->zone, plan->to) > job->as_of)
        return err_set(err, ERR_CONFIG,
            "--to %s has not ended by %s, the instant by which outcomes are known",
            day_print(job->arena, plan->to), zone_print(job->arena, job->zone, job->as_of));
    return true;
}

static const BacktestParcel *
settle(const Replay *replay, Instant known_at, int32_t horizon_days, bool *is_weighted)
{
    const Parcels *const parcels = &replay->parcels;
    BacktestParcel *const out = ARENA_ARRAY(replay->arena, BacktestParcel, parcels->count);

    for (size_t i = 0; i < parcels->count; i++) {
        const Parcel *const parcel = &parcels->items[i];

        out[i] = (BacktestParcel){
            .id = parcel->id,
            .carrier = parcel->carrier,
            .service = parcel->service,
            .promised_at = parcel->ending.promised_at,
            .outcome = outcome_of(&parcel->ending, known_at, horizon_days),
            .moved_at = parcel->moved_at,
            .weight = parcel->weight,
        };
        *is_weighted |= parcel->weight != 1;
    }
    return out;
}

static BacktestReport
report_of(const Replay *replay)
{
    const Job *const job = replay->run->job;
    const Settings *const settings = job->settings;
    BacktestReport report = {
        .version = VIGIE_VERSION,
        .merchant = settings->merchant.name,
        .time_zone = settings->time_zone,
        .from = replay->plan.from,
        .to = replay->plan.to,
        .every_days = replay->plan.every_days,
        .outcomes_known_by = job->as_of,
        .age_days = replay->plan.age_days,
        .horizon_days = (int32_t)settings->learn.loss_horizon_days,
        .recalibration_days = replay_recalibration_days(&replay->plan),
        .at_risk_probability = settings->detect.at_risk_probability,
        .lost_probability = settings->detect.lost_probability,
        .set_aside = replay->set_aside,
        .nights = replay->nights,
        .night_count = replay->night_count,
        .parcel_count = replay->parcels.count,
    };

    report.parcels = settle(replay, job->as_of, report.horizon_days, &report.is_weighted);
    for (size_t n = 0; n < report.night_count; n++)
        report.row_count += (int64_t)report.nights[n].row_count;
    answers_fill(&report, replay->nights, replay->arena);
    return report;
}

typedef struct CsvParts
{
    const BacktestReport *report;
    Arena *arena;  // of one part
    size_t next;
} CsvParts;

// The CSV night by night: there may be millions of parcel-nights.
static void
csv_part(void *data, const char **bytes, size_t *length)
{
    CsvParts *const parts = data;

    arena_reset(parts->arena);
    *length = 0;
    if (parts->next <= parts->report->night_count)
        *bytes = report_backtest_csv(parts->arena, parts->report, parts->next++, length);
}

static bool
write_csv(const BacktestReport *report, const char *path, Err *err)
{
    CsvParts parts = {.report = report, .arena = arena_create()};
    const bool written = file_write_parts(path, csv_part, &parts, err);

    arena_destroy(parts.arena);
    return written;
}

typedef struct Documents
{
    const char *html, *json;
    size_t html_length, json_length;
} Documents;

static bool
write_files(const Job *job, const BacktestReport *report, const Documents *documents, Err *err)
{
    Arena *const arena = job->arena;
    const char *const folder = file_join(arena, file_real(arena, job->settings->output),
        arena_printf(
            arena, "backtest-%s-%s", day_print(arena, report->from), day_print(arena, report->to)));

    if (!file_make_folder(folder, err) ||
        !file_write(file_join(arena, folder, "backtest.html"), documents->html,
            documents->html_length, err) ||
        !file_write(file_join(arena, folder, "backtest.json"), documents->json,
            documents->json_length, err) ||
        !write_csv(report, file_join(arena, folder, "backtest.csv"), err))
        return false;
    log_info(job->log, "reports", FIELDS(field_text("folder", folder)));
    return true;
}

static bool
show(const Job *job, const BacktestReport *report, Err *err)
{
    Documents documents;

    if (!report_backtest_html(job->arena, report, &documents.html, &documents.html_length, err) ||
        !report_backtest_json(job->arena, report, &documents.json, &documents.json_length, err) ||
        (!job->dry_run && !write_files(job, report, &documents, err)))
        return false;
    if (job->format == FORMAT_JSON)
        fwrite(documents.json, 1, documents.json_length, job->out);
    else
        fputs(report_backtest_table(job->arena, report, screen_columns(job)), job->out);
    return true;
}

static bool
run_backtest(Job *job, Err *err)
{
    ReplayPlan plan;
    Replay replay;
    Run run;

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"backtest\" prints text or json");
    if (!read_plan(job, &plan, err) || !run_begin_reading(job, &run, err) ||
        !replay_nights(&run, &plan, job->arena, &replay, err) ||
        !parcels_look_at_all(&replay.parcels, replay.source, &run.rulebook, job->as_of, err))
        return false;

    const int64_t started = clock_monotonic_micros();
    const BacktestReport report = report_of(&replay);

    log_info(job->log, "scored",
        FIELDS(field_int("parcel_nights", report.row_count),
            field_int("parcels", (int64_t)report.parcel_count),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
    return show(job, &report, err);
}

static const OptionSpec options[] = {
    {"from", 0, "DATE", "first night"},
    {"to", 0, "DATE", "last night, if --every meets it"},
    {"every", 0, "DAYS", "days from one night to the next (1 by default)"},
    {"age", 0, "DAYS",
        "score parcels accepted at most so many days before the night (60 by default)"},
    {0},
};

const Command command_backtest = {
    .name = "backtest",
    .summary = "replay nights of the past and score what Vigie would have said",
    .usage = "",
    .description =
        "Replays every night from --from to --to with only what was known then: learns, "
        "recalibrates by the statements that had matured, and judges each parcel on its way. Then "
        "it looks at what became of them, as far as it is known by --as-of, and scores P(late) and "
        "P(lost) beside the rules that people use: silent for N days, handed over N days ago, and "
        "the quantiles of delivered parcels.\n\n"
        "Writes backtest.html, backtest.json (docs/backtest.schema.json) and backtest.csv (one "
        "row per parcel-night) into backtest-FROM-TO under the output folder and prints a summary. "
        "Nothing is written to any database, and no lock is taken: tonight need not wait. "
        "Incidents, which compare each night with the one before, are not replayed.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT | WRITES,
    .options = options,
    .examples = (const char *const[]){"vigie backtest --from 2026-08-01 --to 2026-10-31 --every 7",
        "vigie backtest --from 2026-10-01 --to 2026-10-31 --as-of 2026-11-20", NULL},
    .run = run_backtest,
};
