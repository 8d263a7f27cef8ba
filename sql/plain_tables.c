#include "sql/plain_tables.h"

#include "core/text.h"
#include "sql/copy.h"
#include "sql/migrate.h"
#include "sql/plain.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

enum
{
    ID_BYTES = 200,
    PLACE_BYTES = 500,
    LINK_BYTES = 2000,
    TEXT_BYTES = 4000,
};

static const PlainColumn shipment_columns[] = {
    {"shipment_id", PLAIN_TEXT, .limit = ID_BYTES, .required = true},
    {"tracking_number", PLAIN_TEXT, .limit = ID_BYTES, .required = true},
    {"carrier", PLAIN_TEXT, .limit = ID_BYTES, .required = true},
    {"created_at", PLAIN_INSTANT, .limit = ID_BYTES, .required = true},
    {"service", PLAIN_TEXT, .limit = ID_BYTES},
    {"contract", PLAIN_TEXT, .limit = ID_BYTES},
    {"origin_country", PLAIN_TEXT, .limit = ID_BYTES},
    {"origin_zone", PLAIN_TEXT, .limit = ID_BYTES},
    {"destination_country", PLAIN_TEXT, .limit = ID_BYTES},
    {"destination_zone", PLAIN_TEXT, .limit = ID_BYTES},
    {"destination_postcode", PLAIN_TEXT, .limit = ID_BYTES},
    {"promised_at", PLAIN_PROMISE, .limit = ID_BYTES},
    {"cancelled_at", PLAIN_INSTANT, .limit = ID_BYTES},
    {"order_reference", PLAIN_TEXT, .limit = ID_BYTES},
    {"customer_reference", PLAIN_TEXT, .limit = ID_BYTES},
    {"customer_language", PLAIN_TEXT, .limit = ID_BYTES},
    {"customer_email", PLAIN_TEXT, .limit = PLACE_BYTES},
    {"customer_phone", PLAIN_TEXT, .limit = ID_BYTES},
    {"declared_value", PLAIN_AMOUNT, .limit = ID_BYTES},
    {"purchase_value", PLAIN_AMOUNT, .limit = ID_BYTES},
    {"sale_value", PLAIN_AMOUNT, .limit = ID_BYTES},
    {"freight_charge", PLAIN_AMOUNT, .limit = ID_BYTES},
    {"currency", PLAIN_CURRENCY, .limit = ID_BYTES},
    {"weight_grams", PLAIN_GRAMS, .limit = ID_BYTES},
    {"contents", PLAIN_TEXT, .limit = TEXT_BYTES},
    {"invoice_reference", PLAIN_TEXT, .limit = ID_BYTES},
    {"invoice_url", PLAIN_TEXT, .limit = LINK_BYTES},
    {"label_owner", PLAIN_TEXT, .limit = ID_BYTES},
    {"customer_consent", PLAIN_BOOL, .limit = ID_BYTES},
};

static const PlainColumn scan_columns[] = {
    {"shipment_id", PLAIN_TEXT, .limit = ID_BYTES, .required = true},
    {"occurred_at", PLAIN_INSTANT, .limit = ID_BYTES, .required = true},
    {"code", PLAIN_TEXT, .limit = ID_BYTES, .filled = true},
    {"subcode", PLAIN_TEXT, .limit = ID_BYTES, .filled = true},
    {"milestone", PLAIN_MILESTONE, .limit = ID_BYTES, .filled = true},
    {"text", PLAIN_TEXT, .limit = TEXT_BYTES, .filled = true},
    {"place", PLAIN_TEXT, .limit = PLACE_BYTES, .filled = true},
    {"country", PLAIN_TEXT, .limit = ID_BYTES, .filled = true},
    {"carrier", PLAIN_TEXT, .limit = ID_BYTES, .filled = true},
    {"recorded_at", PLAIN_INSTANT, .limit = ID_BYTES},
};

static const struct
{
    PlainShape shape;
    const char *stage, *copy;
} tables[] = {
    [PLAIN_SHIPMENTS] = {{"shipments", shipment_columns,
                             sizeof shipment_columns / sizeof shipment_columns[0]},
        SQL_PLAIN_STAGE_SHIPMENTS, SQL_PLAIN_COPY_SHIPMENTS},
    [PLAIN_SCANS] = {{"scans", scan_columns, sizeof scan_columns / sizeof scan_columns[0]},
        SQL_PLAIN_STAGE_SCANS, SQL_PLAIN_COPY_SCANS},
};

#define FLUSH_BYTES ((size_t)64 << 10)

struct PlainLoad
{
    Db *db;
    Arena *arena;
    PlainTable table;
    Copy *copy;
    Arena *buffer_arena;
    Text buffer;  // rows not yet sent
    int64_t rows;
};

const PlainShape *
plain_shape(PlainTable table)
{
    return &tables[table].shape;
}

// The schema in "SCHEMA.table": a plain word, folded to lower case as SQL does, or "as written". NULL when relation is
// something else.
static const char *
schema_of(Arena *arena, const char *relation, const char *table)
{
    static const char *const word = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const size_t length = strlen(relation), tail = strlen(table) + 1;

    if (length <= tail || relation[length - tail] != '.' ||
        !text_equal_folded(relation + length - tail + 1, table))
        return NULL;

    char *const schema = arena_copy_bytes(arena, relation, length - tail);
    const size_t size = length - tail;

    if (schema[0] == '"' && size > 2 && schema[size - 1] == '"') {
        schema[size - 1] = '\0';
        return strchr(schema + 1, '"') == NULL ? schema + 1 : NULL;
    }
    for (char *c = schema; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return schema[strspn(schema, word)] == '\0' ? schema : NULL;
}

bool
plain_schema(Arena *arena, const char *shipments, const char *scans, const char **schema, Err *err)
{
    const char *const first = schema_of(arena, shipments, "shipments");
    const char *const second = schema_of(arena, scans, "scans");

    if (first == NULL || second == NULL || strcmp(first, second) != 0)
        return err_set(err, ERR_CONFIG,
            "source.shipments \"%s\" and source.scans \"%s\" do not name plain tables: expected "
            "SCHEMA.shipments and SCHEMA.scans of one schema",
            text_clean(arena, shipments), text_clean(arena, scans));
    *schema = first;
    return true;
}

bool
plain_create(Db *db, Err *err)
{
    return (schema_make(db, err) && rows_script(db, "plain tables", PLAIN_PLAIN, err) &&
               plain_make_scan_index(db, err)) ||
           err_context(err, "schema \"%s\"", db_schema(db));
}

bool
plain_make_scan_index(Db *db, Err *err)
{
    return rows_script(db, "index of scans", PLAIN_SCAN_INDEX, err);
}

bool
plain_check(Db *db, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    const char *missing = "";

    param_text(&params, db_schema(db));

    Rows *const rows = rows_open(db, arena, "plain tables", SQL_PLAIN_MISSING, &params, err);

    while (rows != NULL && rows_next(rows, err))
        missing = rows_text(rows, arena, 0);
    if (err->kind == ERR_NONE && *missing != '\0')
        err_set(err, ERR_CONFIG, "schema \"%s\" lacks plain tables (%s): run vigie init",
            db_schema(db), missing);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

static void
release_arena(void *arena)
{
    arena_destroy(arena);
}

PlainLoad *
plain_load_begin(Db *db, Arena *arena, PlainTable table, Err *err)
{
    const char *const what = tables[table].shape.name;

    if (!db_begin(db, err))
        return NULL;

    Copy *const copy = rows_run(db, what, tables[table].stage, NULL, NULL, err)
                           ? copy_begin(db, arena, what, tables[table].copy, err)
                           : NULL;

    if (copy == NULL) {
        db_rollback(db);
        return NULL;
    }

    PlainLoad *const load = ARENA_NEW(arena, PlainLoad);

    *load = (PlainLoad){
        .db = db, .arena = arena, .table = table, .copy = copy, .buffer_arena = arena_create()};
    arena_defer(arena, release_arena, load->buffer_arena);
    load->buffer = (Text){.arena = load->buffer_arena};
    return load;
}

// By hand rather than by printf, for the speed of an import.
static void
add_line(Text *out, int64_t line)
{
    char digits[24];
    size_t at = sizeof digits - 1;

    digits[at] = '\n';
    for (; line > 9; line /= 10)
        digits[--at] = (char)('0' + line % 10);
    digits[--at] = (char)('0' + line);
    text_add_bytes(out, digits + at, sizeof digits - at);
}

static bool
flush_rows(PlainLoad *load, Err *err)
{
    const bool sent = copy_bytes(load->copy, text_get(&load->buffer), load->buffer.length, err);

    load->buffer.length = 0;
    return sent;
}

bool
plain_load_row(PlainLoad *load, int64_t line, const char *const *values, Err *err)
{
    const PlainShape *const shape = plain_shape(load->table);

    for (size_t i = 0; i < shape->count; i++) {
        const bool filled = shape->columns[i].filled && values[i] == NULL;

        copy_value(&load->buffer, filled ? "" : values[i]);
        text_add_bytes(&load->buffer, "\t", 1);
    }
    add_line(&load->buffer, line);
    load->rows++;
    return load->buffer.length < FLUSH_BYTES || flush_rows(load, err);
}

static bool
take_repeats(
    PlainLoad *load, Arena *arena, PlainRepeat *visit, void *data, PlainCounts *counts, Err *err)
{
    Rows *const rows =
        rows_open(load->db, arena, "repeated shipments", SQL_PLAIN_REPEATS, NULL, err);

    for (; rows != NULL && rows_next(rows, err); counts->repeated++)
        if (visit != NULL)
            visit(data, rows_int(rows, 0), rows_text(rows, arena, 1), rows_int(rows, 2));
    return err->kind == ERR_NONE;
}

static bool
merge_shipments(PlainLoad *load, Arena *arena, const bool *present, PlainCounts *counts, Err *err)
{
    const PlainShape *const shape = plain_shape(load->table);
    const char **const names = ARENA_ARRAY(arena, const char *, shape->count);
    size_t count = 0;
    Params params = {.arena = arena};

    for (size_t i = 0; i < shape->count; i++)
        if (present[i])
            names[count++] = shape->columns[i].name;
    param_texts(&params, names, count);

    Rows *const rows =
        rows_open(load->db, arena, "shipments", SQL_PLAIN_MERGE_SHIPMENTS, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        counts->inserted = rows_int(rows, 0);
        counts->updated = rows_int(rows, 1);
    }
    return err->kind == ERR_NONE;
}

static bool
merge_scans(PlainLoad *load, Arena *arena, PlainCounts *counts, Err *err)
{
    Rows *const rows = rows_open(
        load->db, arena, "scans of unknown shipments", SQL_PLAIN_UNKNOWN_SCANS, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        counts->unknown = rows_int(rows, 0);
    return err->kind == ERR_NONE &&
           rows_run(load->db, "scans", SQL_PLAIN_MERGE_SCANS, NULL, &counts->inserted, err);
}

bool
plain_load_end(PlainLoad *load, const bool *present, PlainRepeat *visit, void *data,
    PlainCounts *out, Err *err)
{
    Arena *const arena = arena_create();
    PlainCounts counts = {0};
    bool good = flush_rows(load, err);

    if (good)
        good = copy_end(load->copy, NULL, err);
    else
        copy_abort(load->copy);
    if (good && load->table == PLAIN_SHIPMENTS)
        good = take_repeats(load, arena, visit, data, &counts, err) &&
               merge_shipments(load, arena, present, &counts, err);
    else if (good)
        good = merge_scans(load, arena, &counts, err);
    good = good && db_commit(load->db, err);
    arena_destroy(arena);
    if (!good) {
        db_rollback(load->db);
        return false;
    }
    counts.unchanged = load->rows - counts.repeated - counts.inserted - counts.updated;
    *out = counts;
    return true;
}

void
plain_load_abort(PlainLoad *load)
{
    copy_abort(load->copy);
    db_rollback(load->db);
}

// A role that does not own the tables may fill but not vacuum them; the server then warns and goes on.
bool
plain_refresh(Db *db, Err *err)
{
    return rows_run(db, "plain tables", SQL_PLAIN_SYNC, NULL, NULL, err) &&
           rows_run(db, "plain tables", SQL_PLAIN_VACUUM, NULL, NULL, err);
}
