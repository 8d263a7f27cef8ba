/*
 * learn.h - what is normal by a logical date, read from the source: for the night that remembers it and for a backtest
 * that does not.
 */
#ifndef JOBS_NIGHT_LEARN_H
#define JOBS_NIGHT_LEARN_H

#include "core/cohort.h"
#include "jobs/night/run.h"

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

#endif
