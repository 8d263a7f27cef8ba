/*
 * prune.h - forgetting what Vigie need not keep, table by table, personal data first.
 */
#ifndef SQL_PRUNE_H
#define SQL_PRUNE_H

#include "core/instant.h"
#include "sql/db.h"

#include <stddef.h>

// In this order: first what names people, last what others refer to.
typedef enum PruneWhat
{
    PRUNE_MESSAGES = 0,  // emptied; their keys stay
    PRUNE_SET_ASIDE,
    PRUNE_REFUSALS,
    PRUNE_VERSIONS,  // of dossiers
    PRUNE_CLAIMS,    // that are over, with all that belongs to them
    PRUNE_ATTEMPTS,  // to file claims that are gone; settlement lines that were never booked
    PRUNE_FINDINGS,
    PRUNE_CASES,  // that ended, with their history
    PRUNE_INCIDENTS,
    PRUNE_SCORECARDS,
    PRUNE_NIGHTS,  // what they counted
    PRUNE_RUNS,
    PRUNE_COUNT
} PruneWhat;

// "messages", "rows set aside": what a table is called to people.
const char *prune_name(PruneWhat what);

// Forget what is older than `before`; each query in sql/queries/prune_*.sql says by which of its times. *rows receives how
// many. Nothing is lasting before the caller commits.
bool prune_table(Db *db, Arena *arena, PruneWhat what, Instant before, int64_t *rows, Err *err);

#endif
