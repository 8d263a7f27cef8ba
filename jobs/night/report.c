/*
 * report: the night as files for people and machines.
 */
#include "jobs/night/digest.h"
#include "jobs/night/report_cases.h"
#include "jobs/night/report_files.h"
#include "jobs/night/steps.h"
#include "sql/nights.h"

extern const Command command_report;

static bool
write_files(Run *run, const Digest *digest, ReportOptions *options, Arena *arena, Err *err)
{
    const int64_t pages = run->job->settings->report.case_pages;
    int64_t files = 0;

    if (!night_remember(run->db, digest->as_of, digest->kinds, err) ||
        !report_case_pages(run, digest, pages, run_folder(run->job, arena), arena, options, err) ||
        !report_write(run, digest, options, &files, err))
        return false;
    run_count(run, "report", "files", files + (int64_t)options->case_page_count);
    log_info(run->job->log, "reports",
        FIELDS(field_text("folder", run_folder(run->job, run->job->arena))));
    return true;
}

bool
report_step(Run *run, Err *err)
{
    const Job *const job = run->job;
    Arena *const arena = arena_create();
    const Digest *const digest = digest_read(run, arena, err);
    ReportOptions options = {
        .zone = job->zone,
        .language = job->settings->language,
        .catalogue = run->rulebook.catalogue,
    };
    const bool done =
        digest != NULL &&
        (job->dry_run ? report_case_pages(run, digest, job->settings->report.case_pages, "", arena,
                            &options, err) &&
                            report_try(digest, &options, err)
                      : write_files(run, digest, &options, arena, err));

    arena_destroy(arena);
    return done || err_context(err, "report");
}

static bool
run_report(Job *job, Err *err)
{
    return night_run_step(job, "report", err);
}

const Command command_report = {
    .name = "report",
    .summary = "write the night's HTML, XLSX, CSV and JSON",
    .usage = "",
    .description =
        "Writes night.html, night.xlsx, night.json, cases.csv and carriers.csv of a judged night "
        "into a folder named for the logical date under the "
        "output folder, a page for each of the costliest cases beside it, and index.html over all "
        "nights into the output folder. Each file appears "
        "whole or not at all; the same night gives the same bytes.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .examples = (const char *const[]){"vigie report --as-of 2026-11-20", NULL},
    .run = run_report,
};
