#include "sql/copy.h"

#include "sql/internal.h"

#include <stdlib.h>
#include <string.h>

struct Copy
{
    Db *db;
    const char *what;
};

// Read what the server says about the copy. True when all of it was good.
static bool
read_answers(Db *db, const char *what, int64_t *rows, Err *err)
{
    bool good = true, stopped = false;

    for (PGresult *result; (result = db_next_result(db, &stopped)) != NULL; PQclear(result)) {
        if (PQresultStatus(result) == PGRES_COMMAND_OK) {
            if (rows != NULL)
                *rows = strtoll(PQcmdTuples(result), NULL, 10);
        } else if (good)
            good = stopped ? err_set(err, ERR_INTERRUPTED, "interrupted while writing %s", what)
                           : db_failed(db, result, what, err);
    }
    return db_statement_ended(db) ? good : good && db_failed(db, NULL, what, err);
}

Copy *
copy_begin(Db *db, Arena *arena, const char *what, const char *sql, Err *err)
{
    PGresult *const result = db_statement_begins(db) ? PQexec(db->conn, sql) : NULL;
    const bool ready = PQresultStatus(result) == PGRES_COPY_IN;

    if (!ready)
        db_failed(db, result, what, err);
    PQclear(result);
    if (!ready)
        return NULL;

    Copy *const copy = ARENA_NEW(arena, Copy);

    *copy = (Copy){.db = db, .what = arena_copy(arena, what)};
    return copy;
}

// PostgreSQL, "COPY", File Formats, Text Format: libpq has no encoder for it.
void
copy_value(Text *out, const char *value)
{
    static const char *const special = "\b\f\n\r\t\v\\", *const letters = "bfnrtv\\";

    if (value == NULL) {
        text_add_bytes(out, "\\N", 2);
        return;
    }
    for (;;) {
        const size_t plain = strcspn(value, special);

        text_add_bytes(out, value, plain);
        value += plain;
        if (*value == '\0')
            return;

        const char escape[] = {'\\', letters[strchr(special, *value) - special]};

        text_add_bytes(out, escape, 2);
        value++;
    }
}

bool
copy_bytes(Copy *copy, const char *bytes, size_t length, Err *err)
{
    const size_t most = (size_t)1 << 30;  // libpq counts in int

    while (length > 0) {
        const size_t part = length < most ? length : most;

        if (PQputCopyData(copy->db->conn, bytes, (int)part) != 1)
            return db_failed(copy->db, NULL, copy->what, err);
        bytes += part;
        length -= part;
    }
    return true;
}

bool
copy_end(Copy *copy, int64_t *rows, Err *err)
{
    if (PQputCopyEnd(copy->db->conn, NULL) != 1)
        return db_failed(copy->db, NULL, copy->what, err);
    return read_answers(copy->db, copy->what, rows, err);
}

void
copy_abort(Copy *copy)
{
    Err expected = {0};

    PQputCopyEnd(copy->db->conn, "given up");
    read_answers(copy->db, copy->what, NULL, &expected);
}
