#include "jobs/report/report_cases.h"

#include "core/file.h"
#include "core/text.h"
#include "jobs/frame/signals.h"
#include "jobs/report/explanation.h"
#include "jobs/report/report_put.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 50  // parcels read at a time

static int
by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static bool
is_news(const CaseRecord *record)
{
    return record->last_event == CASE_EVENT_OPENED || record->last_event == CASE_EVENT_REOPENED ||
           record->last_event == CASE_EVENT_WORSE;
}

typedef struct Pages
{
    const ReportOptions *options;
    const Explainer *explainer;
    const char *folder;
    const CaseRecord **cases;  // that are to get a page, by shipment
    size_t count;
    int64_t *written;  // their numbers
    size_t written_count;
} Pages;

static int
by_shipment(const void *a, const void *b)
{
    const CaseRecord *const x = *(const CaseRecord *const *)a;
    const CaseRecord *const y = *(const CaseRecord *const *)b;

    return strcmp(x->shipment_id, y->shipment_id);
}

static void
choose(Pages *pages, const Digest *digest, int64_t most, Arena *arena)
{
    const size_t limit = (size_t)most < digest->case_count ? (size_t)most : digest->case_count;
    size_t news = 0;

    pages->cases = ARENA_ARRAY(arena, const CaseRecord *, 2 * limit);
    pages->written = ARENA_ARRAY(arena, int64_t, 2 * limit);
    for (size_t i = 0; i < digest->case_count && news < limit; i++) {
        const CaseRecord *const record = &digest->cases[i];

        if (i >= limit && !is_news(record))
            continue;
        news += i >= limit;
        pages->cases[pages->count++] = record;
    }
    if (pages->count > 1)
        qsort(pages->cases, pages->count, sizeof *pages->cases, by_shipment);
}

static const CaseRecord *
case_of(const Pages *pages, const char *shipment_id)
{
    const CaseRecord key = {.shipment_id = shipment_id};
    const CaseRecord *const wanted = &key;
    const CaseRecord *const *const found =
        bsearch(&wanted, pages->cases, pages->count, sizeof *pages->cases, by_shipment);

    return found ? *found : NULL;
}

static bool
put_page(
    Pages *pages, const CaseRecord *record, const Explanation *explanation, Arena *arena, Err *err)
{
    const ReportOptions *const options = pages->options;
    const char *const link = options->catalogue ? catalogue_tracking_link(options->catalogue, arena,
                                                      record->carrier, record->tracking_number)
                                                : "";
    const char *bytes;
    size_t length;

    if (!report_case(
            arena, options, record->number, link, explain_story(explanation), &bytes, &length, err))
        return false;
    pages->written[pages->written_count++] = record->number;
    return report_put_bytes(
        pages->folder, arena_printf(arena, "%" PRId64 ".html", record->number), bytes, length, err);
}

// Parcels that have left the source since have no page; the night's page does not depend on it.
static bool
put_batch(Pages *pages, size_t first, size_t count, Arena *arena, Err *err)
{
    const Explainer *const explainer = pages->explainer;
    const char *ids[BATCH];
    SourcePage page;

    for (size_t i = 0; i < count; i++)
        ids[i] = pages->cases[first + i]->shipment_id;
    if (interrupted(err) ||
        !source_read_ids(explainer->source, ids, count, explainer->job->as_of, arena, &page, err))
        return false;
    for (size_t i = 0; i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];
        const CaseRecord *const record = case_of(pages, shipment->id);
        Explanation explanation;

        if (record && (!explainer_explain(explainer, shipment, source_scans_of(&page, i), arena,
                           &explanation, err) ||
                          !put_page(pages, record, &explanation, arena, err)))
            return false;
    }
    return true;
}

static bool
put_all(Pages *pages, Err *err)
{
    Arena *const arena = arena_create();
    bool done = true;

    for (size_t i = 0; done && i < pages->count; i += BATCH) {
        const size_t left = pages->count - i;

        done = put_batch(pages, i, left < BATCH ? left : BATCH, arena, err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return done;
}

static bool
is_kept(const Pages *pages, const char *name)
{
    const int64_t number = strtoll(name, NULL, 10);

    return bsearch(&number, pages->written, pages->written_count, sizeof number, by_number) != NULL;
}

static bool
drop_others(const Pages *pages, Arena *arena, Err *err)
{
    size_t count;
    const char **const files = file_list(arena, pages->folder, ".html", &count, err);

    for (size_t i = 0; files && i < count; i++)
        if (!is_kept(pages, file_name(files[i])) && remove(files[i]) != 0)
            return err_set(
                err, ERR_FAILED, "could not remove file \"%s\": %s", files[i], strerror(errno));
    return files != NULL;
}

static bool
prepare(Run *run, Arena *arena, Explainer *out, Err *err)
{
    const SourceOptions options = run_source_options(run->job);
    Db *const db = run_connect_source(run->job, arena, err);
    Source *const source = db ? source_open(db, arena, &options, NULL, err) : NULL;

    return source != NULL &&
           explainer_make(run->job, run->db, source, &run->rulebook, arena, out, err);
}

bool
report_case_pages(Run *run, const Digest *digest, int64_t most, const char *folder, Arena *arena,
    ReportOptions *options, Err *err)
{
    Arena *const work = arena_create();
    Explainer explainer;
    Pages pages = {
        .options = options,
        .explainer = &explainer,
        .folder = text_is_empty(folder) ? "" : file_join(work, folder, "cases"),
    };
    bool done = text_is_empty(pages.folder) || file_make_folder(pages.folder, err);

    choose(&pages, digest, most, arena);
    if (done && pages.count > 0)
        done = prepare(run, work, &explainer, err) && put_all(&pages, err);
    if (pages.written_count > 1)
        qsort(pages.written, pages.written_count, sizeof *pages.written, by_number);
    done = done && (text_is_empty(pages.folder) || drop_others(&pages, work, err));
    options->case_pages = pages.written;
    options->case_page_count = pages.written_count;
    arena_destroy(work);
    return done;
}
