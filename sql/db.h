/*
 * db.h - one connection to PostgreSQL: how it is opened, its transactions, its locks. Nothing outside sql/ ever
 * sees a PGconn or a PGresult.
 */
#ifndef SQL_DB_H
#define SQL_DB_H

#include "core/arena.h"
#include "core/err.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Db Db;

typedef struct DbOptions
{
    const char *
        url;  // libpq URI or keywords; "" leaves everything to PG* variables, service and password files
    const char *schema;  // Vigie's own; unqualified names of our queries mean tables there
    const char *application_name;
    int64_t connect_timeout_seconds;    // 1 or more
    int64_t statement_timeout_seconds;  // 0 for none
    int64_t lock_timeout_seconds;       // 0 for none
    bool (*interrupted)(
        void);  // asked while waiting for the server; true cancels the query. May be NULL
} DbOptions;

// Connect. The session speaks UTF-8 (takes bytes as they are from a database without an encoding) and UTC, and finds unqualified names in the schema (which may not exist yet),
// then in public. Closed with the arena. NULL with ERR_TEMPORARY when the server cannot be reached, ERR_CONFIG
// when it refuses us (password, database, role).
Db *db_connect(Arena *arena, const DbOptions *options, Err *err);

// Whether the connection broke: nothing more can be asked on it.
bool db_is_lost(const Db *db);

// Connect again after the connection broke, or for a clean session: what was open is lost. Errors as of db_connect().
bool db_reconnect(Db *db, Err *err);

// Whether a pooler stands in between that gives each transaction another session of the server: session locks would then be
// somebody else's.
bool db_is_pooled(const Db *db);

// The schema it was opened for, and the server's version.
const char *db_schema(const Db *db);
int db_server_version(const Db *db);  // 150018 for 15.18

// Transactions. Rolling back never fails: a broken connection has rolled back by itself.
bool db_begin(Db *db, Err *err);
bool db_commit(Db *db, Err *err);
void db_rollback(Db *db);

// A read-only transaction that sees one state of the database throughout; other connections may join it by name.
// name is owned by the arena, empty when the server cannot export (a standby); joining "" starts an own one.
bool db_begin_snapshot(Db *db, Arena *arena, const char **name, Err *err);
bool db_join_snapshot(Db *db, const char *name, Err *err);

// From now on every commit first makes sure that the lease of this token (sql/lease.h) is still ours, and fails with ERR_BUSY
// when it is not: whoever took it over must find nothing changed behind its back. NULL for no such care.
void db_guard(Db *db, const char *token);

// Interruption was heeded: what is still to be written (how the run ended) must not be cancelled as well.
void db_ignore_interruption(Db *db);

#endif
