/*
 * learn_pass.h - one pass of the workers over the source.
 *
 * Workers are threads with a connection each on one exported snapshot. They take pages from one dispenser, so that the
 * fast ones take more; every count is an integer, so the sums do not depend on who took which page.
 */
#ifndef JOBS_DETECT_LEARN_PASS_H
#define JOBS_DETECT_LEARN_PASS_H

#include "core/map.h"
#include "detectors/baseline/learner.h"
#include "jobs/frame/progress.h"
#include "jobs/run/run.h"

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
    const LearnPlan *base;          // of the night that is added to; NULL when everything is read
    const char *const *ids;         // with a base: the shipments to read,
    size_t id_count;
    const Map *changed;  // and those of them that were settled by then, by id
    Instant from;        // without: shipments created later,
    const char *
        after;  // after this id and up to that one, each NULL for no limit; after moves on with what is handed out
    const char *upto;
    bool exhausted;  // nothing is left to hand out
    int64_t page_size;
    Progress *progress;
    int64_t shipments, scans;  // counted
    int64_t scans_of_others;   // read, but of shipments outside the window, or of none

    // Private to the pass.
    pthread_mutex_t mutex;
    size_t next_id;
    Arena *after_arena;  // owns the last id handed out
    int64_t pages;
    Err failure;
} Pass;

// What the workers counted, merged: the counter in the pass that learns the clocks, else the learners.
typedef struct PassResult
{
    ClockCounter *counter;
    Learner *settled;   // shipments that are settled by the plan's as-of,
    Learner *fresh;     // and those that are not
    Learner *reversed;  // with a base: changed shipments as they were settled in it
} PassResult;

// Go over the source with as many workers as the settings say. Without clocks only a sample is read, some pages and then
// ever fewer, so that it grows with the square root of the history and depends on nothing but the data. arena owns
// the counters; watched and unsettled (may be NULL) receive the shipments still on their way, and those that are over but
// not settled or that could not be read, in no order.
bool pass_make(Pass *pass, const Source *source, const char *snapshot, Arena *arena,
    WatchList *watched, WatchList *unsettled, PassResult *result, Err *err);

#endif
