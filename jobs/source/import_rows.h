/*
 * import_rows.h - what a line of a CSV file must be before the database hears of it. Pure functions: the rows of a
 * plain table are checked and brought into the form that COPY takes; what cannot be is named.
 */
#ifndef JOBS_SOURCE_IMPORT_ROWS_H
#define JOBS_SOURCE_IMPORT_ROWS_H

#include "config/problems.h"
#include "core/csv.h"
#include "core/zone.h"
#include "sql/plain_tables.h"

#define IMPORT_COLUMNS_MAX 64  // more than any plain table has

typedef struct ImportRules
{
    const Zone *zone;          // of timestamps without one
    const Zone *promise_zone;  // a promise that is a date ends with that day there
    const char *currency;      // of amounts whose row names none
} ImportRules;

// Which field of the file is which column.
typedef struct ImportHeader
{
    const PlainShape *shape;
    size_t field_count;
    int field_of[IMPORT_COLUMNS_MAX];  // by column of the shape; -1 when the file does not have it
    bool present[IMPORT_COLUMNS_MAX];  // by column of the shape
} ImportHeader;

// Why a row cannot be used. The same words for the same kind of mistake; the detail has the value.
typedef struct ImportFault
{
    const char *reason;  // "invalid date"
    const char *detail;  // created_at "31/12/2026"
    const char *key;     // shipment_id as far as it can be read
} ImportFault;

// Understand the first record of a file. Columns may stand in any order; all problems (unrecognized, repeated and
// missing columns) are added to problems, and then it is false.
bool import_header(const PlainShape *shape, const char *file, const CsvRecord *record,
    ImportHeader *out, Problems *problems);

// Check a row and fill values (as many as the shape has columns, NULL for null) for plain_load_row(). They live in the
// arena or in the record. False with the fault, which lives in the arena.
bool import_row(const ImportHeader *header, const ImportRules *rules, Arena *arena,
    const CsvRecord *record, const char **values, ImportFault *fault);

#endif
