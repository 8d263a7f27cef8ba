/*
 * A session is told what our queries rely on when it begins. Behind a pooler in transaction mode (PgBouncer) there is no
 * session to tell: each transaction may meet another one, and what we left there would meet somebody else. Such a pooler gives
 * itself away: it answers for the server with a process number of its own making. Then every transaction is told anew, and
 * a statement outside of one gets one for itself.
 */
#include "core/text.h"
#include "sql/internal.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

static void
finish(void *conn)
{
    PQfinish(conn);
}

// Everything our queries rely on, so that no role or database default can change a night.
static bool
prepare(Db *db, bool local)
{
    const char *const values[] = {
        db->search_path, db->statement_timeout, db->lock_timeout, local ? "true" : "false"};
    PGresult *const result =
        PQexecParams(db->conn, SQL_SESSION_PREPARE, 4, NULL, values, NULL, NULL, 0);
    const bool done = PQresultStatus(result) == PGRES_TUPLES_OK;

    PQclear(result);
    return done;
}

static bool
run(Db *db, const char *sql)
{
    PGresult *const result = PQexec(db->conn, sql);
    const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return done;
}

bool
db_enter(Db *db, const char *begin)
{
    return run(db, begin) && prepare(db, true);
}

bool
db_statement_begins(Db *db)
{
    if (!db->pooled || PQtransactionStatus(db->conn) != PQTRANS_IDLE)
        return true;
    db->alone = true;
    return db_enter(db, "begin");
}

bool
db_statement_ended(Db *db)
{
    if (!db->alone)
        return true;
    db->alone = false;

    const bool good = PQtransactionStatus(db->conn) == PQTRANS_INTRANS;

    return run(db, good ? "commit" : "rollback") || !good;
}

static bool
find_pooler(Db *db)
{
    PGresult *const result = PQexec(db->conn, SQL_SESSION_PROCESS);
    const bool known = PQresultStatus(result) == PGRES_TUPLES_OK;

    int64_t process = 0;

    if (known)
        db->pooled = !text_parse_int(PQgetvalue(result, 0, 0), &process) ||
                     process != PQbackendPID(db->conn);
    PQclear(result);
    return known;
}

static void
ignore_notice(void *data, const char *message)
{
    (void)data;
    (void)message;
}

// A database without an encoding holds whatever bytes were put into it, and its server refuses to send what is no UTF-8 to
// whom asks for UTF-8: one such scan would end every night. Asked for nothing it sends all, and the source's reader mends it.
static void
take_bytes_as_they_are(Db *db)
{
    const char *const encoding = PQparameterStatus(db->conn, "server_encoding");

    if (encoding != NULL && strcmp(encoding, "SQL_ASCII") == 0)
        PQsetClientEncoding(db->conn, encoding);
}

// Without a result there is no SQLSTATE: a server that answered and refused says "FATAL". A server that stops or starts does so,
// too, and so does a pooler whose server is away.
static bool
is_refusal(const char *message)
{
    static const char *const passing[] = {"starting up", "shutting down", "too many",
        "server_login_retry", "server login has been failing", "server conn crashed",
        "the database system is", "query_wait_timeout", "no more connections"};

    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (strstr(message, passing[i]) != NULL)
            return false;
    return strstr(message, "FATAL") != NULL;
}

static bool
tell_search_path(Db *db, Err *err)
{
    const char *const schema = db_identifier(db, db->arena, db->schema, err);

    db->search_path = schema == NULL ? NULL : arena_printf(db->arena, "%s, public", schema);
    return schema != NULL;
}

// Make a new connection fit for use.
static bool
settle(Db *db, Err *err)
{
    char message[800];

    if (PQstatus(db->conn) != CONNECTION_OK) {
        db_one_line(message, sizeof message, PQerrorMessage(db->conn));
        return err_set(err, is_refusal(message) ? ERR_CONFIG : ERR_TEMPORARY,
            "could not connect to the database: %s", message);
    }
    PQsetNoticeProcessor(db->conn, ignore_notice, NULL);
    take_bytes_as_they_are(db);
    if (!tell_search_path(db, err))
        return false;
    return (find_pooler(db) && (db->pooled || prepare(db, false))) ||
           db_failed(db, NULL, "session settings", err);
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
        .arena = arena,
        .conn = PQconnectdbParams(keywords + !named, values + !named, 1),
        .schema = arena_copy(arena, options->schema),
        .statement_timeout =
            arena_printf(arena, "%llds", (long long)options->statement_timeout_seconds),
        .lock_timeout = arena_printf(arena, "%llds", (long long)options->lock_timeout_seconds),
        .interrupted = options->interrupted,
    };
    arena_defer(arena, finish, db->conn);
    return settle(db, err) ? db : NULL;
}

bool
db_reconnect(Db *db, Err *err)
{
    db->alone = false;
    PQreset(db->conn);
    return settle(db, err);
}

bool
db_is_pooled(const Db *db)
{
    return db->pooled;
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
