#include "jobs/night/steps.h"

#include "core/clock.h"
#include "jobs/frame/signals.h"
#include "jobs/night/again.h"
#include "jobs/night/steps_tell.h"
#include "jobs/outbox/alert_deliver.h"

#include <string.h>

const char *const NIGHT_STEPS[] = {"learn", "detect", "claim", "submit", "alert", "report", NULL};

static bool (*const work[])(Run *run, Err *err) = {
    learn_step, detect_step, claim_step, submit_step, alert_step, report_step};

#define STEPS NIGHT_STEP_COUNT

_Static_assert(sizeof work / sizeof work[0] == STEPS, "a function for each step");
_Static_assert(sizeof NIGHT_STEPS / sizeof NIGHT_STEPS[0] == STEPS + 1, "a name for each step");

enum
{
    LEARN,
    DETECT
};

// What there is to do of the night that was asked for.
typedef struct Plan
{
    bool todo[STEPS];
    size_t count;     // of them
    Waiting waiting;  // other nights that are to be done again
    bool ends_night;  // the last step is asked for: the nights that wait for this one follow
} Plan;

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

// What is to be done. Of a night that waits nothing stands.
static bool
choose(Run *run, const TextList *names, Plan *plan, Err *err)
{
    const JobIfExists if_exists = run->job->if_exists;
    int64_t done[STEPS] = {0};
    bool left[STEPS];

    for (size_t i = 0; i < STEPS; i++)
        plan->todo[i] = is_named(names, NIGHT_STEPS[i]);
    plan->count = names->count;
    if (if_exists == IF_EXISTS_REPLACE)
        return true;
    if (waiting_find(&plan->waiting, run->job->as_of) == NULL && !read_done(run, done, err))
        return false;
    plan->count = mark_left(names, done, left);
    if (if_exists == IF_EXISTS_RESUME) {
        memcpy(plan->todo, left, sizeof left);
        steps_tell_resumed(run, names, left);
    }
    return true;
}

static bool
make_plan(Run *run, const TextList *names, Plan *plan, Err *err)
{
    *plan = (Plan){.ends_night = is_named(names, NIGHT_STEPS[STEPS - 1])};

    const Asked asked = {is_named(names, NIGHT_STEPS[LEARN]), is_named(names, NIGHT_STEPS[DETECT])};

    return waiting_read(run, asked, &plan->waiting, err) && choose(run, names, plan, err);
}

static bool
attempt(Run *run, size_t step, Err *err)
{
    Job *const job = run->job;
    const int64_t started = clock_monotonic_micros();
    const bool recorded = run->number > 0;

    job->exit_code = EXIT_DONE;
    log_info(job->log, "step begins", FIELDS(field_text("step", NIGHT_STEPS[step])));
    if (interrupted(err) ||
        (recorded && !runs_step_begin(run->db, run->number, NIGHT_STEPS[step], clock_now(), err)) ||
        !work[step](run, err) || !run_keep_asides(run, err))
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

// A dry run writes nothing, so what builds upon a step that was never done can only be told.
static bool
can_rehearse(Run *run, size_t step, bool *can, Err *err)
{
    const Job *const job = run->job;
    NightPlace place = {0};

    *can = true;
    if (!job->dry_run || step == LEARN)
        return true;
    if (!night_place(run->db, job->as_of, &place, err))
        return false;
    *can = step == DETECT ? place.learned : place.judged;
    if (!*can)
        log_info(job->log, "not rehearsed: it builds upon a step that was not done yet",
            FIELDS(field_text("step", NIGHT_STEPS[step])));
    return true;
}

static bool
do_steps(Run *run, const bool todo[STEPS], Err *err)
{
    Job *const job = run->job;
    int exit_code = EXIT_DONE;

    for (size_t i = 0; i < STEPS; i++) {
        bool can = todo[i];

        if (todo[i] && (!can_rehearse(run, i, &can, err) || (can && !do_step(run, i, err))))
            return false;
        exit_code = job->exit_code == EXIT_INCOMPLETE ? EXIT_INCOMPLETE : exit_code;
    }
    job->exit_code = exit_code;
    return true;
}

// The named steps as one recorded run; the right to run is kept.
static bool
do_recorded(Run *run, const bool todo[STEPS], Err *err)
{
    if (!run_record(run, err))
        return false;
    steps_tell_begin(run);

    const bool worked = do_steps(run, todo, err);

    if (!worked) {
        run_reach(run);
        alert_failure(run, err);
    }
    steps_tell_lineage(run, worked, err);

    const bool done = run_finish(run, worked, err);

    steps_tell_end(run);
    if (!done)
        steps_tell_left(run, todo, err);
    return done;
}

static bool
do_named(Run *run, const TextList *names, Err *err)
{
    bool todo[STEPS];

    for (size_t i = 0; i < STEPS; i++)
        todo[i] = is_named(names, NIGHT_STEPS[i]);
    return do_recorded(run, todo, err);
}

static void
nothing_to_do(const Run *run, bool deferred)
{
    Job *const job = run->job;

    if (deferred) {
        log_info(job->log, "in line: done by the next night without --defer, in the order of dates",
            FIELDS(field_text("as_of", instant_print(job->arena, job->as_of))));
        return;
    }
    steps_tell_nothing(run);
    log_info(job->log, "nothing to do: this night was done already",
        FIELDS(field_text("as_of", instant_print(job->arena, job->as_of)),
            field_text("run_key", job->run_key)));
    job->exit_code = job->skip_if_done ? EXIT_NOTHING_TO_DO : EXIT_DONE;
}

// The night that was asked for. It may itself be one that waited.
static bool
do_asked(Run *run, const Plan *plan, Err *err)
{
    const NightAgain *const waited = waiting_find(&plan->waiting, run->job->as_of);

    if (plan->count == 0)
        return true;
    if (waited == NULL || !plan->todo[DETECT] || run->job->dry_run)
        return do_recorded(run, plan->todo, err);
    return waiting_clear(run->job, waited, err) && do_recorded(run, plan->todo, err) &&
           again_done(run->db, waited->as_of, err);
}

// Nights that wait come in their order: those before, this one, those after.
static bool
do_plan(Run *run, const Plan *plan, Err *err)
{
    Job *const job = run->job;
    const Instant as_of = job->as_of;
    const bool judges = plan->todo[LEARN] || plan->todo[DETECT];
    const Instant before = judges ? as_of : INSTANT_NONE;

    if (!waiting_do(run, &plan->waiting, INSTANT_NONE, before, do_named, err))
        return false;

    const int exit_code = job->exit_code;

    if (!do_asked(run, plan, err))
        return false;
    if (exit_code != EXIT_DONE)
        job->exit_code = exit_code;
    return !plan->ends_night || waiting_do(run, &plan->waiting, as_of, INT64_MAX, do_named, err);
}

static bool
run_plan(Run *run, const TextList *names, bool *idle, Err *err)
{
    Plan plan;

    if (!run_open(run->job, run, err)) {
        steps_tell_unopened(run, err);
        return false;
    }

    bool done = make_plan(run, names, &plan, err);

    *idle = done && (plan.waiting.deferred ||
                        (plan.count == 0 && (!plan.ends_night || plan.waiting.count == 0)));
    if (*idle)
        nothing_to_do(run, plan.waiting.deferred);
    else
        done = done && do_plan(run, &plan, err);
    run_close(run);
    return done;
}

bool
night_run(Job *job, const TextList *names, Err *err)
{
    Run run = {.job = job};
    bool idle = false;
    const bool done = run_plan(&run, names, &idle, err);

    if (job->format == FORMAT_JSON)
        job->last_line = steps_summary(&run, done, idle, err);
    return done;
}

bool
night_run_step(Job *job, const char *name, Err *err)
{
    return night_run(job, &(TextList){.items = &name, .count = 1}, err);
}
