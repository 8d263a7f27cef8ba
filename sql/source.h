/*
 * source.h - the user's two relations as the source contract sees them (domain: "What Vigie reads").
 *
 * The relations are named in the settings (a table, a view or a SELECT). Their columns are discovered, checked against
 * the contract, and read through a WITH clause that is made of nothing but the contract's names, quoted
 * identifiers of the user's columns and casts; every query file says source_shipment and source_scan.
 */
#ifndef SQL_SOURCE_H
#define SQL_SOURCE_H

#include "core/shipment.h"
#include "sql/db.h"

#include <stddef.h>

typedef struct SourceOptions
{
    const char *shipments, *scans;  // "schema.table" (each part may be double-quoted), or a SELECT
    const char *time_zone;          // of timestamps without a zone in the source
    const char *promise_time_zone;  // a promise that is a date ends with that day there
    const char *currency;           // of amounts whose row names none
    bool contacts;                  // how to reach customers is read too; else not even asked for
} SourceOptions;

// A column of the contract, and what the source has for it.
typedef struct SourceColumn
{
    const char *relation;  // "shipments" or "scans"
    const char *name;      // "occurred_at"
    const char
        *type;  // as the source declares it: "timestamp without time zone"; "" when it is absent
    const char *problem;  // why it cannot be used; "" when it can, or is optional and absent
    const char *
        note;  // how it is read when that is not plain: "without zone, read as Europe/Paris"; else ""
    bool required;
} SourceColumn;

typedef struct Source Source;

// Discover the relations on a connection. NULL when a relation is missing or not readable (ERR_CONFIG), or when a
// column has a problem: err then names the first and says how many; columns (may be NULL) has them all either way.
typedef struct SourceColumns
{
    const SourceColumn *items;
    size_t count;
} SourceColumns;
Source *
source_open(Db *db, Arena *arena, const SourceOptions *options, SourceColumns *columns, Err *err);

// A column with customers' contacts that the role of the connection may not read, so that it is read as if it were absent; ""
// when there is none.
const char *source_unreadable(const Source *source);

// The same source on another connection (a worker's).
Source *source_on(const Source *source, Db *db, Arena *arena);

// What cannot be used of a row.
typedef enum SourceAsideOf
{
    SOURCE_ROW,    // nothing: it is not read
    SOURCE_VALUE,  // a value: the row is read without it
} SourceAsideOf;

// A row that cannot be used, or not all of it, for the run's record.
typedef struct SourceAside
{
    SourceAsideOf of;
    const char *key;     // shipment_id
    const char *reason;  // "invalid amount": the same words for the same kind of mistake
    const char *detail;
} SourceAside;

// Some shipments with their scans, in the order of shipment_id. Everything lives in the arena given.
typedef struct SourcePage
{
    Shipment *shipments;
    size_t count;
    Scan *scans;  // all of them; each shipment points to its own
    size_t scan_count;
    const SourceAside *asides;
    size_t aside_count;
    int64_t scans_of_others;  // of shipments that are unknown, or outside the window
    int64_t bytes;            // received
    const char *last;         // id of the last shipment; NULL when there are no more
    struct Map *reader;       // for source_read_scans() only
} SourcePage;

// The scans of the page's shipment number index, for normalising in place; NULL when it has none.
Scan *source_scans_of(const SourcePage *page, size_t index);

// Shipments created in (from, as_of], by id after `after` (NULL for the first), at most limit, with what learning needs of
// them: carrier, service, lane and dates. Scans are not read yet.
bool source_read_shipments(Source *source, Instant from, Instant as_of, const char *after,
    int64_t limit, Arena *arena, SourcePage *page, Err *err);

// The same, of those up to an id (NULL for all); undated: also those without a date of creation, or with one that never comes, which
// are set aside.
typedef struct SourcePart
{
    const char *after, *upto;
    int64_t limit;
    bool undated;
} SourcePart;
bool source_read_part(Source *source, Instant from, Instant as_of, const SourcePart *part,
    Arena *arena, SourcePage *page, Err *err);

// Their scans, as far as they had occurred and were recorded by as_of, oldest first, without text, place and
// country: what learning needs. Those without a date are added to what the page sets aside. The server is asked for the range of ids from the first to the last shipment.
bool source_read_scans(Source *source, Instant as_of, Arena *arena, SourcePage *page, Err *err);

// The id of the shipment that stands count places (1 or more) after `after` in that order; *last is NULL when there are
// fewer. Cheap: nothing but ids is read.
bool source_skip(Source *source, Instant from, Instant as_of, const char *after, int64_t count,
    Arena *arena, const char **last, Err *err);

// The shipments with these ids, with their scans in full. Unknown ids are left out.
bool source_read_ids(Source *source, const char *const *ids, size_t count, Instant as_of,
    Arena *arena, SourcePage *page, Err *err);

// The same, of their scans no more than learning needs (see source_read_scans).
bool source_learn_ids(Source *source, const char *const *ids, size_t count, Instant as_of,
    Arena *arena, SourcePage *page, Err *err);

// How the customers of some shipments may be reached. Empty where the source has no such columns, or was opened without
// contacts. Owned by the arena.
typedef struct SourceContact
{
    const char *shipment_id, *email, *phone, *language, *order_reference;  // "" for none
    bool consent;  // false also where nobody says so
} SourceContact;
bool source_read_contacts(Source *source, const char *const *ids, size_t count, Instant as_of,
    Arena *arena, const SourceContact **items, size_t *found, Err *err);

// Ids of the shipments with a tracking number, created by as_of, newest first; at most 10.
bool source_find_tracking(Source *source, const char *tracking_number, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err);

// Ids of the shipments created by as_of whose promise ended in (after, until], in order. Owned by the arena.
bool source_promised(Source *source, Instant after, Instant until, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err);

// Ids of the shipments of which a scan became known after `known` and by as_of. Reads the scans by time: vigie check
// recommends the index. Owned by the arena.
bool source_changed(Source *source, Instant known, Instant as_of, Arena *arena,
    const char *const **ids, size_t *count, Err *err);

// How many shipments there are, by the planner's guess, which costs nothing: for the progress bar. -1 when unknown.
int64_t source_estimate(Source *source, Err *err);

#endif
