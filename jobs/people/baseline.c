/*
 * baseline: what is normal after a scan, for a carrier, a service, a lane.
 */
#include "jobs/people/baseline.h"

#include "core/file.h"
#include "reports/baseline.h"
#include "sql/learned.h"
#include "sql/migrate.h"

#include <math.h>
#include <string.h>

extern const Command command_baseline;

// From the days on which the carrier's gaps began.
static void
tell_age(const BaselineQuestion *question, const Learned *learned, NormalReport *report)
{
    const Day today = zone_day(question->job->zone, learned->as_of);
    double weight = 0;
    double sum = 0;

    for (size_t i = 0; i < learned->day_count; i++) {
        const CohortDay *const day = &learned->days[i];
        const double age = today - day->day;
        const double gaps = (double)(day->closed + day->open) / COHORT_UNIT;
        const double counts = gaps * exp2(-age / report->half_life_days);

        if (day->measure != question->measure || strcmp(day->carrier, question->carrier) != 0)
            continue;
        report->gaps += llround(gaps);
        weight += counts;
        sum += counts * age;
        if (report->first_day == DAY_NONE || day->day < report->first_day)
            report->first_day = day->day;
        if (report->last_day == DAY_NONE || day->day > report->last_day)
            report->last_day = day->day;
    }
    report->age_days = weight > 0 ? sum / weight : (double)NAN;
}

static void
describe(const BaselineQuestion *question, const Bench *bench, Milestone milestone, Normal *out)
{
    normal_describe(bench->baselines, question->carrier, question->service, question->origin,
        question->destination, (Stage)milestone, question->measure, question->job->arena, out);
}

// The milestone asked for, or all after which something was learned of this group.
static void
describe_all(const BaselineQuestion *question, const Bench *bench, NormalReport *report)
{
    Normal *const items = ARENA_ARRAY(question->job->arena, Normal, MILESTONE_COUNT);

    for (Milestone milestone = MILESTONE_ANNOUNCED; milestone < MILESTONE_COUNT; milestone++) {
        if (question->milestone != MILESTONE_UNMAPPED && milestone != question->milestone)
            continue;
        describe(question, bench, milestone, &items[report->count]);

        const Normal *const normal = &items[report->count];
        const NormalGround *const own = &normal->grounds[normal->ground_count - 1];

        if (own->events > 0 || question->milestone != MILESTONE_UNMAPPED)
            report->count++;
    }
    report->items = items;
}

static bool
gather(BaselineQuestion *question, NormalReport *out, Err *err)
{
    Job *const job = question->job;
    Rulebook rulebook;
    Bench bench;
    Db *const db = run_connect(job, job->arena, err);
    const Learned *const learned =
        db && migrate_check(db, err) && rulebook_load(job, &rulebook, err)
            ? learned_read(db, job->arena, job->as_of, err)
            : NULL;

    if (learned == NULL ||
        !bench_make(job, &rulebook, learned, learned->as_of, job->arena, &bench, err) ||
        !baseline_settle(question, &bench, err))
        return false;
    *out = (NormalReport){.merchant = job->settings->merchant.name,
        .carrier = question->carrier,
        .service = question->service ? question->service : "",
        .lane = question->lane ? question->lane : "",
        .as_of = job->as_of,
        .learned_as_of = learned->as_of,
        .first_day = DAY_NONE,
        .last_day = DAY_NONE,
        .half_life_days = (double)job->settings->learn.half_life_days};
    tell_age(question, learned, out);
    describe_all(question, &bench, out);
    return true;
}

static bool
write_file(const char *file, const char *bytes, size_t length, Err *err)
{
    Arena *const arena = arena_create();
    const bool done =
        file_write(file_real(arena, file), bytes, length, err) || err_context(err, "\"%s\"", file);

    arena_destroy(arena);
    return done;
}

static bool
write_files(const Job *job, const NormalReport *report, Err *err)
{
    const char *const svg = job_option(job, "svg");
    const char *const html = job_option(job, "html");
    const char *bytes = NULL;
    size_t length = 0;

    if (svg && (!report_baseline_svg(job->arena, report, &bytes, &length, err) ||
                   !write_file(svg, bytes, length, err)))
        return false;
    return !html || (report_baseline_html(job->arena, report, job->zone, &bytes, &length, err) &&
                        write_file(html, bytes, length, err));
}

static bool
baseline_run(Job *job, Err *err)
{
    BaselineQuestion question;
    NormalReport report;
    Text out = {.arena = job->arena};

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"baseline\" prints text or json");
    if (!baseline_read(job, &question, err) || !gather(&question, &report, err) ||
        !write_files(job, &report, err))
        return false;
    if (job->format == FORMAT_JSON) {
        screen_json(job, baseline_json(job->arena, &report));
        return true;
    }
    baseline_text(&question, &report, &out, screen_columns(job));
    fputs(text_get(&out), job->out);
    return true;
}

static const OptionSpec options[] = {
    {"measure", 0, "MEASURE", "move: to the next scan (default); arrive: to first presentation"},
    {"svg", 0, "FILE", "draw the curve into this file as well"},
    {"html", 0, "FILE", "write it all as a page into this file as well"},
    {0},
};

const Command command_baseline = {
    .name = "baseline",
    .summary = "tell what is normal for a carrier, a service or a lane",
    .usage = "CARRIER [SERVICE] [LANE] [MILESTONE]",
    .description =
        "Prints within which time parcels move on after a scan, the share that never does, how "
        "operations rest on weekends and holidays, and on how much history that rests: the events "
        "of the lane, its service, its carrier and all carriers, and which share of the answer "
        "comes from each.\n\n"
        "LANE is ORIGIN>DESTINATION, in quotes for the shell. Without MILESTONE all milestones are "
        "listed. A lane alone means the carrier's one service that has it. With --as-of the newest "
        "knowledge learned by then answers. --format json "
        "prints the same as data, with the whole curve.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .arguments_min = 1,
    .arguments_max = 4,
    .examples = (const char *const[]){"vigie baseline colissimo",
        "vigie baseline colissimo home 'IDF>PACA' in_transit --svg curve.svg", NULL},
    .run = baseline_run,
};
