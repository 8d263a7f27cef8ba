/*
 * learn.h - what is normal by a logical date, read from the source: for the night that remembers it and for a backtest
 * that does not.
 */
#ifndef JOBS_DETECT_LEARN_H
#define JOBS_DETECT_LEARN_H

#include "core/cohort.h"
#include "jobs/detect/learn_sums.h"
#include "jobs/run/run.h"

typedef struct Learning
{
    const Learned *learned;      // of all shipments
    const Learned *settled;      // the part of it that is settled
    const char *fingerprint;     // of settings, rules and program
    const char *const *watched;  // ids of the shipments still on their way, sorted
    size_t watched_count;
    const char *const *unsettled;  // and of those that are over but not settled
    size_t unsettled_count;
    bool added;                // to an earlier night, not counted from the beginning
    int64_t shipments, scans;  // read
    int64_t scans_of_others;   // read, but of shipments outside the window, or of none
} Learning;

// Learn from what was known at as_of. db is a connection to the source without a transaction. Nothing is written but
// set-aside rows. Owned by the arena.
bool learn_at(Run *run, Db *db, Instant as_of, Arena *arena, Learning *out, Err *err);

// An earlier night of the same landmark: its settled sums, and the ids of shipments that were open or not settled.
typedef struct LearnBase
{
    const Learned *settled;
    const char *const *ids;
    size_t id_count;
} LearnBase;

// The same sums as learn_at(), from those of a base and what became known since. Where rows were changed that should not
// have been, so that it does not add up, everything is read again.
bool learn_after(
    Run *run, Db *db, Instant as_of, const LearnBase *base, Arena *arena, Learning *out, Err *err);

// Of the settings, rules and program by which sums are counted: sums of others are not to be added to. Owned by the arena.
const char *learn_fingerprint(const Run *run, Arena *arena);

// A part of the window: the shipments after an id and up to an id, each NULL for no limit, in the order of the source; or none.
typedef struct LearnPart
{
    const char *after, *upto;
    bool empty;
} LearnPart;

// The last ids of parts, but for the last part.
typedef struct LearnEnds
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} LearnEnds;

// Divide the window into parts of about as many shipments; fewer ends than parts - 1 when there are not so many.
bool learn_divide(
    Run *run, Db *db, Instant as_of, int64_t parts, Arena *arena, LearnEnds *ends, Err *err);

// Count one part as learn_at() counts everything. The asides stay with the run.
bool learn_part(
    Run *run, Db *db, Instant as_of, const LearnPart *part, Arena *arena, LearnSums *out, Err *err);

// What learn_at() would have learned, from all parts, one or more. False when they do not add up, since the source was changed
// between them.
bool
learn_add_up(const Run *run, const LearnSums *parts, size_t count, Arena *arena, Learning *out);

#endif
