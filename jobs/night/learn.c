/*
 * learn: read the shipments that can still teach something, count, and remember the sums and the watch list.
 */
#include "jobs/night/learn.h"

#include "core/clock.h"
#include "jobs/night/learn_shard.h"
#include "jobs/night/plan.h"
#include "jobs/night/steps.h"
#include "sql/learn_parts.h"
#include "sql/learned.h"

extern const Command command_learn;

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

static bool
run_learn(Job *job, Err *err)
{
    int64_t part, parts;
    bool asked;

    if (!learn_shard_asked(job, &asked, &part, &parts, err))
        return false;
    return asked ? learn_shard(job, part, parts, err) : night_run_step(job, "learn", err);
}

static const OptionSpec options[] = {
    {.name = "shard",
        .argument = "K/N",
        .help = "count only the K-th of N parts of the window, for the night to add up"},
    {.name = "relearn", .help = "read the whole window again instead of adding to the last night"},
    {0},
};

const Command command_learn = {
    .name = "learn",
    .summary = "learn what is normal from the shipments of the window",
    .usage = "",
    .description =
        "Counts how long parcels wait at each milestone, as it was known at the logical "
        "date, and remembers the sums and the list of shipments still on their way.\n\n"
        "The first night of a month reads all shipments of learn.window_days; a later one "
        "reads those that are new, were still open or had late news, and adds to the sums "
        "of the night before: the result is the same. Rows that were changed without a new "
        "recorded_at are seen when the month is over, or with --relearn.\n\n"
        "On several hosts, each counts a part of the window with --shard 1/3, 2/3 and 3/3, at the "
        "same time and in any order; learn or nightly without it then adds the parts up instead of "
        "reading the source. Where a part is missing everything is read. Parts are counted by the "
        "settings of the night, and only learning can be divided: what follows looks at few "
        "parcels, and at all of them together.\n\n"
        "Several workers read at once (source.workers); their number changes nothing in "
        "the result.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie learn --as-of 2026-11-20", NULL},
    .run = run_learn,
};
