/*
 * flows.h - what groups of parcels did night by night, and which shipments tell what they did tonight.
 */
#ifndef SQL_FLOWS_H
#define SQL_FLOWS_H

#include "core/incident.h"
#include "sql/db.h"

#include <stddef.h>

// Replace the flows of a night, in the caller's transaction.
bool flows_write(Db *db, Instant as_of, const Flow *flows, size_t count, Err *err);

// Flows of the nights between two instants (both excluded), by kind name, carrier, name, then night.
bool flows_read(Db *db, Arena *arena, Instant after, Instant before, const Flow **items,
    size_t *count, Err *err);

// Forget the flows of nights before an instant.
bool flows_forget(Db *db, Instant before, Err *err);

// The newest night before as_of, not older than oldest, that has a watch list; INSTANT_NONE when there is none.
bool watch_previous(Db *db, Instant as_of, Instant oldest, Instant *previous, Err *err);

// Shipments on the watch list of either night, by id after `after` (NULL for the first), at most limit.
bool watch_read_either(Db *db, Arena *arena, Instant as_of, Instant other, const char *after,
    int64_t limit, const char *const **ids, size_t *count, Err *err);

#endif
