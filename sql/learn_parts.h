/*
 * learn_parts.h - learning divided between hosts: where each part of the window begins, and what was counted of it.
 */
#ifndef SQL_LEARN_PARTS_H
#define SQL_LEARN_PARTS_H

#include "core/instant.h"
#include "sql/db.h"

#include <stddef.h>

// Which division is meant. Parts counted by other settings, rules or another program are not seen.
typedef struct LearnDivision
{
    Instant as_of;
    const char *fingerprint;
    int64_t parts;  // 2 or more
} LearnDivision;

// Divide, unless somebody did; ends are the last ids of each part but the last (parts - 1 of them, fewer when there are not so
// many shipments).
bool learn_parts_divide(
    Db *db, const LearnDivision *division, const char *const *ends, size_t count, Err *err);

// Where a part (from 1) begins and ends: after an id, up to an id, each NULL for everything. *known is false when nobody divided
// yet; *counted is whether its sums are there. Owned by the arena.
bool learn_parts_find(Db *db, Arena *arena, const LearnDivision *division, int64_t part,
    bool *known, bool *counted, const char **after, const char **upto, Err *err);

// Keep what was counted of a part, in place of what was kept before.
bool
learn_parts_write(Db *db, const LearnDivision *division, int64_t part, const char *sums, Err *err);

// What was counted of all parts, in order, of the division (whose parts are not asked) that is complete; count is 0 when there is
// none. Owned by the arena.
bool learn_parts_read(Db *db, Arena *arena, const LearnDivision *division, const char *const **sums,
    size_t *count, Err *err);

// How many parts are counted, of how many, of the division that came furthest; both 0 when there is none.
bool learn_parts_count(
    Db *db, const LearnDivision *division, int64_t *counted, int64_t *parts, Err *err);

// Forget the parts of nights up to an as-of, in the caller's transaction.
bool learn_parts_forget(Db *db, Instant as_of, Err *err);

#endif
