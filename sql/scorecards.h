/*
 * scorecards.h - how carriers did, as each night knew it.
 */
#ifndef SQL_SCORECARDS_H
#define SQL_SCORECARDS_H

#include "core/scorecard.h"
#include "core/zone.h"
#include "sql/db.h"

// Write the cards of the night as_of in place of those it has, in the caller's transaction. Claims and reasons are not
// written: the ledger and the cases hold them.
bool scorecards_write(Db *db, Instant as_of, const Scorecards *cards, Err *err);

// The cards of the newest night not later than as_of that has some, with what claims came to by then and why cases opened,
// both since the first day as it begins in a zone; first_day is DAY_NONE when there is none. Owned by the arena.
bool
scorecards_read(Db *db, Arena *arena, Instant as_of, const Zone *zone, Scorecards *out, Err *err);

#endif
