/*
 * source_page.h - rows of the source becoming shipments and scans. Private to sql/.
 */
#ifndef SQL_SOURCE_PAGE_H
#define SQL_SOURCE_PAGE_H

#include "sql/source_internal.h"

typedef struct AsideList
{
    Arena *arena;
    SourceAside *items;
    size_t count, capacity;
} AsideList;

typedef struct ShipmentList
{
    Arena *arena;
    Shipment *items;
    size_t count, capacity;
} ShipmentList;

typedef struct ScanList
{
    Arena *arena;
    Scan *items;
    size_t count, capacity;
} ScanList;

// A page while it is read.
typedef struct PageReader
{
    Source *source;
    Arena *arena;
    Map *by_key;  // raw id -> index of the shipment
    ShipmentList shipments;
    ScanList scans;
    AsideList asides;
    size_t *first;   // of each shipment's scans
    size_t *number;  // of them
    int64_t others, bytes;
    const char *last;
} PageReader;

// Add the current row of source_shipments_learn.sql, or (full) of source_shipments_by_id.sql; a row without what every
// shipment needs is set aside.
void page_add_shipment(PageReader *reader, const Rows *rows, bool full);

// Add all rows of source_scans_learn.sql or source_scans_learn_by_id.sql, or (full) of source_scans_by_id.sql, to the shipments of
// the page. rows may be NULL when the question failed; err then says why.
bool page_add_scans(PageReader *reader, Rows *rows, bool full, Err *err);

#endif
