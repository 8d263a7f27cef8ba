/*
 * promises.h - how many promises each carrier kept, by the day on which they ended.
 *
 * A count is kept under the night that made it, so that an older night, run again, sees nothing that was known later.
 */
#ifndef SQL_PROMISES_H
#define SQL_PROMISES_H

#include "core/forecast.h"
#include "sql/db.h"

// The last day counted for good by as_of, leads and all; DAY_NONE when there is none.
bool promises_last(Db *db, Instant as_of, Day *out, Err *err);

// Remember days as the night of as_of counts them, all of them after promises_last(), and forget days before a day and what that
// night had counted of them before, in the caller's transaction.
bool
promises_write(Db *db, Instant as_of, const PromiseDay *items, size_t count, Day forget, Err *err);

// Days after a day, by carrier and day, without those of a silent feed; days are those of the time zone. Leads are 0 where they
// were not counted (core/forecast.h). Owned by the arena.
bool promises_read(Db *db, Arena *arena, Instant as_of, Day after, const char *time_zone,
    const PromiseDay **items, size_t *count, Err *err);

#endif
