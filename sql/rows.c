#include "sql/rows_copy.h"
#include "sql/rows_internal.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_ROWS 1000

static bool
ask(Db *db, const char *sql, const Params *params)
{
    const int count = params == NULL ? 0 : (int)params->count;
    const int binary = 1;

    if (!db_statement_begins(db) || !PQsendQueryParams(db->conn, sql, count, NULL,
                                        params == NULL ? NULL : params->items, NULL, NULL, binary))
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

static bool
next_result_row(Rows *rows, Err *err)
{
    rows->row++;
    while (rows->result == NULL || rows->row >= PQntuples(rows->result)) {
        PQclear(rows->result);
        rows->result = db_next_result(rows->db, &rows->stopped);
        rows->row = 0;
        if (rows->result == NULL) {
            rows->open = false;
            if (rows->stopped)
                err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", rows->what);
            else if (!db_statement_ended(rows->db))
                db_failed(rows->db, NULL, rows->what, err);
            return false;
        }
        if (rows->stopped || !holds_rows(rows->result))
            return fail_or_end(rows, err);
    }
    for (int column = 0; column < PQnfields(rows->result); column++)
        rows->bytes += PQgetlength(rows->result, rows->row, column);
    return true;
}

bool
rows_next(Rows *rows, Err *err)
{
    if (!rows->open)
        return false;
    return rows->by_copy ? rows_next_copied(rows, err) : next_result_row(rows, err);
}

void
rows_close(Rows *rows)
{
    bool stopped = rows->stopped;

    if (!rows->open)
        return;
    rows->open = false;
    if (rows->by_copy)
        rows_close_copied(rows);
    do {
        PQclear(rows->result);
        rows->result = db_next_result(rows->db, &stopped);
    } while (rows->result != NULL);
    db_statement_ended(rows->db);
}

int64_t
rows_bytes(const Rows *rows)
{
    return rows->bytes;
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
    if (!db_statement_ended(db) && failure.kind == ERR_NONE)
        db_failed(db, NULL, what, &failure);
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
    PGresult *const result = db_statement_begins(db) ? PQexec(db->conn, sql) : NULL;
    const ExecStatusType status = PQresultStatus(result);
    const bool done =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;

    if (!done)
        db_failed(db, result, what, err);
    PQclear(result);
    return db_statement_ended(db) ? done : done && db_failed(db, NULL, what, err);
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
