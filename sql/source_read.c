/*
 * Reading shipments with their scans. Both come in the order of shipment_id, page by page, so that memory is
 * bounded by the page, whatever the history. Ids are matched as the bytes the server sends: any type that sorts
 * and compares on the server will do, and nothing here needs to know its order.
 */
#include "core/map.h"
#include "core/text.h"
#include "sql/queries.h"
#include "sql/source_internal.h"

#include <string.h>

// Columns of source_shipments_learn.sql.
enum
{
    L_KEY,
    L_ID,
    L_CARRIER,
    L_SERVICE,
    L_ORIGIN_COUNTRY,
    L_ORIGIN_ZONE,
    L_DESTINATION_COUNTRY,
    L_DESTINATION_ZONE,
    L_CREATED,
    L_CANCELLED,
};

// Columns of source_shipments_by_id.sql.
enum
{
    S_KEY,
    S_ID,
    S_TRACKING,
    S_CARRIER,
    S_SERVICE,
    S_CONTRACT,
    S_ORIGIN_COUNTRY,
    S_ORIGIN_ZONE,
    S_DESTINATION_COUNTRY,
    S_DESTINATION_ZONE,
    S_DESTINATION_POSTCODE,
    S_CREATED,
    S_PROMISED,
    S_CANCELLED,
    S_ORDER,
    S_CUSTOMER,
    S_LANGUAGE,
    S_DECLARED,
    S_PURCHASE,
    S_SALE,
    S_FREIGHT,
    S_CURRENCY,
    S_WEIGHT,
    S_CONTENTS,
    S_INVOICE,
    S_LABEL_OWNER,
};

// Columns of source_scans_*.sql; the last four only where scans are read in full.
enum
{
    C_KEY,
    C_OCCURRED,
    C_CODE,
    C_SUBCODE,
    C_MILESTONE,
    C_CARRIER,
    C_TEXT,
    C_PLACE,
    C_COUNTRY,
    C_RECORDED,
};

typedef struct AsideList
{
    Arena *arena;
    SourceAside *items;
    size_t count, capacity;
} AsideList;

typedef struct ShipmentList
{
    Arena *arena;
    Shipment *items;
    size_t count, capacity;
} ShipmentList;

typedef struct ScanList
{
    Arena *arena;
    Scan *items;
    size_t count, capacity;
} ScanList;

// A page while it is read.
typedef struct PageReader
{
    Source *source;
    Arena *arena;
    Map *by_key;  // raw id -> index of the shipment
    ShipmentList shipments;
    ScanList scans;
    AsideList asides;
    size_t *first;   // of each shipment's scans
    size_t *number;  // of them
    int64_t others, bytes;
    const char *last;
} PageReader;

// Few different words stand in millions of scans: carriers' codes, milestones. Each is kept once per worker.
static const char *
word(Source *source, const Rows *rows, int column)
{
    size_t length;
    const char *const bytes = rows_raw(rows, column, &length);
    bool is_new;

    if (length == 0)
        return "";

    const int64_t index =
        map_intern(source->words, bytes, length, (int64_t)source->word_count, &is_new);

    if (!is_new)
        return source->word_items[index];
    if (source->word_count == source->word_capacity) {
        source->word_capacity = source->word_capacity ? 2 * source->word_capacity : 64;
        source->word_items = arena_grow_array(source->interned, source->word_items, sizeof(char *),
            source->word_count, source->word_capacity);
    }
    source->word_items[source->word_count] =
        text_clean(source->interned, arena_copy_bytes(source->interned, bytes, length));
    return source->word_items[source->word_count++];
}

static void
set_aside(PageReader *reader, const char *key, const char *reason, const char *detail)
{
    ARENA_PUSH(&reader->asides, ((SourceAside){key, reason, detail}));
}

static const char *
clean(PageReader *reader, const Rows *rows, int column)
{
    return text_clean(reader->arena, rows_text(rows, reader->arena, column));
}

// An amount that cannot be read costs the parcel its value, not its watch; the amount itself is set aside.
static Money
amount(PageReader *reader, const Rows *rows, int column, const char *currency, const char *id)
{
    const char *const text = clean(reader, rows, column);
    Money money = MONEY_NONE;
    Err err = {0};

    if (*text != '\0' && !money_parse(text, currency, &money, &err))
        set_aside(reader, id, "amount cannot be read", arena_copy(reader->arena, err.text));
    else if (money.minor < 0) {
        set_aside(reader, id, "amount is negative", text);
        money = MONEY_NONE;
    }
    return money;
}

static void
read_values(PageReader *reader, const Rows *rows, Shipment *shipment)
{
    const char *currency = clean(reader, rows, S_CURRENCY);

    if (*currency == '\0')
        currency = reader->source->options.currency;
    shipment->declared_value = amount(reader, rows, S_DECLARED, currency, shipment->id);
    shipment->purchase_value = amount(reader, rows, S_PURCHASE, currency, shipment->id);
    shipment->sale_value = amount(reader, rows, S_SALE, currency, shipment->id);
    shipment->freight_charge = amount(reader, rows, S_FREIGHT, currency, shipment->id);
    shipment->weight_grams = rows_int(rows, S_WEIGHT);
    if (shipment->weight_grams < 0) {
        set_aside(reader, shipment->id, "weight is negative", "");
        shipment->weight_grams = 0;
    }
}

static Shipment
read_shipment(PageReader *reader, const Rows *rows)
{
    Shipment shipment = {
        .id = rows_text(rows, reader->arena, S_ID),
        .tracking_number = clean(reader, rows, S_TRACKING),
        .carrier = word(reader->source, rows, S_CARRIER),
        .service = word(reader->source, rows, S_SERVICE),
        .contract = word(reader->source, rows, S_CONTRACT),
        .origin_country = word(reader->source, rows, S_ORIGIN_COUNTRY),
        .origin_zone = word(reader->source, rows, S_ORIGIN_ZONE),
        .destination_country = word(reader->source, rows, S_DESTINATION_COUNTRY),
        .destination_zone = word(reader->source, rows, S_DESTINATION_ZONE),
        .destination_postcode = clean(reader, rows, S_DESTINATION_POSTCODE),
        .created_at = rows_instant(rows, S_CREATED),
        .promised_at = rows_instant(rows, S_PROMISED),
        .cancelled_at = rows_instant(rows, S_CANCELLED),
        .order_reference = clean(reader, rows, S_ORDER),
        .customer_reference = clean(reader, rows, S_CUSTOMER),
        .customer_language = word(reader->source, rows, S_LANGUAGE),
        .contents = clean(reader, rows, S_CONTENTS),
        .invoice_reference = clean(reader, rows, S_INVOICE),
        .label_owner = word(reader->source, rows, S_LABEL_OWNER),
    };

    read_values(reader, rows, &shipment);
    return shipment;
}

static Shipment
read_for_learning(PageReader *reader, const Rows *rows)
{
    return (Shipment){
        .id = rows_text(rows, reader->arena, L_ID),
        .tracking_number = "",
        .carrier = word(reader->source, rows, L_CARRIER),
        .service = word(reader->source, rows, L_SERVICE),
        .contract = "",
        .origin_country = word(reader->source, rows, L_ORIGIN_COUNTRY),
        .origin_zone = word(reader->source, rows, L_ORIGIN_ZONE),
        .destination_country = word(reader->source, rows, L_DESTINATION_COUNTRY),
        .destination_zone = word(reader->source, rows, L_DESTINATION_ZONE),
        .destination_postcode = "",
        .created_at = rows_instant(rows, L_CREATED),
        .promised_at = INSTANT_NONE,
        .cancelled_at = rows_instant(rows, L_CANCELLED),
        .order_reference = "",
        .customer_reference = "",
        .customer_language = "",
        .contents = "",
        .invoice_reference = "",
        .label_owner = "",
    };
}

// The key is column 0 of both queries.
static void
add_shipment(PageReader *reader, const Rows *rows, bool full)
{
    size_t length;
    const char *const key = rows_raw(rows, S_KEY, &length);
    bool is_new;
    const Shipment shipment = full ? read_shipment(reader, rows) : read_for_learning(reader, rows);

    reader->bytes += (int64_t)length;
    reader->last = shipment.id;
    if (shipment.created_at == INSTANT_NONE || *shipment.carrier == '\0') {
        set_aside(reader, shipment.id, "shipment without carrier or creation date", "");
        return;
    }
    map_intern(reader->by_key, key, length, (int64_t)reader->shipments.count, &is_new);
    if (is_new)
        ARENA_PUSH(&reader->shipments, shipment);
    else
        set_aside(reader, shipment.id, "shipment_id occurs twice", shipment.tracking_number);
}

static void
add_scan(PageReader *reader, const Rows *rows, bool full, size_t owner)
{
    const char *const milestone = word(reader->source, rows, C_MILESTONE);
    Scan scan = {
        .occurred_at = rows_instant(rows, C_OCCURRED),
        .recorded_at = full ? rows_instant(rows, C_RECORDED) : INSTANT_NONE,
        .code = word(reader->source, rows, C_CODE),
        .subcode = word(reader->source, rows, C_SUBCODE),
        .carrier = word(reader->source, rows, C_CARRIER),
        .text = full ? clean(reader, rows, C_TEXT) : "",
        .place = full ? clean(reader, rows, C_PLACE) : "",
        .country = full ? word(reader->source, rows, C_COUNTRY) : "",
    };

    if (scan.occurred_at == INSTANT_NONE) {
        set_aside(reader, reader->shipments.items[owner].id, "scan without a date", scan.code);
        return;
    }
    // A word that is no milestone is kept as a code, so that it can be mapped and is reported as unmapped.
    if (*milestone != '\0' && !milestone_parse(milestone, &scan.milestone) && *scan.code == '\0')
        scan.code = milestone;
    if (reader->number[owner]++ == 0)
        reader->first[owner] = reader->scans.count;
    ARENA_PUSH(&reader->scans, scan);
}

static bool
read_scans(PageReader *reader, Rows *rows, bool full, Err *err)
{
    char previous[256];
    size_t previous_length = SIZE_MAX;
    int64_t owner = -1;

    while (rows != NULL && rows_next(rows, err)) {
        size_t length;
        const char *const key = rows_raw(rows, C_KEY, &length);

        if (length != previous_length || memcmp(key, previous, length) != 0) {
            owner = map_get(reader->by_key, key, length, -1);
            previous_length = length <= sizeof previous ? length : SIZE_MAX;
            if (previous_length == length)
                memcpy(previous, key, length);
        }
        reader->bytes += (int64_t)length + 24;
        if (owner < 0)
            reader->others++;
        else
            add_scan(reader, rows, full, (size_t)owner);
    }
    return err->kind == ERR_NONE;
}

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

bool
source_read_shipments(Source *source, Instant from, Instant as_of, const char *after, int64_t limit,
    Arena *arena, SourcePage *page, Err *err)
{
    PageReader reader = begin_page(source, arena);
    Params params = {.arena = arena};
    int64_t seen = 0;

    param_instant(&params, from);
    param_instant(&params, as_of);
    param_text(&params, after);
    param_int(&params, limit);

    Rows *const rows =
        source_ask(source, arena, "shipments", SQL_SOURCE_SHIPMENTS_LEARN, &params, err);

    for (; rows != NULL && rows_next(rows, err); seen++)
        add_shipment(&reader, rows, false);
    if (err->kind != ERR_NONE)
        return false;
    if (seen < limit)
        reader.last = NULL;
    give(&reader, page);
    return true;
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
    begin_scans(&reader);
    param_text(&params, page->shipments[0].id);
    param_text(&params, page->shipments[page->count - 1].id);
    param_instant(&params, as_of);

    Rows *const rows = source_ask(source, arena, "scans", SQL_SOURCE_SCANS_LEARN, &params, err);

    if (!read_scans(&reader, rows, false, err))
        return false;
    end_scans(&reader);
    page->scans = reader.scans.items;
    page->scan_count = reader.scans.count;
    page->scans_of_others += reader.others;
    page->bytes += reader.bytes;
    return true;
}

bool
source_read_ids(Source *source, const char *const *ids, size_t count, Instant as_of, Arena *arena,
    SourcePage *page, Err *err)
{
    PageReader reader = begin_page(source, arena);
    Params params = {.arena = arena};

    param_texts(&params, ids, count);
    param_instant(&params, as_of);

    Rows *rows = source_ask(source, arena, "shipments", SQL_SOURCE_SHIPMENTS_BY_ID, &params, err);

    while (rows != NULL && rows_next(rows, err))
        add_shipment(&reader, rows, true);
    if (err->kind != ERR_NONE)
        return false;
    begin_scans(&reader);
    rows = source_ask(source, arena, "scans", SQL_SOURCE_SCANS_BY_ID, &params, err);
    if (!read_scans(&reader, rows, true, err))
        return false;
    end_scans(&reader);
    give(&reader, page);
    return true;
}

bool
source_find_tracking(Source *source, const char *tracking_number, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } found = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, tracking_number);
    param_instant(&params, as_of);

    Rows *const rows =
        source_ask(source, arena, "tracking numbers", SQL_SOURCE_TRACKING, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&found, rows_text(rows, arena, 0));
    *ids = found.items;
    *count = found.count;
    return err->kind == ERR_NONE;
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
