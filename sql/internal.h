/*
 * internal.h - what the files of sql/ share about a connection, and nobody else may know.
 */
#ifndef SQL_INTERNAL_H
#define SQL_INTERNAL_H

#include "sql/db.h"

#include <libpq-fe.h>

struct Db
{
    PGconn *conn;
    const char *schema;
    bool (*interrupted)(void);
};

// Record why a statement failed, by SQLSTATE: temporary, configuration or failure. what names the question.
// Always returns false. result may be NULL when the connection itself is at fault.
bool db_failed(const Db *db, const PGresult *result, const char *what, Err *err);

// Wait a moment for the server and take what it sent; false when the connection is broken. On interruption the query is
// cancelled and *stopped is set; what is left must still be read.
bool db_wait_input(const Db *db, bool *stopped);

// Wait for the next result while watching for interruption; NULL when there is none left. On interruption the query is
// cancelled, the rest is read, and *stopped is set.
PGresult *db_next_result(const Db *db, bool *stopped);

#endif
