#include "sql/db.h"

#include "core/text.h"
#include "sql/internal.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define WATCH_MILLISECONDS 200  // how long a signal may go unnoticed while the server works

static void
finish(void *conn)
{
    PQfinish(conn);
}

// libpq's messages end in a newline and may span lines; ours are one line.
static void
one_line(char *out, size_t size, const char *message)
{
    size_t length = 0;

    for (const char *c = message; *c != '\0' && length + 1 < size; c++)
        if (*c != '\n')
            out[length++] = *c;
        else if (c[1] != '\0')
            out[length++] = ';';
    out[length] = '\0';
}

// PostgreSQL, "Appendix A. PostgreSQL Error Codes".
static ErrKind
kind_of(const char *state)
{
    static const struct
    {
        const char *prefix;
        ErrKind kind;
    } kinds[] = {
        {"08", ERR_TEMPORARY},     // connection
        {"40", ERR_TEMPORARY},     // serialization, deadlock
        {"53", ERR_TEMPORARY},     // too many connections, out of memory or disk
        {"55P03", ERR_TEMPORARY},  // lock timeout
        {"57014", ERR_TEMPORARY},  // statement timeout
        {"57P", ERR_TEMPORARY},    // shut down, starting up
        {"28", ERR_CONFIG},        // not allowed in
        {"3D", ERR_CONFIG},        // no such database
        {"3F", ERR_CONFIG},        // no such schema
        {"42501", ERR_CONFIG},     // missing privilege
        {"42P01", ERR_CONFIG},     // missing relation
        {"42703", ERR_CONFIG},     // missing column
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_starts_with(state, kinds[i].prefix))
            return kinds[i].kind;
    return ERR_FAILED;
}

bool
db_failed(const Db *db, const PGresult *result, const char *what, Err *err)
{
    char message[800];
    const char *const state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *const detail =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);

    if (state == NULL) {
        one_line(message, sizeof message, PQerrorMessage(db->conn));
        return err_set(err, PQstatus(db->conn) == CONNECTION_BAD ? ERR_TEMPORARY : ERR_FAILED,
            "could not query %s: %s", what, *message ? message : "the connection was lost");
    }
    one_line(message, sizeof message, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    err_set(err, kind_of(state), "could not query %s: %s%s%s", what, message, detail ? "; " : "",
        detail ? detail : "");
    if (strcmp(state, "42P01") == 0 || strcmp(state, "3F000") == 0)
        err_context(
            err, "something is missing in the database (vigie migrate makes Vigie's own tables)");
    return false;
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

// Session set-up: everything our queries rely on, so that no role or database default can change a night.
static bool
prepare_session(Db *db, Arena *arena, const DbOptions *options, Err *err)
{
    const char *const schema = db_identifier(db, arena, options->schema, err);
    Params params = {.arena = arena};

    if (schema == NULL)
        return false;
    param_text(&params, arena_printf(arena, "%s, public", schema));
    param_text(
        &params, arena_printf(arena, "%llds", (long long)options->statement_timeout_seconds));
    param_text(&params, arena_printf(arena, "%llds", (long long)options->lock_timeout_seconds));
    return rows_run(db, "session settings", SQL_SESSION_PREPARE, &params, NULL, err);
}

static void
ignore_notice(void *data, const char *message)
{
    (void)data;
    (void)message;
}

Db *
db_connect(Arena *arena, const DbOptions *options, Err *err)
{
    const char *const timeout =
        arena_printf(arena, "%lld", (long long)options->connect_timeout_seconds);
    const char *const keywords[] = {"dbname", "application_name", "connect_timeout",
        "client_encoding", "keepalives_idle", "keepalives_interval", "keepalives_count", NULL};
    // An empty dbname would be expanded to nothing; leaving the keyword out lets PGDATABASE and PGSERVICE speak.
    const bool named = *options->url != '\0';
    const char *const values[] = {
        options->url, options->application_name, timeout, "UTF8", "30", "10", "3", NULL};
    Db *const db = ARENA_NEW(arena, Db);

    *db = (Db){
        .conn = PQconnectdbParams(keywords + !named, values + !named, 1),
        .schema = arena_copy(arena, options->schema),
        .interrupted = options->interrupted,
    };
    arena_defer(arena, finish, db->conn);
    if (PQstatus(db->conn) != CONNECTION_OK) {
        char message[800];
        // Without a result there is no SQLSTATE: a server that answered and refused says "FATAL".
        const bool refused = strstr(PQerrorMessage(db->conn), "FATAL") != NULL &&
                             strstr(PQerrorMessage(db->conn), "starting up") == NULL &&
                             strstr(PQerrorMessage(db->conn), "shutting down") == NULL &&
                             strstr(PQerrorMessage(db->conn), "too many") == NULL;

        one_line(message, sizeof message, PQerrorMessage(db->conn));
        err_set(err, refused ? ERR_CONFIG : ERR_TEMPORARY, "could not connect to the database: %s",
            message);
        return NULL;
    }
    PQsetNoticeProcessor(db->conn, ignore_notice, NULL);
    return prepare_session(db, arena, options, err) ? db : NULL;
}

const char *
db_schema(const Db *db)
{
    return db->schema;
}

int
db_server_version(const Db *db)
{
    return PQserverVersion(db->conn);
}

bool
db_begin(Db *db, Err *err)
{
    return rows_run(db, "begin", "begin", NULL, NULL, err);
}

bool
db_commit(Db *db, Err *err)
{
    return rows_run(db, "commit", "commit", NULL, NULL, err);
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
    if (!rows_run(db, "begin", "begin isolation level repeatable read read only", NULL, NULL, err))
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
    if (!rows_run(db, "begin", "begin isolation level repeatable read read only", NULL, NULL, err))
        return false;
    if (*name == '\0')
        return true;

    // "set transaction snapshot" takes a literal only.
    char *const literal = PQescapeLiteral(db->conn, name, strlen(name));

    if (literal == NULL)
        return db_failed(db, NULL, "snapshot", err);

    Arena *const arena = arena_create();
    const bool joined = rows_run(db, "snapshot",
        arena_printf(arena, "set transaction snapshot %s", literal), NULL, NULL, err);

    PQfreemem(literal);
    arena_destroy(arena);
    return joined;
}

bool
db_lock_run(Db *db, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    bool locked = false;
    const char *holder = "";

    param_text(&params, db->schema);

    Rows *const rows = rows_open(db, arena, "run lock", SQL_LOCK_RUN, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        locked = rows_bool(rows, 0);
        holder = rows_text(rows, arena, 1);
    }
    if (err->kind == ERR_NONE && !locked)
        err_set(err, ERR_BUSY, "another run holds the lock of schema \"%s\": %s", db->schema,
            *holder ? holder : "it ended just now");
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}
