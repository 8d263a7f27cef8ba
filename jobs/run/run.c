#include "jobs/run/run.h"

#include "core/backoff.h"
#include "core/clock.h"
#include "core/file.h"
#include "jobs/frame/signals.h"
#include "jobs/run/hold.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define ASIDE_BATCH       1000  // rows set aside are written in batches of this size
#define PAUSE_SECONDS_MAX 60

static void
release_json(void *json)
{
    json_decref(json);
}

static bool
record_begin(Run *run, Err *err)
{
    const Job *const job = run->job;

    if (job->dry_run)
        return true;
    return runs_begin(run->db,
        &(RunRecord){
            .job = job->command->name,
            .as_of = job->as_of,
            .version = VIGIE_VERSION,
            .settings_sha256 = job->loaded->sha256,
            .started_at = clock_now(),
            .key = job->run_key,
        },
        &run->number, err);
}

bool
run_pause(const Job *job, int64_t attempt, Err *err)
{
    const int64_t attempts = job->settings->database.attempts;
    const int64_t seconds = backoff_pause(attempt, 1, PAUSE_SECONDS_MAX);
    const Err failure = *err;

    if (failure.kind != ERR_TEMPORARY || attempt >= attempts)
        return false;
    *err = (Err){0};
    log_warn(job->log, "a temporary failure: trying again",
        FIELDS(field_text("reason", failure.text), field_int("attempt", attempt),
            field_int("attempts", attempts), field_int("pause_seconds", seconds)));
    for (int64_t i = 0; i < seconds && !interrupted(err); i++)
        clock_sleep_micros(SECOND);
    return err->kind == ERR_NONE;
}

// Whoever reads the log of this run learns that there was another one, and that it left nothing half done.
static bool
mark_killed(Run *run, Err *err)
{
    int64_t count = 0;

    if (!runs_mark_killed(run->db, clock_now(), &count, err))
        return false;
    if (count > 0)
        log_warn(run->job->log,
            "an earlier run was killed, or its machine stopped: what it had finished stands, the "
            "rest was taken back",
            FIELDS(field_int("runs", count), field_text("look", "vigie runs list")));
    return true;
}

// A server that restarts is there again in a moment.
static bool
connect_and_take(Run *run, Err *err)
{
    Job *const job = run->job;

    for (int64_t attempt = 1;; attempt++) {
        run->db = run_connect(job, job->arena, err);
        if (run->db != NULL && migrate_check(run->db, err) &&
            (run->hold = hold_take(job, run->db, err)) != NULL &&
            (job->dry_run || mark_killed(run, err)))
            return true;
        if (run->hold != NULL)
            hold_release(run->hold, run->db);
        run->hold = NULL;
        if (!run_pause(job, attempt, err))
            return false;
    }
}

bool
run_open(Job *job, Run *run, Err *err)
{
    *run = (Run){.job = job, .counts = json_object(), .asides = {.arena = arena_create()}};
    arena_defer(job->arena, release_json, run->counts);
    if (connect_and_take(run, err) && rulebook_load(job, &run->rulebook, err))
        return true;
    run_close(run);
    return false;
}

void
run_close(Run *run)
{
    arena_destroy(run->asides.arena);
    run->asides.arena = NULL;
    if (run->hold != NULL)
        hold_release(run->hold, run->db);
}

bool
run_record(Run *run, Err *err)
{
    Job *const job = run->job;

    if (!record_begin(run, err))
        return false;
    log_info(job->log, "begin",
        FIELDS(field_text("job", job->command->name), field_int("run", run->number),
            field_text("version", VIGIE_VERSION),
            field_text("as_of", instant_print(job->arena, job->as_of)),
            field_text("run_key", job->run_key),
            field_text("config", *job->settings->file ? job->settings->file : "defaults")));
    return true;
}

bool
run_begin(Job *job, Run *run, Err *err)
{
    if (!run_open(job, run, err))
        return false;
    if (run_record(run, err))
        return true;
    run_close(run);
    return false;
}

static void
destroy(void *arena)
{
    arena_destroy(arena);
}

bool
run_begin_reading(Job *job, Run *run, Err *err)
{
    Run reading = {.job = job, .counts = json_object(), .asides = {.arena = arena_create()}};

    arena_defer(job->arena, release_json, reading.counts);
    arena_defer(job->arena, destroy, reading.asides.arena);
    if (!rulebook_load(job, &reading.rulebook, err))
        return false;
    *run = reading;
    return true;
}

static bool
flush_asides(Run *run, Err *err)
{
    const size_t count = run->asides.count;
    Arena *const arena = run->asides.arena;
    bool written = true;

    if (count > 0 && run->number > 0)
        written = runs_set_aside(run->db, run->number, run->set_aside - (int64_t)count + 1,
            run->asides.items, count, err);
    arena_reset(arena);
    run->asides.items = NULL;
    run->asides.count = run->asides.capacity = 0;
    return written;
}

bool
run_set_aside(Run *run, const SetAside *row, Err *err)
{
    Arena *const arena = run->asides.arena;

    ARENA_PUSH(&run->asides, ((SetAside){
                                 .step = arena_copy(arena, row->step),
                                 .source = arena_copy(arena, row->source),
                                 .line = row->line,
                                 .key = text_clean(arena, arena_copy(arena, row->key)),
                                 .reason = arena_copy(arena, row->reason),
                                 .detail = text_clean(arena, arena_copy(arena, row->detail)),
                             }));
    run->set_aside++;
    return run->asides.all || run->asides.count < ASIDE_BATCH || flush_asides(run, err);
}

void
run_forget_asides(Run *run, size_t count)
{
    run->set_aside -= (int64_t)(run->asides.count - count);
    run->asides.count = count;
}

bool
run_keep_asides(Run *run, Err *err)
{
    return flush_asides(run, err);
}

bool
run_set_aside_page(Run *run, const char *step, const SourcePage *page, SourceAsideOf of, Err *err)
{
    for (size_t i = 0; i < page->aside_count; i++)
        if (page->asides[i].of == of && !run_set_aside(run,
                                            &(SetAside){
                                                .step = step,
                                                .source = run->job->settings->source.shipments,
                                                .key = page->asides[i].key,
                                                .reason = page->asides[i].reason,
                                                .detail = page->asides[i].detail,
                                            },
                                            err))
            return false;
    return true;
}

void
run_count(Run *run, const char *step, const char *name, int64_t value)
{
    json_t *counts = json_object_get(run->counts, step);

    if (counts == NULL) {
        counts = json_object();
        json_object_set_new(run->counts, step, counts);
    }
    json_object_set_new(counts, name, json_integer(value));
}

const char *
run_state(const Job *job, bool done, const Err *err)
{
    if (!done)
        return err->kind == ERR_INTERRUPTED ? "aborted" : "failed";
    return job->exit_code == EXIT_INCOMPLETE ? "incomplete" : "done";
}

static bool
record_end(Run *run, bool done, const Err *failure, Err *err)
{
    char *const counts = json_dumps(run->counts, JSON_COMPACT | JSON_SORT_KEYS);
    const bool recorded = runs_end(run->db,
        &(RunRecord){
            .number = run->number,
            .state = run_state(run->job, done, failure),
            .ended_at = clock_now(),
            .exit_code = done ? run->job->exit_code : job_exit_code(failure),
            .counts_json = counts,
            .error = done ? run->remark : failure->text,
        },
        err);

    free(counts);
    return recorded;
}

bool
run_restart(Run *run, const Err *failure, int64_t set_aside, Err *err)
{
    if (!db_reconnect(run->db, err) || !hold_resume(run->hold, run->db, err))
        return false;
    arena_reset(run->asides.arena);
    run->asides.items = NULL;
    run->asides.count = run->asides.capacity = 0;
    run->set_aside = set_aside;
    if (run->number == 0)
        return true;
    return record_end(run, false, failure, err) && run_record(run, err);
}

void
run_reach(Run *run)
{
    Err ignored = {0};

    if (db_is_lost(run->db) && db_reconnect(run->db, &ignored))
        hold_resume(run->hold, run->db, &ignored);
}

bool
run_finish(Run *run, bool done, Err *err)
{
    Job *const job = run->job;
    Err later = {0};
    bool recorded = true;

    if (done && run->set_aside > job->settings->tolerate.set_aside)
        job->exit_code = EXIT_INCOMPLETE;
    if (run->number > 0) {
        // A job that failed may have left a transaction open, in which nothing more could be written.
        db_ignore_interruption(run->db);
        db_rollback(run->db);
        recorded = flush_asides(run, &later) && record_end(run, done, err, &later);
    }
    log_info(job->log, "end",
        FIELDS(field_text("job", job->command->name), field_int("run", run->number),
            field_text("state", run_state(job, done, err)), field_int("set_aside", run->set_aside),
            field_int("ms", (clock_monotonic_micros() - job->started_micros) / 1000)));
    if (done && !recorded)
        *err = later;
    return done && recorded;
}

bool
run_end(Run *run, bool done, Err *err)
{
    const bool finished = run_finish(run, done, err);

    run_close(run);
    return finished;
}

bool
run_step(Job *job, bool (*step)(Run *run, Err *err), Err *err)
{
    Run run;

    return run_begin(job, &run, err) && run_end(&run, step(&run, err), err);
}

const char *
run_folder(const Job *job, Arena *arena)
{
    return run_folder_of(job, job->as_of, arena);
}

const char *
run_folder_of(const Job *job, Instant as_of, Arena *arena)
{
    const Day local_day = zone_day(job->zone, as_of);
    const char *name = day_print(arena, local_day);

    if (as_of != zone_day_end(job->zone, local_day)) {
        int year, month, day;
        const Day utc_day = (Day)(as_of / HOURS_24);
        const int64_t seconds = as_of / SECOND % 86400;

        day_to_civil(utc_day, &year, &month, &day);
        name = arena_printf(arena, "%04d-%02d-%02dT%02d%02d%02dZ", year, month, day,
            (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    }
    return file_join(arena, file_real(arena, job->settings->output), name);
}
