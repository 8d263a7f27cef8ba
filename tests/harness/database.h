/*
 * database.h - a database of its own for a test program, on the private cluster that PGHOST, PGPORT and PGUSER
 * name (ctest sets them; see scripts/cluster). A failure ends the test program with the server's message: nothing
 * that follows could mean anything.
 */
#ifndef TESTS_HARNESS_DATABASE_H
#define TESTS_HARNESS_DATABASE_H

#include "sql/db.h"

// Create an empty database and return its connection string (libpq keywords, valid until the program ends), the
// same one when called again before test_database_drop(). Without PGHOST the test is skipped (exit code 77): a
// server that happens to listen on this machine is none of a test's business.
const char *test_database_create(void);

// Connect to it as the program does: `schema` is searched, and need not exist. Owned by the arena.
Db *test_database_connect(Arena *arena, const char *schema);

// The same, with schema "vigie" made anew by all migrations; what test_database_run() says is then about its tables.
Db *test_database_migrated(Arena *arena);

// Drop it, whoever is still connected. Harmless when there is none.
void test_database_drop(void);

// Run statements (several may be separated by semicolons) in it, on a connection of the harness's own.
void test_database_run(const char *sql);

// The same, but a failure is answered: the server's message, to be freed by the caller; NULL when all went well. A COPY
// FROM STDIN is broken off before its first row, which counts as well: its table and columns are known then.
char *test_database_try(const char *sql);

// The first field of the first row as text, to be freed by the caller; NULL when there is no row or the field is
// null.
char *test_database_value(const char *sql);

// Fails the cmocka test that runs, with the error's text, unless it was done and nothing was wrong.
void must(bool done, const Err *err);

#endif
