/*
 * incidents.h - incidents and their append-only life.
 */
#ifndef SQL_INCIDENTS_H
#define SQL_INCIDENTS_H

#include "core/incident.h"
#include "sql/db.h"

#include <stddef.h>

// Incidents that were open before a night, as the last night before it left them, by number. A night that is done again
// gets the same.
bool incidents_open(
    Db *db, Arena *arena, Instant as_of, const Incident **items, size_t *count, Err *err);

// Give the incidents that have none their number: the one under which the same incident was on at as_of already, else,
// when fresh says so, the next free ones in the order of the list, else 0. They are free until incidents_write().
bool incidents_number(Db *db, Instant as_of, bool fresh, Incident *items, size_t count, Err *err);

// What the night judged_as_of makes of some numbered incidents, in the caller's transaction: they take their new state,
// and each has one row in its history. An incident that was judged at this or a later as-of already is left alone.
bool incidents_write(Db *db, const Incident *items, size_t count, Err *err);

// The incidents that a night judged, as they were then: open ones first, those of wider groups first.
bool incidents_of_night(
    Db *db, Arena *arena, Instant as_of, const Incident **items, size_t *count, Err *err);

typedef struct IncidentFilter
{
    int64_t number;                      // 0 for all
    const char *kind, *state, *carrier;  // "" for all; state "open" or "closed"
    int64_t limit;
} IncidentFilter;

// Incidents as their last night left them, open ones first.
bool incidents_list(Db *db, Arena *arena, const IncidentFilter *filter, const Incident **items,
    size_t *count, Err *err);

// An incident's nights, oldest first; none when there is no such incident.
bool incidents_nights(
    Db *db, Arena *arena, int64_t number, const Incident **items, size_t *count, Err *err);

#endif
