#include "sql/db.h"

#include "core/text.h"
#include "sql/internal.h"
#include "sql/lease.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define SNAPSHOT_BEGIN "begin isolation level repeatable read read only"

#define WATCH_MILLISECONDS 200  // how long a signal may go unnoticed while the server works

void
db_one_line(char *out, size_t size, const char *message)
{
    size_t length = 0;

    for (const char *c = message; *c != '\0' && length + 1 < size; c++)
        if (*c != '\n')
            out[length++] = *c;
        else if (c[1] != '\0')
            out[length++] = ';';
    out[length] = '\0';
}

// What an error of the server means for a run, and what whoever reads it at night should know.
typedef struct Meaning
{
    const char *state;  // SQLSTATE, or how it begins
    ErrKind kind;
    const char *advice;  // "" where the message says it all
} Meaning;

// PostgreSQL, "Appendix A. PostgreSQL Error Codes". The first that fits counts.
static const Meaning *
meaning_of(const char *state)
{
    static const Meaning meanings[] = {
        {"08", ERR_TEMPORARY, ""},  // connection
        {"40", ERR_TEMPORARY, "another session worked on the same rows; nothing is to be mended"},
        {"53100", ERR_TEMPORARY, "the server's disk is full: make room there first"},
        {"53200", ERR_TEMPORARY, "the server has no memory left"},
        {"53300", ERR_TEMPORARY, "all connections of the server, or of the role, are taken"},
        {"53", ERR_TEMPORARY, "a limit in the server's settings"},
        {"55P03", ERR_TEMPORARY,
            "another session has held a lock for longer than database.lock_timeout_seconds: "
            "pg_stat_activity shows who is \"idle in transaction\""},
        {"57014", ERR_TEMPORARY,
            "somebody cancelled it, or it took longer than database.statement_timeout_seconds: "
            "vigie check names indexes that are missing"},
        {"57P", ERR_TEMPORARY, "the server was stopped, or somebody ended this session"},
        {"28", ERR_CONFIG, ""},  // not allowed in
        {"3D", ERR_CONFIG, ""},  // no such database
        {"3F", ERR_CONFIG, "vigie migrate makes Vigie's own tables"},
        {"42501", ERR_CONFIG, ""},  // missing privilege: vigie check names them all
        {"42P01", ERR_CONFIG, "vigie migrate makes Vigie's own tables"},
        {"42703", ERR_CONFIG, ""},  // missing column
        {"", ERR_FAILED, ""},
    };
    const Meaning *meaning = meanings;

    while (!text_starts_with(state, meaning->state))
        meaning++;
    return meaning;
}

bool
db_failed(const Db *db, const PGresult *result, const char *what, Err *err)
{
    char message[800], detail[800];
    const char *const state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *const more =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);

    if (state == NULL) {
        db_one_line(message, sizeof message, PQerrorMessage(db->conn));
        return err_set(err, PQstatus(db->conn) == CONNECTION_BAD ? ERR_TEMPORARY : ERR_FAILED,
            "could not query %s: %s", what, *message ? message : "the connection was lost");
    }

    const Meaning *const meaning = meaning_of(state);
    const bool advised = *meaning->advice != '\0';

    db_one_line(message, sizeof message, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    db_one_line(detail, sizeof detail, more != NULL ? more : "");
    return err_set(err, meaning->kind, "could not query %s: %s%s%s%s%s%s", what, message,
        *detail != '\0' ? "; " : "", detail, advised ? " (" : "", meaning->advice,
        advised ? ")" : "");
}

static void
cancel(const Db *db)
{
    char ignored[256];
    PGcancel *const handle = PQgetCancel(db->conn);

    if (handle != NULL)
        PQcancel(handle, ignored, sizeof ignored);
    PQfreeCancel(handle);
}

bool
db_wait_input(const Db *db, bool *stopped)
{
    struct pollfd socket = {.fd = PQsocket(db->conn), .events = POLLIN};
    const int ready = poll(&socket, 1, WATCH_MILLISECONDS);

    if (!*stopped && db->interrupted != NULL && db->interrupted()) {
        *stopped = true;
        cancel(db);
    }
    if (ready > 0)
        return PQconsumeInput(db->conn) == 1;
    return ready == 0 || errno == EINTR;
}

PGresult *
db_next_result(const Db *db, bool *stopped)
{
    while (PQisBusy(db->conn))
        if (!db_wait_input(db, stopped))
            break;  // PQgetResult reports what happened
    return PQgetResult(db->conn);
}

static bool
begin(Db *db, const char *sql, Err *err)
{
    if (!db->pooled)
        return rows_script(db, "begin", sql, err);
    return db_enter(db, sql) || db_failed(db, NULL, "begin", err);
}

bool
db_begin(Db *db, Err *err)
{
    return begin(db, "begin", err);
}

bool
db_commit(Db *db, Err *err)
{
    return (db->guard == NULL || lease_guard(db, db->guard, err)) &&
           rows_run(db, "commit", "commit", NULL, NULL, err);
}

bool
db_is_lost(const Db *db)
{
    return PQstatus(db->conn) == CONNECTION_BAD;
}

void
db_guard(Db *db, const char *token)
{
    db->guard = token;
}

void
db_ignore_interruption(Db *db)
{
    db->interrupted = NULL;
}

void
db_rollback(Db *db)
{
    Err ignored = {0};

    rows_run(db, "rollback", "rollback", NULL, NULL, &ignored);
}

bool
db_begin_snapshot(Db *db, Arena *arena, const char **name, Err *err)
{
    if (!begin(db, SNAPSHOT_BEGIN, err))
        return false;

    Rows *const rows = rows_open(db, arena, "snapshot", SQL_SNAPSHOT_EXPORT, NULL, err);

    *name = "";
    if (rows == NULL)
        return false;
    while (rows_next(rows, err))
        *name = rows_text(rows, arena, 0);
    return err->kind == ERR_NONE;
}

bool
db_join_snapshot(Db *db, const char *name, Err *err)
{
    if (*name == '\0')
        return begin(db, SNAPSHOT_BEGIN, err);

    // "set transaction snapshot" takes a literal only, and comes before any query.
    char *const literal = PQescapeLiteral(db->conn, name, strlen(name));

    if (literal == NULL)
        return db_failed(db, NULL, "snapshot", err);

    Arena *const arena = arena_create();
    const bool joined = begin(
        db, arena_printf(arena, SNAPSHOT_BEGIN "; set transaction snapshot %s", literal), err);

    PQfreemem(literal);
    arena_destroy(arena);
    return joined;
}
