/*
 * What giving scans their meaning costs beside reading them: the pages that learning reads, streamed from the database that
 * PGHOST and PGDATABASE name, and each normalised (detectors/journey/history.h) when it is there. scripts/bench runs it; the target
 * is less than 10 % of the streaming, in the same run. Loading the catalogue is timed too: less than 50 ms of the processor.
 *
 *     bench_normalising [SCANS]    stop after so many scans (default 10,000,000)
 */
#include "core/clock.h"
#include "detectors/journey/history.h"
#include "sql/source.h"
#include "tests/bench/must.h"
#include "tests/bench/processor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define PAGE_SHIPMENTS 20000  // the default of source.page_shipments

typedef struct Totals
{
    int64_t scans, kept, streaming, normalising;  // microseconds
} Totals;

static const Catalogue *
load(Arena *arena)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const int64_t before = processor_micros();
    const Catalogue *const catalogue =
        catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);

    must(catalogue != NULL, &err);
    printf("loading the catalogue, %zu carriers and vocabularies   %.1f ms of the processor (to be "
           "less "
           "than 50)\n",
        catalogue_count(catalogue), (double)(processor_micros() - before) / 1000);
    return catalogue;
}

static void
normalise(const Catalogue *catalogue, SourcePage *page, Totals *totals)
{
    const int64_t before = clock_monotonic_micros();

    for (size_t i = 0; i < page->count; i++) {
        Shipment *const shipment = &page->shipments[i];
        const int carrier = history_settle_carrier(catalogue, shipment);

        totals->kept += (int64_t)history_normalise(
            catalogue, carrier, source_scans_of(page, i), shipment->scan_count);
    }
    totals->normalising += clock_monotonic_micros() - before;
    totals->scans += (int64_t)page->scan_count;
}

static bool
next_page(Source *source, Instant as_of, Arena *batch, SourcePage *page, const char *after,
    Totals *totals)
{
    Err err = {0};
    const int64_t before = clock_monotonic_micros();
    const Instant from = as_of - 3650 * HOURS_24;

    must(source_read_shipments(source, from, as_of, after, PAGE_SHIPMENTS, batch, page, &err) &&
             (page->last == NULL || source_read_scans(source, as_of, batch, page, &err)),
        &err);
    totals->streaming += clock_monotonic_micros() - before;
    return page->last != NULL;
}

int
main(int argc, char **argv)
{
    Arena *const arena = arena_create(), *const batch = arena_create();
    const int64_t wanted = argc > 1 ? strtoll(argv[1], NULL, 10) : 10000000;
    const Catalogue *const catalogue = load(arena);
    const SourceOptions options = {.shipments = "vigie_source.shipments",
        .scans = "vigie_source.scans",
        .time_zone = "UTC",
        .promise_time_zone = "UTC",
        .currency = "EUR"};
    const Instant as_of = clock_now();
    char after[256] = "";
    SourcePage page;
    Totals totals = {0};
    Err err = {0};
    Db *const db = db_connect(arena,
        &(DbOptions){.url = "",
            .schema = "vigie",
            .application_name = "bench",
            .connect_timeout_seconds = 5},
        &err);
    Source *const source = db == NULL ? NULL : source_open(db, arena, &options, NULL, &err);

    must(source != NULL, &err);
    while (totals.scans < wanted &&
           next_page(source, as_of, batch, &page, *after ? after : NULL, &totals)) {
        normalise(catalogue, &page, &totals);
        snprintf(after, sizeof after, "%s", page.last);
        arena_reset(batch);
    }
    printf("streaming %" PRId64 " scans                              %.2f s, %.0f ns a scan\n",
        totals.scans, (double)totals.streaming / 1e6,
        1000.0 * (double)totals.streaming / (double)totals.scans);
    printf("normalising them (%" PRId64
           " kept)                   %.2f s, %.0f ns a scan: %.1f %% of "
           "streaming (to be less than 10)\n",
        totals.kept, (double)totals.normalising / 1e6,
        1000.0 * (double)totals.normalising / (double)totals.scans,
        100.0 * (double)totals.normalising / (double)totals.streaming);
    arena_destroy(batch);
    arena_destroy(arena);
    return 0;
}
