/*
 * rows.h - the one row stream: SQL and bound parameters in, typed values out. Private to sql/.
 *
 * Rows arrive one at a time in binary (libpq's single-row mode; in chunks where libpq 17 has them; by COPY for very
 * many rows, see rows_copy.h), so memory does not grow with the result. One stream may be open on a connection at
 * a time. docs/reading.md has the measurements.
 */
#ifndef SQL_ROWS_H
#define SQL_ROWS_H

#include "core/instant.h"
#include "core/money.h"
#include "sql/db.h"

#include <stddef.h>

// Parameters in text format, NULL for null; the server infers their types from the query.
typedef struct Params
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} Params;

void param_text(Params *params, const char *text);  // NULL for null
void param_int(Params *params, int64_t value);
void param_real(Params *params, double value);  // NaN for null
void param_bool(Params *params, bool value);
void param_instant(Params *params, Instant at);                            // INSTANT_NONE for null
void param_day(Params *params, Day day);                                   // DAY_NONE for null
void param_texts(Params *params, const char *const *items, size_t count);  // an array of text
void param_ints(Params *params, const int64_t *items, size_t count);       // an array of integers
void param_reals(Params *params, const double *items, size_t count);       // NaN for null

typedef struct Rows Rows;

// Send a query. what names it in errors ("learned cohorts"). params may be NULL. NULL with err set.
Rows *
rows_open(Db *db, Arena *arena, const char *what, const char *sql, const Params *params, Err *err);

// Step to the next row. False at the end and on failure; err tells which (ERR_NONE at the end). The stream is
// closed then, and values of the last row are gone.
bool rows_next(Rows *rows, Err *err);

// Read what is left and close; an interrupted or failed query is forgotten.
void rows_close(Rows *rows);

int64_t rows_bytes(const Rows *rows);  // payload received so far

// Values of the current row, by column from 0. The column must have the type (checked once, at the first row:
// a wrong one is a defect of the query and ends the process). Null gives the value named.
bool rows_is_null(const Rows *rows, int column);
int64_t rows_int(const Rows *rows, int column);  // smallint, integer, bigint, 0
double rows_real(const Rows *rows, int column);  // double precision, NaN
bool rows_bool(const Rows *rows, int column);    // boolean, false
Instant rows_instant(const Rows *rows,
    int column);  // timestamptz, INSTANT_NONE (also for infinity and beyond the years of core/instant.h)
Day rows_day(const Rows *rows, int column);  // date, DAY_NONE (also for infinity)
const char *
rows_text(const Rows *rows, Arena *arena, int column);  // text-like, "", copied into the arena
const char *
rows_raw(const Rows *rows, int column, size_t *length);  // as received; valid until the next step

// Elements of a bigint[] or smallint[] without nulls, copied into the arena.
const int64_t *rows_ints(const Rows *rows, Arena *arena, int column, size_t *count);

// Element index of a text[] column, "" beyond its end; copied into the arena.
const char *rows_array_text(const Rows *rows, Arena *arena, int column, size_t index);

// The first column (text-like) of all rows that are left, in order; the stream is closed then. rows may be NULL when the
// question failed already. Owned by the arena.
bool rows_texts(Rows *rows, Arena *arena, const char *const **items, size_t *count, Err *err);

// Run a statement that returns no rows of interest; *affected (may be NULL) receives how many rows it changed.
bool rows_run(
    Db *db, const char *what, const char *sql, const Params *params, int64_t *affected, Err *err);

// Run a script of several statements without parameters (migrations, session set-up).
bool rows_script(Db *db, const char *what, const char *sql, Err *err);

// Turn a name into a quoted identifier, owned by the arena.
const char *db_identifier(Db *db, Arena *arena, const char *name, Err *err);

#endif
