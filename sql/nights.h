/*
 * nights.h - what one judged night found.
 */
#ifndef SQL_NIGHTS_H
#define SQL_NIGHTS_H

#include "core/digest.h"
#include "sql/db.h"

typedef struct NightRecord
{
    Instant as_of;
    int64_t judged, abstained;
    double stuck_alpha, lost_false_share, stuck_false_expected;  // NAN where unknown
    int64_t promises
        [PROMISE_ORIGIN_COUNT];  // of the judged, by who says when they are due; 0 in old nights
    const char *unmapped_json;   // [{"carrier", "code", "count", "example"}]
    bool filled_in;              // so long after its date that nobody is told; not read back
} NightRecord;

// Replace a night and its findings, in the caller's transaction.
bool night_write(Db *db, const NightRecord *night, const Finding *findings, size_t count, Err *err);

// The night of an as-of; false with ERR_FAILED when it was never judged.
bool night_read(Db *db, Arena *arena, Instant as_of, NightRecord *out, Err *err);

// The newest judged as-of; INSTANT_NONE when there is none.
bool night_newest(Db *db, Instant *as_of, Err *err);

// Keep with a night what it counted by kind; its report is about to be written. The same again writes nothing.
bool night_remember(Db *db, Instant as_of, const KindCount kinds[CASE_KIND_COUNT], Err *err);

// What the nights with a report counted, oldest first; folder is "". Owned by the arena.
bool nights_counted(Db *db, Arena *arena, NightCount **items, size_t *count, Err *err);

// Unmapped codes of a night, most frequent first.
bool night_unmapped(
    Db *db, Arena *arena, Instant as_of, const UnmappedCode **items, size_t *count, Err *err);

#endif
