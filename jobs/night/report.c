/*
 * report: the night as files for people and machines.
 */
#include "reports/reports.h"

#include "core/file.h"
#include "jobs/night/digest.h"
#include "jobs/night/run.h"

extern const Command command_report;

typedef struct Rendered
{
    const char *name, *bytes;
    size_t length;
} Rendered;

static bool
render(const Job *job, const Digest *digest, Arena *arena, Rendered out[3], Err *err)
{
    out[0].name = "night.html";
    out[1].name = "night.json";
    out[2].name = "cases.csv";
    out[2].bytes = report_csv(arena, digest, &out[2].length);
    return report_html(arena, digest, job->zone, job->settings->language, &out[0].bytes,
               &out[0].length, err) &&
           report_json(arena, digest, &out[1].bytes, &out[1].length, err);
}

static bool
write_files(Run *run, const Rendered files[3], Arena *arena, Err *err)
{
    const char *const folder = run_folder(run->job, arena);

    if (!file_make_folder(folder, err))
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!file_write(
                file_join(arena, folder, files[i].name), files[i].bytes, files[i].length, err))
            return false;
    run_count(run, "report", "files", 3);
    log_info(run->job->log, "reports", FIELDS(field_text("folder", folder)));
    return true;
}

bool
report_step(Run *run, Err *err)
{
    Arena *const arena = arena_create();
    const Digest *const digest = digest_read(run, arena, err);
    Rendered files[3];
    const bool done = digest != NULL && render(run->job, digest, arena, files, err) &&
                      (run->job->dry_run || write_files(run, files, arena, err));

    arena_destroy(arena);
    return done || err_context(err, "report");
}

static bool
run_report(Job *job, Err *err)
{
    return run_step(job, report_step, err);
}

const Command command_report = {
    .name = "report",
    .summary = "write the night's HTML, CSV and JSON",
    .usage = "",
    .description = "Writes night.html, night.json and cases.csv of a judged night into a folder "
                   "named for the logical date under the "
                   "output folder. Each file appears whole or not at all; the same night gives the "
                   "same bytes.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES,
    .examples = (const char *const[]){"vigie report --as-of 2026-11-20", NULL},
    .run = run_report,
};
