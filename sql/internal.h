/*
 * internal.h - what the files of sql/ share about a connection, and nobody else may know.
 */
#ifndef SQL_INTERNAL_H
#define SQL_INTERNAL_H

#include "sql/db.h"

#include <libpq-fe.h>

struct Db
{
    Arena *arena;  // of the connection
    PGconn *conn;
    const char *schema;
    const char *search_path, *statement_timeout,
        *lock_timeout;  // as session_prepare.sql takes them
    bool (*interrupted)(void);
    bool pooled;        // somebody in between gives each transaction another session of the server
    bool alone;         // pooled: in a transaction begun for one statement
    const char *guard;  // token of the lease that must be ours at every commit; NULL for none
};

// Behind a pooler what a session was told lasts for one transaction: begin one with the session's settings, by this statement
// ("begin"). False when that failed; the connection says why.
bool db_enter(Db *db, const char *begin);

// A statement is about to be sent. Behind a pooler, outside of a transaction, one begins for it alone.
bool db_statement_begins(Db *db);

// A statement is over, and all its results were read: end the transaction that was begun for it, if there is one. False when
// it could not be committed.
bool db_statement_ended(Db *db);

// Record why a statement failed, by SQLSTATE: temporary, configuration or failure. what names the question.
// Always returns false. result may be NULL when the connection itself is at fault.
bool db_failed(const Db *db, const PGresult *result, const char *what, Err *err);

// libpq's messages end in a newline and may span lines; ours are one line. Cut to size.
void db_one_line(char *out, size_t size, const char *message);

// Wait a moment for the server and take what it sent; false when the connection is broken. On interruption the query is
// cancelled and *stopped is set; what is left must still be read.
bool db_wait_input(const Db *db, bool *stopped);

// Wait for the next result while watching for interruption; NULL when there is none left. On interruption the query is
// cancelled, the rest is read, and *stopped is set.
PGresult *db_next_result(const Db *db, bool *stopped);

#endif
