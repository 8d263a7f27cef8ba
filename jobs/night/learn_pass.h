/*
 * learn_pass.h - one pass of the workers over the source.
 *
 * Workers are threads with a connection each on one exported snapshot. They take pages from one dispenser, so that the
 * fast ones take more; every count is an integer, so the sums do not depend on who took which page.
 */
#ifndef JOBS_NIGHT_LEARN_PASS_H
#define JOBS_NIGHT_LEARN_PASS_H

#include "detectors/learner.h"
#include "jobs/frame/progress.h"
#include "jobs/night/run.h"

#include <pthread.h>

typedef struct WatchList
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} WatchList;

// What all workers share. The mutex guards the dispenser, the first failure, the sums and the run's record.
typedef struct Pass
{
    Run *run;
    const LearnPlan *plan;
    const OperatingClocks *clocks;  // NULL in the pass that learns them, on a sample
    Instant from;                   // shipments created later
    int64_t page_size;
    Progress *progress;
    int64_t shipments, scans;  // counted
    int64_t scans_of_others;   // read, but of shipments outside the window, or of none

    // Private to the pass.
    pthread_mutex_t mutex;
    const char *after;   // last id handed out
    Arena *after_arena;  // owns it
    bool exhausted;
    int64_t pages;
    Err failure;
} Pass;

// What the workers counted, merged: one or the other, by the kind of pass.
typedef struct PassResult
{
    ClockCounter *counter;
    Learner *learner;
} PassResult;

// Go over the source with as many workers as the settings say. Without clocks only a sample is read, some pages and then
// ever fewer, so that it grows with the square root of the history and depends on nothing but the data. arena owns
// the counters; watched (may be NULL) receives the shipments still on their way, in no order.
bool pass_make(Pass *pass, const Source *source, const char *snapshot, Arena *arena,
    WatchList *watched, PassResult *result, Err *err);

#endif
