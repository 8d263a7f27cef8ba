#include "sql/rows.h"

#include "core/text.h"
#include "sql/internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Type numbers are part of the wire protocol (PostgreSQL, pg_type.dat) and never change.
enum
{
    TYPE_BOOL = 16,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_FLOAT8 = 701,
    TYPE_DATE = 1082,
    TYPE_TIMESTAMPTZ = 1184,
};

#define POSTGRES_EPOCH      (INT64_C(946684800) * SECOND)  // 2000-01-01, from 1970-01-01
#define POSTGRES_EPOCH_DAYS 10957
#define CHUNK_ROWS          1000

struct Rows
{
    const Db *db;
    const char *what;
    PGresult *result;  // of the current row or chunk
    int row;           // within it
    int64_t bytes;
    bool open, stopped;
};

static bool
ask(Db *db, const char *sql, const Params *params)
{
    const int count = params == NULL ? 0 : (int)params->count;
    const int binary = 1;

    if (!PQsendQueryParams(
            db->conn, sql, count, NULL, params == NULL ? NULL : params->items, NULL, NULL, binary))
        return false;
#ifdef LIBPQ_HAS_CHUNK_MODE
    PQsetChunkedRowsMode(db->conn, CHUNK_ROWS);
#else
    PQsetSingleRowMode(db->conn);
#endif
    return true;
}

static void
close_rows(void *rows)
{
    rows_close(rows);
}

Rows *
rows_open(Db *db, Arena *arena, const char *what, const char *sql, const Params *params, Err *err)
{
    if (!ask(db, sql, params)) {
        db_failed(db, NULL, what, err);
        return NULL;
    }

    Rows *const rows = ARENA_NEW(arena, Rows);

    *rows = (Rows){.db = db, .what = arena_copy(arena, what), .row = -1, .open = true};
    arena_defer(arena, close_rows, rows);
    return rows;
}

static bool
holds_rows(const PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);

#ifdef LIBPQ_HAS_CHUNK_MODE
    if (status == PGRES_TUPLES_CHUNK)
        return true;
#endif
    return status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK;
}

// What a result without rows means: the end, an interruption, or a failure.
static bool
fail_or_end(Rows *rows, Err *err)
{
    const ExecStatusType status = PQresultStatus(rows->result);

    if (rows->stopped)
        err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", rows->what);
    else if (status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY)
        db_failed(rows->db, rows->result, rows->what, err);
    rows_close(rows);
    return false;
}

bool
rows_next(Rows *rows, Err *err)
{
    if (!rows->open)
        return false;

    rows->row++;
    while (rows->result == NULL || rows->row >= PQntuples(rows->result)) {
        PQclear(rows->result);
        rows->result = db_next_result(rows->db, &rows->stopped);
        rows->row = 0;
        if (rows->result == NULL) {
            rows->open = false;
            if (rows->stopped)
                err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", rows->what);
            return false;
        }
        if (rows->stopped || !holds_rows(rows->result))
            return fail_or_end(rows, err);
    }
    return true;
}

void
rows_close(Rows *rows)
{
    bool stopped = rows->stopped;

    if (!rows->open)
        return;
    rows->open = false;
    do {
        PQclear(rows->result);
        rows->result = db_next_result(rows->db, &stopped);
    } while (rows->result != NULL);
}

int64_t
rows_bytes(const Rows *rows)
{
    return rows->bytes;
}

bool
rows_is_null(const Rows *rows, int column)
{
    return PQgetisnull(rows->result, rows->row, column) == 1;
}

static Oid
type_of(const Rows *rows, int column)
{
    return PQftype(rows->result, column);
}

static const char *
value_of(const Rows *rows, int column)
{
    return PQgetvalue(rows->result, rows->row, column);
}

static int64_t
big_endian(const char *bytes, int size)
{
    uint64_t value = (unsigned char)bytes[0] >= 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

int64_t
rows_int(const Rows *rows, int column)
{
    const Oid type = type_of(rows, column);

    assert(type == TYPE_INT2 || type == TYPE_INT4 || type == TYPE_INT8);
    (void)type;
    return rows_is_null(rows, column)
               ? 0
               : big_endian(value_of(rows, column), PQgetlength(rows->result, rows->row, column));
}

double
rows_real(const Rows *rows, int column)
{
    assert(type_of(rows, column) == TYPE_FLOAT8);
    if (rows_is_null(rows, column))
        return NAN;

    const int64_t bits = big_endian(value_of(rows, column), 8);
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

bool
rows_bool(const Rows *rows, int column)
{
    assert(type_of(rows, column) == TYPE_BOOL);
    return !rows_is_null(rows, column) && *value_of(rows, column) != 0;
}

Instant
rows_instant(const Rows *rows, int column)
{
    assert(type_of(rows, column) == TYPE_TIMESTAMPTZ);
    if (rows_is_null(rows, column))
        return INSTANT_NONE;

    const int64_t micros = big_endian(value_of(rows, column), 8);

    return micros == INT64_MAX || micros == INT64_MIN ? INSTANT_NONE : micros + POSTGRES_EPOCH;
}

Day
rows_day(const Rows *rows, int column)
{
    assert(type_of(rows, column) == TYPE_DATE);
    if (rows_is_null(rows, column))
        return DAY_NONE;

    const int64_t days = big_endian(value_of(rows, column), 4);

    return days == INT32_MAX || days == INT32_MIN ? DAY_NONE : (Day)(days + POSTGRES_EPOCH_DAYS);
}

const char *
rows_raw(const Rows *rows, int column, size_t *length)
{
    *length = (size_t)PQgetlength(rows->result, rows->row, column);
    return value_of(rows, column);
}

const char *
rows_text(const Rows *rows, Arena *arena, int column)
{
    size_t length;
    const char *const bytes = rows_raw(rows, column, &length);

    return length == 0 ? "" : arena_copy_bytes(arena, bytes, length);
}

// Binary array: dimensions, null flag, element type, (length, lower bound), then (size, value) for each element.
const int64_t *
rows_ints(const Rows *rows, Arena *arena, int column, size_t *count)
{
    const char *const bytes = value_of(rows, column);

    *count = 0;
    if (rows_is_null(rows, column) || big_endian(bytes, 4) == 0)
        return NULL;

    *count = (size_t)big_endian(bytes + 12, 4);

    int64_t *const items = ARENA_ARRAY(arena, int64_t, *count);
    const char *at = bytes + 20;

    for (size_t i = 0; i < *count; i++) {
        const int size = (int)big_endian(at, 4);

        items[i] = big_endian(at + 4, size);
        at += 4 + size;
    }
    return items;
}

const char *
rows_array_text(const Rows *rows, Arena *arena, int column, size_t index)
{
    const char *const bytes = value_of(rows, column);

    if (rows_is_null(rows, column) || big_endian(bytes, 4) == 0 ||
        index >= (size_t)big_endian(bytes + 12, 4))
        return "";

    const char *at = bytes + 20;

    for (size_t i = 0; i < index; i++)
        at += 4 + (big_endian(at, 4) > 0 ? big_endian(at, 4) : 0);

    const int64_t size = big_endian(at, 4);

    return size <= 0 ? "" : arena_copy_bytes(arena, at + 4, (size_t)size);
}

bool
rows_run(
    Db *db, const char *what, const char *sql, const Params *params, int64_t *affected, Err *err)
{
    Err failure = {0};
    int64_t changed = 0;

    if (!ask(db, sql, params))
        db_failed(db, NULL, what, &failure);

    bool stopped = false;

    for (PGresult *result; (result = db_next_result(db, &stopped)) != NULL; PQclear(result)) {
        const ExecStatusType status = PQresultStatus(result);

        if (stopped && failure.kind == ERR_NONE)
            err_set(&failure, ERR_INTERRUPTED, "interrupted while writing %s", what);
        else if (status != PGRES_COMMAND_OK && !holds_rows(result) && failure.kind == ERR_NONE)
            db_failed(db, result, what, &failure);
        changed += strtoll(PQcmdTuples(result), NULL, 10);
    }
    if (failure.kind != ERR_NONE) {
        *err = failure;
        return false;
    }
    if (affected != NULL)
        *affected = changed;
    return true;
}

bool
rows_script(Db *db, const char *what, const char *sql, Err *err)
{
    PGresult *const result = PQexec(db->conn, sql);
    const ExecStatusType status = PQresultStatus(result);
    const bool done =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;

    if (!done)
        db_failed(db, result, what, err);
    PQclear(result);
    return done;
}

const char *
db_identifier(Db *db, Arena *arena, const char *name, Err *err)
{
    char *const quoted = PQescapeIdentifier(db->conn, name, strlen(name));

    if (quoted == NULL) {
        err_set(
            err, ERR_CONFIG, "cannot quote the name \"%s\": %s", name, PQerrorMessage(db->conn));
        return NULL;
    }

    const char *const copy = arena_copy(arena, quoted);

    PQfreemem(quoted);
    return copy;
}
