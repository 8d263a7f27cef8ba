/*
 * learned.h - what learning remembers between jobs: sums per segment, the shipments still on their way, and those not
 * settled yet.
 */
#ifndef SQL_LEARNED_H
#define SQL_LEARNED_H

#include "core/cohort.h"
#include "sql/db.h"

// What was learned of all shipments, and the settled part of it, which the next night adds to.
typedef struct LearnedState
{
    const Learned *all, *settled;  // of the same as-of
    const char *fingerprint;  // of settings, rules and program: sums of another cannot be added to
} LearnedState;

// Replace what was learned for the state's as-of, in the caller's transaction.
bool learned_write(Db *db, const LearnedState *state, Err *err);

// What was learned of all shipments for the newest as-of that is not later than as_of; NULL with ERR_FAILED when there is
// none.
const Learned *learned_read(Db *db, Arena *arena, Instant as_of, Err *err);

// The newest settled part before as_of with this landmark and fingerprint. *out is NULL when there is none.
bool learned_read_settled(Db *db, Arena *arena, Instant as_of, Instant landmark,
    const char *fingerprint, const Learned **out, Err *err);

// The head of a learned state.
typedef struct LearnedHead
{
    Instant as_of;  // INSTANT_NONE when nothing was learned
    int64_t shipments, scans, gaps;
    Day first_day, last_day;  // of gap starts behind it; DAY_NONE when none
} LearnedHead;
bool learned_summary(Db *db, Arena *arena, Instant as_of, LearnedHead *out, Err *err);

// Replace the watch list of an as-of, in the caller's transaction: ids of shipments still on their way.
bool watch_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err);

// The watch list of an as-of, by id after `after` (NULL for the first), at most limit.
bool watch_read(Db *db, Arena *arena, Instant as_of, const char *after, int64_t limit,
    const char *const **ids, size_t *count, Err *err);

// The same for shipments that are over but not settled.
bool unsettled_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err);

// All that are on the watch list of an as-of or not settled by then, sorted.
bool unsettled_read(
    Db *db, Arena *arena, Instant as_of, const char *const **ids, size_t *count, Err *err);

// Forget what was learned, and watched, before an instant; of settled sums keep those of so many nights up to as_of.
bool learned_forget(Db *db, Instant before, Instant as_of, int64_t settled_nights, Err *err);

#endif
