/*
 * plain_tables.h - Vigie's own plain tables, for people who have no database of shipments yet: made by
 * `vigie init`, filled by `vigie import` and `vigie simulate`.
 *
 * They live in a schema of their own. The functions here want a connection whose schema (DbOptions.schema) is that one.
 */
#ifndef SQL_PLAIN_TABLES_H
#define SQL_PLAIN_TABLES_H

#include "sql/db.h"

#include <stddef.h>

typedef enum PlainTable
{
    PLAIN_SHIPMENTS = 0,
    PLAIN_SCANS,
} PlainTable;

typedef enum PlainKind
{
    PLAIN_TEXT = 0,
    PLAIN_INSTANT,
    PLAIN_PROMISE,  // an instant; a date alone means the end of that day
    PLAIN_AMOUNT,
    PLAIN_CURRENCY,
    PLAIN_GRAMS,
    PLAIN_MILESTONE,
    PLAIN_BOOL,  // yes or no in one of few words: consent is not guessed
} PlainKind;

typedef struct PlainColumn
{
    const char *name;
    PlainKind kind;
    size_t limit;   // longest text, in bytes
    bool required;  // must be there and not be empty
    bool filled;    // not null in the table: empty when absent
} PlainColumn;

typedef struct PlainShape
{
    const char *name;  // "shipments"
    const PlainColumn *columns;
    size_t count;
} PlainShape;

// The columns of a plain table, the required ones first.
const PlainShape *plain_shape(PlainTable table);

// The schema of the plain tables, from the settings source.shipments and source.scans. ERR_CONFIG unless they name
// SCHEMA.shipments and SCHEMA.scans. Owned by the arena.
bool
plain_schema(Arena *arena, const char *shipments, const char *scans, const char **schema, Err *err);

// Make the schema and the tables as far as they are missing.
bool plain_create(Db *db, Err *err);

// Make the unique index of the scans, unless it is there. plain_create() does.
bool plain_make_scan_index(Db *db, Err *err);

// ERR_CONFIG with the remedy when a plain table is missing.
bool plain_check(Db *db, Err *err);

typedef struct PlainLoad PlainLoad;

// Begin to load rows: a transaction with a staging table that is written by COPY. Nothing is in the plain table before
// plain_load_end(). NULL with err set. Owned by the arena.
PlainLoad *plain_load_begin(Db *db, Arena *arena, PlainTable table, Err *err);

// Add a row: values in the order of the shape, NULL for null. They must be what the columns take: instants with zone,
// plain numbers, valid UTF-8. line is where the row came from.
bool plain_load_row(PlainLoad *load, int64_t line, const char *const *values, Err *err);

// Called for each row that a later row of the same load replaced.
typedef void PlainRepeat(void *data, int64_t line, const char *shipment_id, int64_t last);

typedef struct PlainCounts
{
    int64_t inserted, updated, unchanged;
    int64_t repeated;  // shipments named more than once: all but the last row of each
    int64_t unknown;   // scans whose shipment is not in the table
} PlainCounts;

// Bring the staged rows into the plain table and commit. present says for each column of the shape whether the rows
// have it: what they do not have keeps its stored value. visit may be NULL.
bool plain_load_end(PlainLoad *load, const bool *present, PlainRepeat *visit, void *data,
    PlainCounts *out, Err *err);

// Give it up: the plain table stands as it was.
void plain_load_abort(PlainLoad *load);

// Refresh, where the role may, the planner's numbers, the visibility map that index-only scans need and the summaries by time.
bool plain_refresh(Db *db, Err *err);

#endif
