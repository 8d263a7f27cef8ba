/*
 * migrate.h - Vigie's own tables, made and changed in order by sql/migrations/NNNN_NAME.sql.
 */
#ifndef SQL_MIGRATE_H
#define SQL_MIGRATE_H

#include "sql/db.h"

#include <stddef.h>

typedef struct MigrationStatus
{
    const char *name;    // "0001_foundation.sql"
    const char *sha256;  // of the file in the program
    bool applied;
    bool changed;  // applied, but with other contents than the program's
} MigrationStatus;

// Every migration of the program, in order, with what the database knows of it; newer ones that only the database
// knows come last with sha256 "". The schema need not exist. Owned by the arena.
bool migrate_status(Db *db, Arena *arena, const MigrationStatus **items, size_t *count, Err *err);

// What a migration found in a table and left there.
typedef struct MigrationRows
{
    const char *migration, *relation;
    int64_t before;  // 1 or more: tables that were empty are not recorded
    int64_t after;   // -1 when the migration took the table away
} MigrationRows;

// What migrations found and left, in their order, of those that were applied since this is recorded. Owned by the arena.
bool migrate_rows(Db *db, Arena *arena, const MigrationRows **items, size_t *count, Err *err);

// Make the schema when it is missing and apply what has not been applied, each migration in a transaction of its own,
// and record the rows of each table before and after. Two at once wait for each other. *applied receives how many. ERR_CONFIG when an applied one was changed afterwards,
// or when the database is newer than the program.
bool migrate_apply(Db *db, int64_t *applied, Err *err);

// Whether all migrations are applied: ERR_CONFIG with the remedy ("run vigie migrate") otherwise.
bool migrate_check(Db *db, Err *err);

// Make the connection's schema when it is missing. A role that may not create schemas can still use one that is there.
bool schema_make(Db *db, Err *err);

#endif
