/*
 * rows_copy.h - the row stream of rows.h over COPY, for questions with very many rows. Private to sql/.
 */
#ifndef SQL_ROWS_COPY_H
#define SQL_ROWS_COPY_H

#include "sql/rows.h"

// Send "copy (...) to stdout (format binary)" and read its rows like any others. NULL with err set.
Rows *rows_open_copy(Db *db, Arena *arena, const char *what, const char *sql, Err *err);

// What rows_next() and rows_close() do for such a stream.
bool rows_next_copied(Rows *rows, Err *err);
void rows_close_copied(Rows *rows);

#endif
