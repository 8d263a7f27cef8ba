/*
 * report: the night as files for people and machines.
 */
#include "jobs/night/digest.h"
#include "jobs/night/report_cases.h"
#include "jobs/night/report_data.h"
#include "jobs/night/report_files.h"
#include "jobs/night/steps.h"
#include "sql/nights.h"

extern const Command command_report;

static bool
write_pages(Run *run, const Digest *digest, ReportOptions *options, const char *folder,
    Arena *arena, int64_t *files, Err *err)
{
    const int64_t pages = run->job->settings->report.case_pages;

    return report_case_pages(run, digest, pages, folder, arena, options, err) &&
           (text_is_empty(folder) ? report_try(digest, options, err)
                                  : report_write(run, digest, options, files, err));
}

// An empty folder makes everything and writes nothing.
static bool
make_files(Run *run, const Digest *digest, ReportOptions *options, const char *folder, Arena *arena,
    Err *err)
{
    ReportData data = {
        .digest = digest, .zone = options->zone, .language = options->language, .folder = folder};
    Err other = {0};
    int64_t files = 0;

    report_data_start(&data);

    const bool paged = write_pages(run, digest, options, folder, arena, &files, err);
    const bool done = report_data_finish(&data, paged ? err : &other) && paged;

    if (done && !text_is_empty(folder))
        run_count(
            run, "report", "files", files + REPORT_DATA_FILES + (int64_t)options->case_page_count);
    return done;
}

static bool
write_files(Run *run, const Digest *digest, ReportOptions *options, Arena *arena, Err *err)
{
    const char *const folder = run_folder(run->job, arena);

    if (!night_remember(run->db, digest->as_of, digest->kinds, err) ||
        !file_make_folder(folder, err) || !make_files(run, digest, options, folder, arena, err))
        return false;
    log_info(run->job->log, "reports", FIELDS(field_text("folder", folder)));
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
        digest != NULL && (job->dry_run ? make_files(run, digest, &options, "", arena, err)
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
