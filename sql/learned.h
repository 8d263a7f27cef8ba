/*
 * learned.h - what learning remembers between jobs: sums per segment, and the shipments still on their way.
 */
#ifndef SQL_LEARNED_H
#define SQL_LEARNED_H

#include "core/cohort.h"
#include "sql/db.h"

// Replace what was learned for learned->as_of, in the caller's transaction.
bool learned_write(Db *db, const Learned *learned, Err *err);

// What was learned for the newest as-of that is not later than as_of; NULL with ERR_FAILED when there is none.
const Learned *learned_read(Db *db, Arena *arena, Instant as_of, Err *err);

// The head of it alone, without cohorts and totals; all zero, with as_of INSTANT_NONE, when there is none.
bool learned_summary(Db *db, Arena *arena, Instant as_of, Learned *out, Err *err);

// Replace the watch list of an as-of, in the caller's transaction: ids of shipments still on their way.
bool watch_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err);

// The watch list of an as-of, by id after `after` (NULL for the first), at most limit.
bool watch_read(Db *db, Arena *arena, Instant as_of, const char *after, int64_t limit,
    const char *const **ids, size_t *count, Err *err);

// Forget what was learned, and watched, before an instant.
bool learned_forget(Db *db, Instant before, Err *err);

#endif
