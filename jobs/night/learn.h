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
    const Learned *learned;
    const char *const *watched;  // ids of the shipments still on their way, sorted
    size_t watched_count;
    int64_t shipments, scans;  // read
    int64_t scans_of_others;   // read, but of shipments outside the window, or of none
} Learning;

// Learn from what was known at as_of. db is a connection to the source without a transaction. Nothing is written but
// set-aside rows. Owned by the arena.
bool learn_at(Run *run, Db *db, Instant as_of, Arena *arena, Learning *out, Err *err);

#endif
