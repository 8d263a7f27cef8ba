/*
 * Rows by COPY in binary (PostgreSQL, "COPY", "File Formats: Binary Format"). libpq makes a result object for every row in
 * single-row mode, which is half of what reading sixteen million scans costs; a COPY hands over bytes. It takes no
 * parameters: what varies is given to the session beforehand with set_config, bound as usual.
 */
#include "sql/rows_copy.h"

#include "sql/rows_internal.h"

#include <string.h>

#define SIGNATURE       "PGCOPY\n\377\r\n\0"
#define SIGNATURE_BYTES 11
#define HEADER_BYTES                                                                               \
    (SIGNATURE_BYTES + 8)  // then flags and the length of an extension, 32 bits each

static int32_t
big_endian_32(const char *bytes)
{
    const unsigned char *const b = (const unsigned char *)bytes;

    return (int32_t)((uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]);
}

static int
big_endian_16(const char *bytes)
{
    const unsigned char *const b = (const unsigned char *)bytes;

    return (int16_t)(b[0] << 8 | b[1]);
}

static void
close_rows(void *rows)
{
    rows_close(rows);
}

// Say why there will be no rows, and leave the connection ready for the next statement.
static Rows *
give_up(Db *db, PGresult *result, const char *what, bool stopped, Err *err)
{
    if (stopped)
        err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", what);
    else
        db_failed(db, result, what, err);
    for (; result != NULL; result = db_next_result(db, &stopped))
        PQclear(result);
    return NULL;
}

// The server's word that rows follow comes with the first of them, which may take long: a signal is heeded meanwhile.
Rows *
rows_open_copy(Db *db, Arena *arena, const char *what, const char *sql, Err *err)
{
    bool stopped = false;
    PGresult *const result = db_statement_begins(db) && PQsendQuery(db->conn, sql) == 1
                                 ? db_next_result(db, &stopped)
                                 : NULL;

    if (PQresultStatus(result) != PGRES_COPY_OUT || PQbinaryTuples(result) != 1)
        return give_up(db, result, what, stopped, err);
    PQclear(result);

    Rows *const rows = ARENA_NEW(arena, Rows);

    *rows = (Rows){.db = db,
        .what = arena_copy(arena, what),
        .open = true,
        .by_copy = true,
        .stopped = stopped};
    arena_defer(arena, close_rows, rows);
    return rows;
}

// The next message of the stream: its size, 0 at the end, -1 on failure.
static int
next_message(Rows *rows)
{
    int size;

    PQfreemem(rows->tuple);
    rows->tuple = NULL;
    while ((size = PQgetCopyData(rows->db->conn, &rows->tuple, 1)) == 0)
        if (!db_wait_input(rows->db, &rows->stopped))
            break;
    return size == -1 ? 0 : size == -2 ? -1 : size;
}

// Note where the fields lie. False when the bytes are not a tuple.
static bool
parse_tuple(Rows *rows, const char *at, const char *end)
{
    rows->field_count = big_endian_16(at);
    at += 2;
    if (rows->field_count > ROWS_COLUMNS_MAX)
        return false;
    for (int i = 0; i < rows->field_count; i++) {
        if (end - at < 4)
            return false;

        const int32_t length = big_endian_32(at);

        at += 4;
        if (length > end - at)
            return false;
        rows->fields[i] = length < 0 ? (RowsField){NULL, 0} : (RowsField){at, length};
        at += length < 0 ? 0 : length;
    }
    return true;
}

// Read what the server says after the rows; that is where an error shows.
static bool
finish(Rows *rows, Err *err)
{
    bool good = true;

    rows->open = false;
    for (PGresult *result; (result = db_next_result(rows->db, &rows->stopped)) != NULL;
         PQclear(result))
        if (PQresultStatus(result) != PGRES_COMMAND_OK && good && !rows->stopped)
            good = db_failed(rows->db, result, rows->what, err);
    if (!db_statement_ended(rows->db) && good && !rows->stopped)
        db_failed(rows->db, NULL, rows->what, err);
    if (rows->stopped)
        err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", rows->what);
    return false;
}

bool
rows_next_copied(Rows *rows, Err *err)
{
    for (;;) {
        const int size = next_message(rows);

        if (size <= 0) {
            if (size < 0 && !rows->stopped)
                db_failed(rows->db, NULL, rows->what, err);
            return finish(rows, err);
        }

        const char *at = rows->tuple;
        const char *const end = at + size;

        rows->bytes += size;
        if (!rows->started && size >= HEADER_BYTES && memcmp(at, SIGNATURE, SIGNATURE_BYTES) == 0) {
            at += HEADER_BYTES + big_endian_32(at + SIGNATURE_BYTES + 4);
            rows->started = true;
        }
        if (end - at < 2 || big_endian_16(at) < 0)
            continue;  // a header alone, or the trailer
        if (parse_tuple(rows, at, end))
            return true;
        err_set(
            err, ERR_FAILED, "could not read %s: the server sent a tuple that is none", rows->what);
        rows_close(rows);
        return false;
    }
}

void
rows_close_copied(Rows *rows)
{
    while (next_message(rows) > 0)
        continue;
}
