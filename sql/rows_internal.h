/*
 * rows_internal.h - a row stream, shared by the files that drive it and that read its values.
 */
#ifndef SQL_ROWS_INTERNAL_H
#define SQL_ROWS_INTERNAL_H

#include "sql/internal.h"
#include "sql/rows.h"

#define ROWS_COLUMNS_MAX 64

// One value as received; bytes NULL for null.
typedef struct RowsField
{
    const char *bytes;
    int length;
} RowsField;

struct Rows
{
    Db *db;
    const char *what;
    int64_t bytes;
    bool open, stopped;
    bool by_copy;
    PGresult *result;  // of the current row or chunk; NULL by COPY
    int row;           // within it
    char *tuple;       // by COPY: what the fields point into
    bool started;      // by COPY: the header was read
    int field_count;
    RowsField fields[ROWS_COLUMNS_MAX];  // by COPY
};

#endif
