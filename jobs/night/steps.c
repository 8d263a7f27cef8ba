#include "jobs/night/steps.h"

#include "core/clock.h"
#include "jobs/frame/signals.h"
#include "jobs/night/alert_deliver.h"
#include "jobs/night/lineage.h"
#include "jobs/night/metrics.h"
#include "jobs/night/run_manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const char *const NIGHT_STEPS[] = {"learn", "detect", "claim", "submit", "alert", "report", NULL};

static bool (*const work[])(Run *run, Err *err) = {
    learn_step, detect_step, claim_step, submit_step, alert_step, report_step};

#define STEPS (sizeof work / sizeof work[0])

_Static_assert(sizeof NIGHT_STEPS / sizeof NIGHT_STEPS[0] == STEPS + 1, "a name for each step");

static bool
is_named(const TextList *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

// The last run that did each step, 0 for none.
static bool
read_done(Run *run, int64_t done[STEPS], Err *err)
{
    const Job *const job = run->job;
    const StepDone *items;
    size_t count;

    if (!runs_steps_done(run->db, job->arena, job->as_of, job->run_key, &items, &count, err))
        return false;
    for (size_t i = 0; i < STEPS; i++)
        for (size_t j = 0; j < count; j++)
            if (strcmp(items[j].name, NIGHT_STEPS[i]) == 0)
                done[i] = items[j].run;
    return true;
}

// Of the steps that are named: those that were not done, or were done before one that they build upon.
static size_t
mark_left(const TextList *names, const int64_t done[STEPS], bool left[STEPS])
{
    int64_t newest = 0;
    size_t count = 0;

    for (size_t i = 0; i < STEPS; i++) {
        left[i] = is_named(names, NIGHT_STEPS[i]) && (done[i] == 0 || done[i] < newest);
        count += left[i] ? 1 : 0;
        if (left[i])
            newest = INT64_MAX;
        else if (done[i] > newest)
            newest = done[i];
    }
    return count;
}

// What is to be done; *count is 0 for nothing.
static bool
plan(Run *run, const TextList *names, bool todo[STEPS], size_t *count, Err *err)
{
    const JobIfExists if_exists = run->job->if_exists;
    int64_t done[STEPS] = {0};
    bool left[STEPS];

    for (size_t i = 0; i < STEPS; i++)
        todo[i] = is_named(names, NIGHT_STEPS[i]);
    *count = names->count;
    if (if_exists == IF_EXISTS_REPLACE)
        return true;
    if (!read_done(run, done, err))
        return false;
    *count = mark_left(names, done, left);
    if (if_exists == IF_EXISTS_RESUME)
        memcpy(todo, left, sizeof left);
    return true;
}

static bool
attempt(Run *run, size_t step, Err *err)
{
    Job *const job = run->job;
    const int64_t started = clock_monotonic_micros();
    const bool recorded = run->number > 0;

    job->exit_code = EXIT_DONE;
    if (interrupted(err) ||
        (recorded && !runs_step_begin(run->db, run->number, NIGHT_STEPS[step], clock_now(), err)) ||
        !work[step](run, err))
        return false;

    const int64_t ms = (clock_monotonic_micros() - started) / 1000;

    run_count(run, NIGHT_STEPS[step], "ms", ms);
    log_info(job->log, "step",
        FIELDS(field_text("step", NIGHT_STEPS[step]),
            field_text("state", run_state(job, true, err)), field_int("ms", ms)));
    return !recorded || runs_step_end(run->db, run->number, NIGHT_STEPS[step],
                            run_state(job, true, err), clock_now(), err);
}

// A step is safe to repeat, so what failed for a while is tried again: the server restarts, two sessions wait for each other.
static bool
do_step(Run *run, size_t step, Err *err)
{
    const int64_t set_aside = run->set_aside;
    Err failure = {0};

    for (int64_t i = 1;; i++) {
        if ((i == 1 || run_restart(run, &failure, set_aside, err)) && attempt(run, step, err))
            return true;
        failure = *err;
        if (!run_pause(run->job, i, err))
            return false;
    }
}

static bool
do_steps(Run *run, const bool todo[STEPS], Err *err)
{
    Job *const job = run->job;
    int exit_code = EXIT_DONE;

    for (size_t i = 0; i < STEPS; i++) {
        if (todo[i] && !do_step(run, i, err))
            return false;
        exit_code = job->exit_code == EXIT_INCOMPLETE ? EXIT_INCOMPLETE : exit_code;
    }
    job->exit_code = exit_code;
    return true;
}

static bool
nothing_to_do(Run *run)
{
    Job *const job = run->job;

    run_close(run);
    log_info(job->log, "nothing to do: this night was done already",
        FIELDS(field_text("as_of", instant_print(job->arena, job->as_of)),
            field_text("run_key", job->run_key)));
    job->exit_code = job->skip_if_done ? EXIT_NOTHING_TO_DO : EXIT_DONE;
    return true;
}

// What is told of a run to others is no part of its work: that it could not be told is a warning.
static void
tell(const Run *run, bool told, Err *err)
{
    if (!told)
        log_warn(
            run->job->log, "could not tell of the run", FIELDS(field_text("reason", err->text)));
    *err = (Err){0};
}

static void
tell_end(const Run *run, bool done, const Err *failure)
{
    const bool aborted = !done && failure->kind == ERR_INTERRUPTED;
    Err err = {0};

    if (run->number == 0)
        return;
    tell(run, run_manifest_write(run, &err), &err);
    tell(run, metrics_write(run->job, run->db, &err), &err);
    tell(run,
        lineage_tell(run,
            done      ? "COMPLETE"
            : aborted ? "ABORT"
                      : "FAIL",
            done ? NULL : failure, &err),
        &err);
}

static bool
was_done(const Run *run, size_t step)
{
    return json_object_get(json_object_get(run->counts, NIGHT_STEPS[step]), "ms") != NULL;
}

static const char *
list_steps(const Run *run, const bool todo[STEPS], bool done)
{
    Text out = {.arena = run->job->arena};

    for (size_t i = 0; i < STEPS; i++)
        if (todo[i] && was_done(run, i) == done)
            text_add_format(&out, "%s%s", out.length > 0 ? ", " : "", NIGHT_STEPS[i]);
    return out.length > 0 ? text_get(&out) : "nothing";
}

// For whoever is woken by it: what stands, what does not, and what to type.
static void
tell_left(const Run *run, const bool todo[STEPS], const Err *failure)
{
    const Job *const job = run->job;
    const char *const as_of =
        job->as_of_text ? job->as_of_text : instant_print(job->arena, job->as_of);
    const char *const again = arena_printf(job->arena, "vigie %s --as-of %s --if-exists resume",
        job->command->name, text_clean(job->arena, as_of));
    const char *const next = failure->kind == ERR_CONFIG
                                 ? arena_printf(job->arena, "vigie check, then %s", again)
                                 : again;

    log_warn(job->log, "the night is not finished, and nothing of it is half done",
        FIELDS(field_text("done", list_steps(run, todo, true)),
            field_text("left", list_steps(run, todo, false)), field_text("next", next)));
}

static bool
run_plan(Run *run, const TextList *names, bool *idle, Err *err)
{
    bool todo[STEPS];
    size_t count;
    Err later = {0};

    if (!run_open(run->job, run, err))
        return false;
    if (!plan(run, names, todo, &count, err)) {
        run_close(run);
        return false;
    }
    *idle = count == 0;
    if (*idle)
        return nothing_to_do(run);
    if (!run_record(run, err)) {
        run_close(run);
        return false;
    }
    tell(run, lineage_tell(run, "START", NULL, &later), &later);

    const bool worked = do_steps(run, todo, err);

    if (!worked)
        alert_failure(run, err);

    const bool done = run_end(run, worked, err);

    tell_end(run, done, err);
    if (!done)
        tell_left(run, todo, err);
    return done;
}

// What a scheduler keeps: one line, after everything else.
static const char *
summary(const Run *run, bool done, bool idle, const Err *err)
{
    const Job *const job = run->job;
    Arena *const arena = job->arena;
    json_t *const json = json_pack("{s:s, s:I, s:s, s:s, s:s, s:I, s:O, s:i}", "job",
        job->command->name, "run", (json_int_t)run->number, "run_key", job->run_key, "as_of",
        instant_print(arena, job->as_of), "state",
        idle ? "nothing to do" : run_state(job, done, err), "set_aside", (json_int_t)run->set_aside,
        "counts", run->counts, "exit", done ? job->exit_code : job_exit_code(err));

    if (!done)
        json_object_set_new(json, "error", json_string(text_clean(arena, err->text)));

    char *const line = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    const char *const kept = arena_copy(arena, line);

    free(line);
    json_decref(json);
    return kept;
}

bool
night_run(Job *job, const TextList *names, Err *err)
{
    Run run = {.job = job};
    bool idle = false;
    const bool done = run_plan(&run, names, &idle, err);

    if (job->format == FORMAT_JSON)
        job->last_line = summary(&run, done, idle, err);
    return done;
}

bool
night_run_step(Job *job, const char *name, Err *err)
{
    return night_run(job, &(TextList){.items = &name, .count = 1}, err);
}
