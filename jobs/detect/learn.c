/*
 * learn: read the shipments that can still teach something, count, and remember the sums and the watch list.
 */
#include "jobs/detect/learn.h"

#include "core/clock.h"
#include "jobs/detect/learn_shard.h"
#include "jobs/detect/plan.h"
#include "sql/learn_parts.h"
#include "sql/learned.h"

// Nights of settled sums that are remembered: a night can be run again, or a few be missed.
#define SETTLED_NIGHTS_KEPT 3

static bool
remember(Run *run, const Learning *learning, Err *err)
{
    const Instant as_of = learning->learned->as_of;
    const LearnedState state = {learning->learned, learning->settled, learning->fingerprint};

    if (run->job->dry_run)
        return true;
    if (db_begin(run->db, err) && learned_write(run->db, &state, err) &&
        watch_write(run->db, as_of, learning->watched, learning->watched_count, err) &&
        unsettled_write(run->db, as_of, learning->unsettled, learning->unsettled_count, err) &&
        learned_forget(
            run->db, as_of - LEARNED_KEPT_DAYS * HOURS_24, as_of, SETTLED_NIGHTS_KEPT, err) &&
        learn_parts_forget(run->db, as_of, err) && db_commit(run->db, err))
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
    log_info(run->job->log, learning->added ? "learned what is new" : "learned",
        FIELDS(field_int("shipments", learning->shipments), field_int("scans", learning->scans),
            field_int("scans_of_others", learning->scans_of_others),
            field_int("gaps", learned->gaps), field_int("cohorts", (int64_t)learned->cohort_count),
            field_int("watched", (int64_t)learning->watched_count),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
}

// The newest night that this one can be added to; base->settled is NULL when there is none.
static bool
find_base(Run *run, Arena *arena, LearnBase *base, Err *err)
{
    const Instant as_of = run->job->as_of;

    *base = (LearnBase){0};
    if (job_option(run->job, "relearn") != NULL)
        return true;
    if (!learned_read_settled(run->db, arena, as_of, learn_landmark(run->job->zone, as_of),
            learn_fingerprint(run, arena), &base->settled, err))
        return false;
    return base->settled == NULL ||
           unsettled_read(run->db, arena, base->settled->as_of, &base->ids, &base->id_count, err);
}

// What hosts counted in parts, else what an earlier night is added to, else everything.
static bool
learn(Run *run, Db *db, Arena *arena, Learning *out, Err *err)
{
    const Instant as_of = run->job->as_of;
    LearnBase base;
    bool found = false;

    if (job_option(run->job, "relearn") == NULL && !learn_shards_read(run, arena, &found, out, err))
        return false;
    if (found)
        return true;
    if (!find_base(run, arena, &base, err))
        return false;
    return base.settled != NULL ? learn_after(run, db, as_of, &base, arena, out, err)
                                : learn_at(run, db, as_of, arena, out, err);
}

static bool
learn_and_remember(Run *run, Db *db, Arena *arena, Err *err)
{
    const int64_t started = clock_monotonic_micros();
    Learning learning;

    if (!learn(run, db, arena, &learning, err))
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
