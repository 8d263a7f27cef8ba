/*
 * learn: read the shipments that can still teach something, count, and remember the sums and the watch list.
 */
#include "jobs/night/learn.h"
#include "core/clock.h"
#include "jobs/night/learn_pass.h"
#include "jobs/night/plan.h"
#include "sql/learned.h"

#include <stdlib.h>
#include <string.h>

extern const Command command_learn;

// The clock is learned from a sample of pages of this size, whatever source.page_shipments says, so that the setting
// changes nothing in the result.
#define SAMPLE_PAGE 2000

static int
by_id(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
remember(Run *run, const Learning *learning, Err *err)
{
    const Instant as_of = learning->learned->as_of;

    if (run->job->dry_run)
        return true;
    if (db_begin(run->db, err) && learned_write(run->db, learning->learned, err) &&
        watch_write(run->db, as_of, learning->watched, learning->watched_count, err) &&
        learned_forget(run->db, as_of - LEARNED_KEPT_DAYS * HOURS_24, err) &&
        db_commit(run->db, err))
        return true;
    db_rollback(run->db);
    return false;
}

static void
record_counts(Run *run, const Learning *learning, int64_t started)
{
    const Learned *const learned = learning->learned;

    run_count(run, "learn", "shipments", learning->shipments);
    run_count(run, "learn", "scans", learning->scans);
    run_count(run, "learn", "scans_of_others", learning->scans_of_others);
    run_count(run, "learn", "gaps", learned->gaps);
    run_count(run, "learn", "cohorts", (int64_t)learned->cohort_count);
    run_count(run, "learn", "watched", (int64_t)learning->watched_count);
    log_info(run->job->log, "learned",
        FIELDS(field_int("shipments", learning->shipments), field_int("scans", learning->scans),
            field_int("scans_of_others", learning->scans_of_others),
            field_int("gaps", learned->gaps), field_int("cohorts", (int64_t)learned->cohort_count),
            field_int("watched", (int64_t)learning->watched_count),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
}

// Both passes see one state of the source, whatever is written to it meanwhile.
bool
learn_at(Run *run, Db *db, Instant as_of, Arena *arena, Learning *out, Err *err)
{
    Job *const job = run->job;
    SourceOptions options = run_source_options(job);
    const LearnPlan *const plan = plan_at(job, run->rulebook.calendar, as_of, arena);
    const char *snapshot;

    if (!db_begin_snapshot(db, arena, &snapshot, err))
        return false;

    Source *const source = source_open(db, arena, &options, NULL, err);

    if (source == NULL)
        return false;

    const Instant from = as_of - (Instant)plan->window_days * HOURS_24;
    const int64_t estimate = source_estimate(source, err);
    Pass sample = {.run = run, .plan = plan, .from = from, .page_size = SAMPLE_PAGE};
    PassResult result;

    if (err->kind != ERR_NONE)
        return false;
    sample.progress = progress_begin(arena, job->log, "learn the clock", 0);
    if (!pass_make(&sample, source, snapshot, arena, NULL, &result, err))
        return false;
    progress_end(sample.progress);

    Pass pass = {
        .run = run,
        .plan = plan,
        .clocks = clock_counter_finish(arena, result.counter),
        .from = from,
        .page_size = job->settings->source.page_shipments,
        .progress = progress_begin(arena, job->log, "learn", estimate > 0 ? estimate : 0),
    };
    WatchList watched = {.arena = arena};

    if (!pass_make(&pass, source, snapshot, arena, &watched, &result, err))
        return false;
    progress_end(pass.progress);
    db_rollback(db);
    if (watched.count > 1)
        qsort(watched.items, watched.count, sizeof *watched.items, by_id);
    *out = (Learning){
        .learned = learner_finish(arena, result.learner),
        .watched = watched.items,
        .watched_count = watched.count,
        .shipments = pass.shipments,
        .scans = pass.scans,
        .scans_of_others = pass.scans_of_others,
    };
    return true;
}

static bool
learn_and_remember(Run *run, Db *db, Arena *arena, Err *err)
{
    const int64_t started = clock_monotonic_micros();
    Learning learning;

    if (!learn_at(run, db, run->job->as_of, arena, &learning, err))
        return false;
    record_counts(run, &learning, started);
    return remember(run, &learning, err);
}

bool
learn_step(Run *run, Err *err)
{
    Arena *const arena = arena_create();
    Db *const db = run_connect_source(run->job, arena, err);
    const bool done = db != NULL && learn_and_remember(run, db, arena, err);

    arena_destroy(arena);
    return done || err_context(err, "learn");
}

static bool
run_learn(Job *job, Err *err)
{
    return run_step(job, learn_step, err);
}

const Command command_learn = {
    .name = "learn",
    .summary = "learn what is normal from the shipments of the window",
    .usage = "",
    .description = "Reads the shipments created in the last learn.window_days before the logical "
                   "date with their scans, as "
                   "they were known then, counts how long parcels wait at each milestone, and "
                   "remembers the sums and "
                   "the list of shipments still on their way.\n\n"
                   "Several workers read at once (source.workers); their number changes nothing in "
                   "the result.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES,
    .examples = (const char *const[]){"vigie learn --as-of 2026-11-20", NULL},
    .run = run_learn,
};
