/*
 * copy.h - rows into a table by COPY. Private to sql/.
 */
#ifndef SQL_COPY_H
#define SQL_COPY_H

#include "core/text.h"
#include "sql/db.h"

#include <stddef.h>

typedef struct Copy Copy;

// Start "copy ... from stdin". NULL with err set. Owned by the arena.
Copy *copy_begin(Db *db, Arena *arena, const char *what, const char *sql, Err *err);

// Append a value in the text format of COPY, without the tab or line end that follows; NULL for null.
void copy_value(Text *out, const char *value);

// Send some bytes of the stream; they need not end with a row.
bool copy_bytes(Copy *copy, const char *bytes, size_t length, Err *err);

// End it: only now does the server say whether the rows were good. *rows may be NULL.
bool copy_end(Copy *copy, int64_t *rows, Err *err);

// Give it up; the server forgets the rows.
void copy_abort(Copy *copy);

#endif
