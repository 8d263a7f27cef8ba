#include "sql/simulated.h"

#include "core/text.h"
#include "sql/copy.h"
#include "sql/plain_tables.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

#define FLUSH_BYTES ((size_t)64 << 10)
#define SEEN_MAX    256  // scans of one shipment that are compared

// What the columns of a table need beyond being text: one letter each.
//   -  null when empty        f  filled: empty stays empty        a  an amount
static const struct
{
    const char *name, *copy, *columns;
} tables[SIMULATED_TABLE_COUNT] = {
    [SIMULATED_SHIPMENTS] = {"shipments", SQL_SIMULATED_COPY_SHIPMENTS,
        "------------------aaaa------"},
    [SIMULATED_SCANS] = {"scans", SQL_SIMULATED_COPY_SCANS, "--fffffff-"},
    [SIMULATED_TRUTH] = {"simulated_truth", SQL_SIMULATED_COPY_TRUTH, "--------"},
};

typedef struct Stream
{
    Db *db;
    Copy *copy;  // NULL when none is open
    Text buffer;
} Stream;

struct SimulatedLoad
{
    Arena *buffer_arena;
    Stream streams[SIMULATED_TABLE_COUNT];
    bool append;
    int64_t bytes;
    uint64_t seen[SEEN_MAX];  // the scans of the last shipment
    size_t seen_count;
};

static void
release_arena(void *arena)
{
    arena_destroy(arena);
}

static bool
check_empty(Db *db, Err *err)
{
    Arena *const arena = arena_create();
    const char *filled = "";
    Rows *const rows = rows_open(db, arena, "plain tables", SQL_SIMULATED_ANY, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        filled = rows_text(rows, arena, 0);
    if (err->kind == ERR_NONE && *filled != '\0')
        err_set(err, ERR_CONFIG,
            "plain tables of schema \"%s\" hold rows already (%s): empty them, or give --append",
            db_schema(db), filled);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

static bool
begin_streams(SimulatedLoad *load, Arena *arena, Err *err)
{
    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++) {
        Stream *const stream = &load->streams[i];

        if (!db_begin(stream->db, err))
            return false;
        if (i == SIMULATED_SCANS && !load->append &&
            !rows_run(stream->db, "index", SQL_SIMULATED_DROP_INDEX, NULL, NULL, err))
            return false;
        stream->copy = copy_begin(stream->db, arena, tables[i].name, tables[i].copy, err);
        if (stream->copy == NULL)
            return false;
    }
    return true;
}

SimulatedLoad *
simulated_begin(Db *const dbs[SIMULATED_TABLE_COUNT], Arena *arena, bool append, Err *err)
{
    if (!plain_check(dbs[0], err) || (!append && !check_empty(dbs[0], err)))
        return NULL;

    SimulatedLoad *const load = ARENA_NEW(arena, SimulatedLoad);

    *load = (SimulatedLoad){.buffer_arena = arena_create(), .append = append};
    arena_defer(arena, release_arena, load->buffer_arena);
    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++)
        load->streams[i] = (Stream){.db = dbs[i], .buffer = {.arena = load->buffer_arena}};
    if (begin_streams(load, arena, err))
        return load;
    simulated_abort(load);
    return NULL;
}

static bool
flush(SimulatedLoad *load, Stream *stream, Err *err)
{
    const size_t length = stream->buffer.length;

    load->bytes += (int64_t)length;
    stream->buffer.length = 0;
    return length == 0 || copy_bytes(stream->copy, stream->buffer.bytes, length, err);
}

static void
add_amount(Text *out, const char *amount)
{
    const size_t whole = strcspn(amount, ",");

    text_add_bytes(out, amount, whole);
    if (amount[whole] == ',') {
        text_add(out, ".");
        text_add(out, amount + whole + 1);
    }
}

static void
add_row(Text *out, const char *columns, const char *const *row)
{
    for (size_t i = 0; columns[i] != '\0'; i++) {
        if (i > 0)
            text_add_bytes(out, "\t", 1);
        if (columns[i] == 'a' && *row[i] != '\0')
            add_amount(out, row[i]);
        else
            copy_value(out, *row[i] == '\0' && columns[i] != 'f' ? NULL : row[i]);
    }
    text_add_bytes(out, "\n", 1);
}

// The columns of the index scans_once, as one number. Two different scans of one shipment that share it are less likely
// than a broken disk.
static uint64_t
identity(const char *const *scan)
{
    static const size_t key[] = {0, 1, 2, 3, 4, 6};
    uint64_t mixed = 0;

    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++)
        mixed =
            mixed * UINT64_C(0x9E3779B97F4A7C15) + text_hash(scan[key[i]], strlen(scan[key[i]]));
    return mixed;
}

static bool
is_repeated(SimulatedLoad *load, const char *const *scan)
{
    const uint64_t number = identity(scan);

    for (size_t i = 0; i < load->seen_count; i++)
        if (load->seen[i] == number)
            return true;
    if (load->seen_count < SEEN_MAX)
        load->seen[load->seen_count++] = number;
    return false;
}

bool
simulated_row(
    SimulatedLoad *load, SimulatedTable table, const char *const *row, bool *repeated, Err *err)
{
    Stream *const stream = &load->streams[table];

    if (table == SIMULATED_SHIPMENTS)
        load->seen_count = 0;  // its scans follow
    if (table == SIMULATED_SCANS && is_repeated(load, row)) {
        *repeated = true;
        return true;
    }
    add_row(&stream->buffer, tables[table].columns, row);
    return stream->buffer.length < FLUSH_BYTES || flush(load, stream, err);
}

int64_t
simulated_bytes(const SimulatedLoad *load)
{
    return load->bytes;
}

// A stream is over once it was ended, well or not.
static bool
end_stream(SimulatedLoad *load, Stream *stream, Err *err)
{
    Copy *const copy = stream->copy;

    if (!flush(load, stream, err))
        return false;
    stream->copy = NULL;
    return copy_end(copy, NULL, err);
}

bool
simulated_end(SimulatedLoad *load, Err *err)
{
    Db *const scans = load->streams[SIMULATED_SCANS].db;

    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++)
        if (!end_stream(load, &load->streams[i], err)) {
            simulated_abort(load);
            return false;
        }
    if (!load->append && !plain_make_scan_index(scans, err)) {
        simulated_abort(load);
        return false;
    }
    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++)
        if (!db_commit(load->streams[i].db, err))
            return false;
    return plain_refresh(scans, err);
}

void
simulated_abort(SimulatedLoad *load)
{
    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++) {
        if (load->streams[i].copy != NULL)
            copy_abort(load->streams[i].copy);
        load->streams[i].copy = NULL;
        db_rollback(load->streams[i].db);
    }
}
