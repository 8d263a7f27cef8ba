/*
 * again.h - nights that are to be done again, since one before them came later. The right order of nights is that of their
 * dates, whatever the order they are run in.
 */
#ifndef SQL_AGAIN_H
#define SQL_AGAIN_H

#include "core/instant.h"
#include "sql/db.h"

#include <stddef.h>

typedef struct NightAgain
{
    Instant as_of;
    const char *run_key;        // of the run that put it in line, else of its last one; "" for none
    const char *const *papers;  // of claims, by file name, that it wrote before
    size_t paper_count;
} NightAgain;

// Those that wait, in their order. Owned by the arena.
bool again_list(Db *db, Arena *arena, const NightAgain **items, size_t *count, Err *err);

// Put a night in line, with its scheduler's name for the run, "" for none.
bool again_add(Db *db, Instant as_of, const char *run_key, Err *err);

// One of them was done.
bool again_done(Db *db, Instant as_of, Err *err);

// Forget all judged nights, and what was learned but for an as-of: from then on they wait. *forgotten is false, and nothing was changed, when somebody was told of a
// night or acted upon it.
bool again_forget(Db *db, Instant as_of, bool *forgotten, Err *err);

// Where a night stands among the others.
typedef struct NightPlace
{
    bool learned, judged;
    int64_t newer;    // judged nights after it
    int64_t waiting;  // nights
    bool behind;      // one of them is older than a judged one
} NightPlace;

// Look where the night of an as-of stands.
bool night_place(Db *db, Instant as_of, NightPlace *out, Err *err);

#endif
