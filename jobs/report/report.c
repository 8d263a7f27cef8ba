/*
 * report: the night as files for people and machines.
 */
#include "jobs/report/digest.h"
#include "jobs/report/report_cases.h"
#include "jobs/report/report_data.h"
#include "jobs/report/report_files.h"
#include "sql/nights.h"

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
