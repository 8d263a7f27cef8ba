/*
 * Reading shipments with their scans. Both come in the order of shipment_id, page by page, so that memory is
 * bounded by the page, whatever the history. Ids are matched as the bytes the server sends: any type that sorts
 * and compares on the server will do, and nothing here needs to know its order.
 */
#include "core/text.h"
#include "sql/queries.h"
#include "sql/source_page.h"

static PageReader
begin_page(Source *source, Arena *arena)
{
    return (PageReader){
        .source = source,
        .arena = arena,
        .by_key = map_create(arena),
        .shipments = {.arena = arena},
        .scans = {.arena = arena},
        .asides = {.arena = arena},
    };
}

static void
begin_scans(PageReader *reader)
{
    reader->first = ARENA_ARRAY(reader->arena, size_t, reader->shipments.count + 1);
    reader->number = ARENA_ARRAY(reader->arena, size_t, reader->shipments.count + 1);
}

static void
end_scans(PageReader *reader)
{
    for (size_t i = 0; i < reader->shipments.count; i++) {
        reader->shipments.items[i].scans =
            reader->number[i] > 0 ? &reader->scans.items[reader->first[i]] : NULL;
        reader->shipments.items[i].scan_count = reader->number[i];
    }
}

static void
give(const PageReader *reader, SourcePage *page)
{
    *page = (SourcePage){
        .shipments = reader->shipments.items,
        .count = reader->shipments.count,
        .scans = reader->scans.items,
        .scan_count = reader->scans.count,
        .asides = reader->asides.items,
        .aside_count = reader->asides.count,
        .scans_of_others = reader->others,
        .bytes = reader->bytes,
        .last = reader->last,
        .reader = reader->by_key,
    };
}

Scan *
source_scans_of(const SourcePage *page, size_t index)
{
    const Shipment *const shipment = &page->shipments[index];

    return shipment->scan_count > 0 ? page->scans + (shipment->scans - page->scans) : NULL;
}

bool
source_read_part(Source *source, Instant from, Instant as_of, const SourcePart *part, Arena *arena,
    SourcePage *page, Err *err)
{
    PageReader reader = begin_page(source, arena);
    Params params = {.arena = arena};
    int64_t seen = 0;

    param_instant(&params, from);
    param_instant(&params, as_of);
    param_text(&params, part->after);
    param_int(&params, part->limit);
    param_text(&params, part->upto);
    param_bool(&params, part->undated);

    Rows *const rows =
        source_ask(source, arena, "shipments", SQL_SOURCE_SHIPMENTS_LEARN, &params, err);

    for (; rows != NULL && rows_next(rows, err); seen++)
        page_add_shipment(&reader, rows, false);
    if (err->kind != ERR_NONE)
        return false;
    reader.bytes += rows_bytes(rows);
    if (seen < part->limit)
        reader.last = NULL;
    give(&reader, page);
    return true;
}

bool
source_read_shipments(Source *source, Instant from, Instant as_of, const char *after, int64_t limit,
    Arena *arena, SourcePage *page, Err *err)
{
    return source_read_part(
        source, from, as_of, &(SourcePart){.after = after, .limit = limit}, arena, page, err);
}

bool
source_skip(Source *source, Instant from, Instant as_of, const char *after, int64_t count,
    Arena *arena, const char **last, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, from);
    param_instant(&params, as_of);
    param_text(&params, after);
    param_int(&params, count - 1);

    Rows *const rows = source_ask(source, arena, "shipments", SQL_SOURCE_SKIP, &params, err);

    *last = NULL;
    while (rows != NULL && rows_next(rows, err))
        *last = rows_text(rows, arena, 0);
    return err->kind == ERR_NONE;
}

bool
source_read_scans(Source *source, Instant as_of, Arena *arena, SourcePage *page, Err *err)
{
    PageReader reader = begin_page(source, arena);
    Params params = {.arena = arena};

    if (page->count == 0)
        return true;
    reader.by_key = page->reader;
    reader.shipments = (ShipmentList){arena, page->shipments, page->count, page->count};
    for (size_t i = 0; i < page->aside_count; i++)
        ARENA_PUSH(&reader.asides, page->asides[i]);
    begin_scans(&reader);
    param_text(&params, page->shipments[0].id);
    param_text(&params, page->shipments[page->count - 1].id);
    param_instant(&params, as_of);

    if (!rows_run(source->db, "range of scans", SQL_SOURCE_RANGE_SET, &params, NULL, err))
        return false;

    Rows *const rows = source_ask_copy(source, arena, "scans", SQL_SOURCE_SCANS_LEARN, err);

    if (!page_add_scans(&reader, rows, false, err))
        return false;
    end_scans(&reader);
    page->scans = reader.scans.items;
    page->scan_count = reader.scans.count;
    page->asides = reader.asides.items;
    page->aside_count = reader.asides.count;
    page->scans_of_others += reader.others;
    page->bytes += reader.bytes;
    return true;
}

static bool
read_ids(Source *source, const char *const *ids, size_t count, Instant as_of, bool full,
    Arena *arena, SourcePage *page, Err *err)
{
    PageReader reader = begin_page(source, arena);
    Params params = {.arena = arena};

    param_texts(&params, ids, count);
    param_instant(&params, as_of);

    Rows *rows = source_ask(source, arena, "shipments", SQL_SOURCE_SHIPMENTS_BY_ID, &params, err);

    while (rows != NULL && rows_next(rows, err))
        page_add_shipment(&reader, rows, true);
    if (err->kind != ERR_NONE)
        return false;
    reader.bytes += rows_bytes(rows);
    begin_scans(&reader);
    rows = source_ask(source, arena, "scans",
        full ? SQL_SOURCE_SCANS_BY_ID : SQL_SOURCE_SCANS_LEARN_BY_ID, &params, err);
    if (!page_add_scans(&reader, rows, full, err))
        return false;
    end_scans(&reader);
    give(&reader, page);
    return true;
}

bool
source_read_ids(Source *source, const char *const *ids, size_t count, Instant as_of, Arena *arena,
    SourcePage *page, Err *err)
{
    return read_ids(source, ids, count, as_of, true, arena, page, err);
}

bool
source_learn_ids(Source *source, const char *const *ids, size_t count, Instant as_of, Arena *arena,
    SourcePage *page, Err *err)
{
    return read_ids(source, ids, count, as_of, false, arena, page, err);
}

bool
source_read_contacts(Source *source, const char *const *ids, size_t count, Instant as_of,
    Arena *arena, const SourceContact **items, size_t *found, Err *err)
{
    struct
    {
        Arena *arena;
        SourceContact *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    *found = 0;
    if (!source->options.contacts || count == 0)
        return true;
    param_texts(&params, ids, count);
    param_instant(&params, as_of);

    Rows *const rows = source_ask(source, arena, "contacts", SQL_SOURCE_CONTACTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((SourceContact){
                              .shipment_id = rows_text(rows, arena, 0),
                              .email = text_clean(arena, rows_text(rows, arena, 1)),
                              .phone = text_clean(arena, rows_text(rows, arena, 2)),
                              .language = text_clean(arena, rows_text(rows, arena, 3)),
                              .order_reference = text_clean(arena, rows_text(rows, arena, 4)),
                              .consent = rows_bool(rows, 5),
                          }));
    *items = list.items;
    *found = list.count;
    return err->kind == ERR_NONE;
}

bool
source_find_tracking(Source *source, const char *tracking_number, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, tracking_number);
    param_instant(&params, as_of);

    Rows *const rows =
        source_ask(source, arena, "tracking numbers", SQL_SOURCE_TRACKING, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

bool
source_promised(Source *source, Instant after, Instant until, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, after);
    param_instant(&params, until);
    param_instant(&params, as_of);

    Rows *const rows = source_ask(source, arena, "promises", SQL_SOURCE_PROMISED, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

bool
source_changed(Source *source, Instant known, Instant as_of, Arena *arena, const char *const **ids,
    size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, known);
    param_instant(&params, as_of);

    Rows *const rows =
        source_ask(source, arena, "changed shipments", SQL_SOURCE_CHANGED, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

int64_t
source_estimate(Source *source, Err *err)
{
    if (*source->shipments == '(')
        return -1;

    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t estimate = -1;

    param_text(&params, source->shipments);

    Rows *const rows =
        rows_open(source->db, arena, "table sizes", SQL_SOURCE_ESTIMATE, &params, err);

    while (rows != NULL && rows_next(rows, err))
        estimate = rows_int(rows, 0);
    arena_destroy(arena);
    return estimate;
}
