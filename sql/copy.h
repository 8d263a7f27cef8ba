/*
 * copy.h - rows into a table by COPY. Private to sql/, but for the simulator's and the import's streams in plain.h.
 */
#ifndef SQL_COPY_H
#define SQL_COPY_H

#include "sql/db.h"

#include <stddef.h>

typedef struct Copy Copy;

// Start "copy ... from stdin". NULL with err set. Owned by the arena.
Copy *copy_begin(Db *db, Arena *arena, const char *what, const char *sql, Err *err);

// Send some bytes of the stream; they need not end with a row.
bool copy_bytes(Copy *copy, const char *bytes, size_t length, Err *err);

// End it: only now does the server say whether the rows were good. *rows may be NULL.
bool copy_end(Copy *copy, int64_t *rows, Err *err);

// Give it up; the server forgets the rows.
void copy_abort(Copy *copy);

#endif
