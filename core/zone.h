/*
 * zone.h - a time zone as a table of offsets, so that conversions are pure functions.
 *
 * The system's time zone database is read once, through libc, when a zone is loaded (in the main thread,
 * before workers start); afterwards no function here depends on TZ or on the locale.
 */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include "core/err.h"
#include "core/instant.h"

typedef struct Zone Zone;

// Load an IANA zone ("Europe/Paris", "UTC"). NULL with ERR_CONFIG when the system does not know it.
// Owned by the arena. Covers YEAR_MIN to 2100; later instants take the last offset.
const Zone *zone_load(Arena *arena, const char *name, Err *err);

// Whether the system knows a zone; costs a look at a file name, where loading reads the whole zone.
bool zone_exists(Arena *arena, const char *name);

// The same as a failure: ERR_CONFIG as of zone_load().
bool zone_check(Arena *arena, const char *name, Err *err);

// The IANA name it was loaded by.
const char *zone_name(const Zone *zone);

// Seconds east of UTC at an instant.
int32_t zone_offset_seconds(const Zone *zone, Instant at);

// The civil day on which an instant falls there.
Day zone_day(const Zone *zone, Instant at);

// The first instant of a day there. The last one is zone_day_start(day + 1) - 1 microsecond.
Instant zone_day_start(const Zone *zone, Day day);
Instant zone_day_end(const Zone *zone, Day day);

// Hour of the wall clock, 0-23.
int zone_hour(const Zone *zone, Instant at);

// The instant of a wall clock reading (see wall_parse). A reading that occurs twice means the first; one
// that a spring change skips is taken with the offset before the change.
Instant zone_instant(const Zone *zone, int64_t wall);

// "2026-11-20 23:59" on that wall clock.
char *zone_print(Arena *arena, const Zone *zone, Instant at);

#endif
