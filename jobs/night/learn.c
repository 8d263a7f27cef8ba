/*
 * learn: read the shipments that can still teach something, count, and remember the sums and the watch list.
 */
#include "jobs/night/learn.h"
#include "core/clock.h"
#include "core/hash.h"
#include "jobs/night/learn_pass.h"
#include "jobs/night/plan.h"
#include "jobs/night/steps.h"
#include "sql/learned.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

extern const Command command_learn;

// The clock is learned from a sample of pages of this size, whatever source.page_shipments says, so that the setting
// changes nothing in the result.
#define SAMPLE_PAGE 2000

// With fewer gap ends by the landmark, clocks are learned by as-of, and nothing can be added to such sums.
#define CLOCK_EVENTS_MIN 2000

// The way of counting: raise it when the same shipments give other sums.
#define COUNTING 3

// Nights of settled sums that are remembered: a night can be run again, or a few be missed.
#define SETTLED_NIGHTS_KEPT 3

static int
by_id(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort_ids(WatchList *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_id);
}

// Sums counted by other rules, of other relations or by another program are not to be added to.
static const char *
fingerprint_of(const Run *run, Arena *arena)
{
    const Settings *const settings = run->job->settings;
    const char *const all = arena_printf(arena,
        "%s %d\n%s\n%s\n%s\n%s\n%s\n%s\n%d\n%" PRId64 " %" PRId64 " %" PRId64, VIGIE_VERSION,
        COUNTING, catalogue_fingerprint(run->rulebook.catalogue), settings->source.shipments,
        settings->source.scans, settings->source.time_zone, settings->time_zone, settings->calendar,
        (int)run->rulebook.promises.derive, settings->learn.window_days,
        settings->learn.half_life_days, settings->learn.loss_horizon_days);

    return text_sha256(arena, all, strlen(all));
}

// The reading of the source for one as-of: both passes see one state of it, whatever is written to it meanwhile.
typedef struct Reading
{
    Run *run;
    Db *db;
    Source *source;
    const char *snapshot;
    Arena *arena;
    LearnPlan *plan;
} Reading;

static bool
reading_begin(Reading *reading, Run *run, Db *db, Instant as_of, Arena *arena, Err *err)
{
    const SourceOptions options = run_source_options(run->job);

    *reading = (Reading){.run = run,
        .db = db,
        .arena = arena,
        .plan = plan_at(run->job, run->rulebook.calendar, as_of, arena)};
    if (!db_begin_snapshot(db, arena, &reading->snapshot, err))
        return false;
    reading->source = source_open(db, arena, &options, NULL, err);
    return reading->source != NULL;
}

// Clocks by what was known at the landmark; where that was too little, by what is known now.
static const OperatingClocks *
learn_clocks(Reading *reading, Err *err)
{
    LearnPlan *const plan = reading->plan;
    PassResult result = {0};
    bool known = false;

    for (int late = 0; late < 2 && !known; late++) {
        LearnPlan *const early = ARENA_NEW(reading->arena, LearnPlan);

        if (late)
            plan->landmark = plan->as_of;
        *early = *plan;
        early->as_of = plan->landmark;

        Pass sample = {.run = reading->run,
            .plan = early,
            .from = learn_from(plan),
            .page_size = SAMPLE_PAGE,
            .progress =
                progress_begin(reading->arena, reading->run->job->log, "learn the clock", 0)};

        if (!pass_make(&sample, reading->source, reading->snapshot, reading->arena, NULL, NULL,
                &result, err))
            return NULL;
        progress_end(sample.progress);
        known = clock_counter_events(result.counter) >= CLOCK_EVENTS_MIN;
    }
    return clock_counter_finish(reading->arena, result.counter);
}

static void
give_learning(const Reading *reading, const Pass *pass, WatchList *watched, WatchList *unsettled,
    Learning *out)
{
    sort_ids(watched);
    sort_ids(unsettled);
    out->fingerprint = fingerprint_of(reading->run, reading->arena);
    out->watched = watched->items;
    out->watched_count = watched->count;
    out->unsettled = unsettled->items;
    out->unsettled_count = unsettled->count;
    out->shipments = pass->shipments;
    out->scans = pass->scans;
    out->scans_of_others = pass->scans_of_others;
}

// Everything from the beginning of the window.
static bool
learn_whole(Reading *reading, Learning *out, Err *err)
{
    Job *const job = reading->run->job;
    Arena *const arena = reading->arena;
    const int64_t estimate = source_estimate(reading->source, err);
    const OperatingClocks *const clocks = err->kind == ERR_NONE ? learn_clocks(reading, err) : NULL;
    WatchList watched = {.arena = arena}, unsettled = {.arena = arena};
    PassResult result;

    if (clocks == NULL)
        return false;

    Pass pass = {
        .run = reading->run,
        .plan = reading->plan,
        .clocks = clocks,
        .from = learn_from(reading->plan),
        .page_size = job->settings->source.page_shipments,
        .progress = progress_begin(arena, job->log, "learn", estimate > 0 ? estimate : 0),
    };

    if (!pass_make(
            &pass, reading->source, reading->snapshot, arena, &watched, &unsettled, &result, err))
        return false;
    progress_end(pass.progress);
    *out = (Learning){.settled = learner_finish(arena, result.settled)};
    if (!learned_combine(
            arena, out->settled, learner_finish(arena, result.fresh), 1, &out->learned))
        return err_set(err, ERR_FAILED, "sums of settled and other shipments do not add up");
    give_learning(reading, &pass, &watched, &unsettled, out);
    return true;
}

bool
learn_at(Run *run, Db *db, Instant as_of, Arena *arena, Learning *out, Err *err)
{
    Reading reading;

    if (!reading_begin(&reading, run, db, as_of, arena, err) || !learn_whole(&reading, out, err))
        return false;
    db_rollback(db);
    return true;
}

// Read again what was open or not settled in the base, what was created since, and what has late news.
static bool
list_ids(Reading *reading, const LearnBase *base, WatchList *ids, Map *changed, Err *err)
{
    const Instant known = base->settled->as_of;
    Map *const listed = map_create(reading->arena);
    const char *const *news;
    size_t news_count;
    const char *after = NULL;
    SourcePage page;

    for (size_t i = 0; i < base->id_count; i++)
        ARENA_PUSH(ids, base->ids[i]);
    do {
        if (!source_read_shipments(reading->source, known, reading->plan->as_of, after, SAMPLE_PAGE,
                reading->arena, &page, err))
            return false;
        for (size_t i = 0; i < page.count; i++)
            ARENA_PUSH(ids, page.shipments[i].id);
        for (size_t i = 0; i < page.aside_count; i++)
            ARENA_PUSH(ids, page.asides[i].key);
        after = page.last;
    } while (after != NULL);
    for (size_t i = 0; i < ids->count; i++)
        map_put(listed, ids->items[i], strlen(ids->items[i]), 1);
    if (!source_changed(
            reading->source, known, reading->plan->as_of, reading->arena, &news, &news_count, err))
        return false;
    for (size_t i = 0; i < news_count; i++)
        if (map_get(listed, news[i], strlen(news[i]), 0) == 0) {
            map_put(changed, news[i], strlen(news[i]), 1);
            ARENA_PUSH(ids, news[i]);
        }
    return true;
}

// The base, without what was changed in it, and with what has settled since. False when it does not add up.
static bool
add_up(Arena *arena, const LearnBase *base, const PassResult *result, Learning *out)
{
    const Learned *kept;

    return learned_combine(
               arena, base->settled, learner_finish(arena, result->reversed), -1, &kept) &&
           learned_combine(arena, kept, learner_finish(arena, result->settled), 1, &out->settled) &&
           learned_combine(
               arena, out->settled, learner_finish(arena, result->fresh), 1, &out->learned);
}

static bool
learn_more(Reading *reading, const LearnBase *base, Learning *out, Err *err)
{
    Job *const job = reading->run->job;
    Arena *const arena = reading->arena;
    LearnPlan *const before = ARENA_NEW(arena, LearnPlan);
    WatchList ids = {.arena = arena}, watched = {.arena = arena}, unsettled = {.arena = arena};
    Map *const changed = map_create(arena);
    PassResult result;

    *before = *reading->plan;
    before->as_of = base->settled->as_of;
    if (!list_ids(reading, base, &ids, changed, err))
        return false;

    Pass pass = {
        .run = reading->run,
        .plan = reading->plan,
        .clocks = clocks_of_learned(arena, reading->plan, base->settled),
        .base = before,
        .ids = ids.items,
        .id_count = ids.count,
        .changed = changed,
        .page_size = job->settings->source.page_shipments,
        .progress = progress_begin(arena, job->log, "learn", (int64_t)ids.count),
    };

    if (!pass_make(
            &pass, reading->source, reading->snapshot, arena, &watched, &unsettled, &result, err))
        return false;
    progress_end(pass.progress);
    *out = (Learning){.added = true};
    if (!add_up(arena, base, &result, out)) {
        log_warn(job->log, "rows of settled shipments were changed in the source",
            FIELDS(field_text("then", "everything is read again")));
        return learn_whole(reading, out, err);
    }
    give_learning(reading, &pass, &watched, &unsettled, out);
    return true;
}

bool
learn_after(
    Run *run, Db *db, Instant as_of, const LearnBase *base, Arena *arena, Learning *out, Err *err)
{
    Reading reading;

    if (!reading_begin(&reading, run, db, as_of, arena, err) ||
        !learn_more(&reading, base, out, err))
        return false;
    db_rollback(db);
    return true;
}

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
            fingerprint_of(run, arena), &base->settled, err))
        return false;
    return base->settled == NULL ||
           unsettled_read(run->db, arena, base->settled->as_of, &base->ids, &base->id_count, err);
}

static bool
learn_and_remember(Run *run, Db *db, Arena *arena, Err *err)
{
    const int64_t started = clock_monotonic_micros();
    const Instant as_of = run->job->as_of;
    LearnBase base;
    Learning learning;

    if (!find_base(run, arena, &base, err) ||
        !(base.settled != NULL ? learn_after(run, db, as_of, &base, arena, &learning, err)
                               : learn_at(run, db, as_of, arena, &learning, err)))
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
    return night_run_step(job, "learn", err);
}

static const OptionSpec options[] = {
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
        "Several workers read at once (source.workers); their number changes nothing in "
        "the result.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie learn --as-of 2026-11-20", NULL},
    .run = run_learn,
};
