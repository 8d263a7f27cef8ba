/*
 * state.h - all that Vigie wrote, table by table as bytes of COPY's text format, for moves between databases.
 */
#ifndef SQL_STATE_H
#define SQL_STATE_H

#include "sql/db.h"

#include <stddef.h>

typedef struct StateTable
{
    const char *name;
    const char *columns;             // "a, b, c": those that are copied
    const char *copy_out, *copy_in;  // statements, made by the server
} StateTable;

// The tables of the schema, each after those that it refers to. Owned by the arena.
bool state_tables(Db *db, Arena *arena, const StateTable **items, size_t *count, Err *err);

// The names of those that hold rows. Owned by the arena.
bool state_filled(Db *db, Arena *arena, const StateTable *tables, size_t count,
    const char *const **names, size_t *name_count, Err *err);

// Rows of a table on their way out, in no order; one stream at a time on a connection. NULL with err set.
typedef struct StateStream StateStream;
StateStream *state_open(Db *db, Arena *arena, const StateTable *table, Err *err);

// The next row's bytes, valid until the next call. False at the end and on failure (ERR_NONE at the end),
// and whenever asked again.
bool state_next(StateStream *stream, const char **bytes, size_t *length, Err *err);

// Fill a table with what `next` gives until it gives length 0, or sets err. *rows receives how many.
typedef void StateSource(void *data, const char **bytes, size_t *length, Err *err);
bool state_fill(Db *db, Arena *arena, const StateTable *table, StateSource *next, void *data,
    int64_t *rows, Err *err);

#endif
