/*
 * copy_rows.h - many rows into a table, each filled like the parameters of a query. Private to sql/.
 *
 *     CopyRows rows;
 *     bool good = copy_rows_begin(&rows, db, arena, "watch list", SQL_WATCH_COPY, err);
 *     for (...; good && ...) {
 *         param_text(&rows.row, id);
 *         good = copy_rows_add(&rows, err);
 *     }
 *     return copy_rows_end(&rows, good, err);
 */
#ifndef SQL_COPY_ROWS_H
#define SQL_COPY_ROWS_H

#include "sql/copy.h"
#include "sql/rows.h"

typedef struct CopyRows
{
    Params row;  // the row being filled, one parameter for each column
    Copy *copy;
    Arena *arena;  // of the buffer and the row; emptied when the buffer is sent
    Text buffer;
} CopyRows;

// Start the COPY of a query file. False with err set; copy_rows_end() is then still to be called.
bool
copy_rows_begin(CopyRows *rows, Db *db, Arena *arena, const char *what, const char *sql, Err *err);

// Send the row and empty it.
bool copy_rows_add(CopyRows *rows, Err *err);

// End the COPY, or give it up when good is false. Returns whether all rows are in.
bool copy_rows_end(CopyRows *rows, bool good, Err *err);

#endif
