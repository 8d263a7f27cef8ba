#include "jobs/people/runs.h"
#include "core/csv.h"
#include "core/width.h"
#include "core/words.h"
#include "jobs/run/hold.h"
#include "jobs/run/run.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_runs;

#define LIMIT_DEFAULT 20
#define OUTCOME_MIN   12

const char *
runs_duration(Arena *arena, Instant from, Instant to)
{
    if (to == INSTANT_NONE)
        return "";

    const int64_t ms = (to - from) / (SECOND / 1000);

    if (ms < 1000)
        return arena_printf(arena, "%" PRId64 " ms", ms);
    if (ms < 60000)
        return arena_printf(arena, "%.1f s", (double)ms / 1000);
    return arena_printf(arena, "%" PRId64 " min %" PRId64 " s", ms / 60000, ms / 1000 % 60);
}

// How long the step took is no count.
const char *
runs_step_counts(Arena *arena, json_t *counts)
{
    Text out = {.arena = arena};
    const char *name;
    json_t *value;

    json_object_foreach(counts, name, value)
    {
        if (json_integer_value(value) != 0 && strcmp(name, "ms") != 0)
            text_add_format(&out, "%s%s %s", out.length > 0 ? ", " : "", name,
                words_count(arena, LANGUAGE_ENGLISH, json_integer_value(value)));
    }
    return text_get(&out);
}

json_t *
runs_counts(const RunRecord *run)
{
    json_t *const counts = json_loads(run->counts_json, 0, NULL);

    return json_is_object(counts) ? counts : json_object();
}

// The counts of all steps on one line; an error instead, when there was one.
static const char *
outcome_text(Arena *arena, const RunRecord *run)
{
    json_t *const steps = runs_counts(run);
    Text out = {.arena = arena};
    const char *name;
    json_t *counts;

    if (!text_is_empty(run->error))
        text_add(&out, run->error);
    else
        json_object_foreach(steps, name, counts)
        {
            const char *const text = runs_step_counts(arena, counts);

            if (*text != '\0')
                text_add_format(&out, "%s%s: %s", out.length > 0 ? "; " : "", name, text);
        }
    json_decref(steps);
    return text_get(&out);
}

const char *
runs_exit(Arena *arena, const RunRecord *run)
{
    return run->exit_code < 0 ? "" : arena_printf(arena, "%d", run->exit_code);
}

typedef struct RunList
{
    RunRecord *items;
    size_t count;
} RunList;

// The outcome is last and takes what the other columns leave, as long as it can say something.
static void
print_table(const Job *job, const void *what)
{
    const RunList *const list = what;
    static const char *const heading =
        "  RUN  JOB      AS OF             STATE        TOOK          EXIT  ASIDE";
    const size_t columns = screen_columns(job), taken = width_of(heading) + 2;
    const bool told = columns >= taken + OUTCOME_MIN;
    Arena *const arena = job->arena;
    Text out = {.arena = arena};

    text_add_format(&out, "%s%s\n", heading, told ? "  OUTCOME" : "");
    for (size_t i = 0; i < list->count; i++) {
        const RunRecord *const run = &list->items[i];

        text_add_format(&out, "%5" PRId64 "  ", run->number);
        screen_cell(&out, 9, run->job);
        screen_cell(&out, 18, zone_print(arena, job->zone, run->as_of));
        screen_cell(&out, 13, run->state);
        screen_cell(&out, 12, runs_duration(arena, run->started_at, run->ended_at));
        text_add_format(&out, "%6s  %5" PRId64, runs_exit(arena, run), run->set_aside);
        if (told) {
            text_add(&out, "  ");
            screen_cut(&out, columns - taken, outcome_text(arena, run));
        }
        text_add(&out, "\n");
    }
    fputs(list->count > 0 ? text_get(&out) : "no such run\n", job->out);
}

static void
print_csv(const Job *job, const void *what)
{
    const RunList *const list = what;
    static const char *const header[] = {"run", "job", "as_of", "state", "started_at", "ended_at",
        "exit_code", "set_aside", "version", "settings_sha256", "counts", "error", "run_key", NULL};
    Text out = {.arena = job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < list->count; i++) {
        const RunRecord *const run = &list->items[i];

        csv_of_int(&out, run->number);
        csv_add(&out, run->job);
        csv_of_instant(&out, run->as_of);
        csv_add(&out, run->state);
        csv_of_instant(&out, run->started_at);
        csv_of_instant(&out, run->ended_at);
        csv_add(&out, runs_exit(job->arena, run));
        csv_of_int(&out, run->set_aside);
        csv_add(&out, run->version);
        csv_add(&out, run->settings_sha256);
        csv_add(&out, run->counts_json);
        csv_add_outside(&out, run->error);
        csv_add_outside(&out, run->key);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

json_t *
runs_json(const Job *job, const RunRecord *run)
{
    Arena *const arena = job->arena;
    json_t *const json = json_object();

    json_object_set_new(json, "run", json_integer(run->number));
    json_object_set_new(json, "run_key", json_of_text(arena, run->key));
    json_object_set_new(json, "job", json_of_text(arena, run->job));
    json_object_set_new(json, "as_of", json_of_instant(arena, run->as_of));
    json_object_set_new(json, "state", json_of_text(arena, run->state));
    json_object_set_new(json, "started_at", json_of_instant(arena, run->started_at));
    json_object_set_new(json, "ended_at", json_of_instant(arena, run->ended_at));
    json_object_set_new(
        json, "exit_code", run->exit_code < 0 ? json_null() : json_integer(run->exit_code));
    json_object_set_new(json, "set_aside", json_integer(run->set_aside));
    json_object_set_new(json, "version", json_of_text(arena, run->version));
    json_object_set_new(json, "settings_sha256", json_of_text(arena, run->settings_sha256));
    json_object_set_new(json, "counts", runs_counts(run));
    json_object_set_new(json, "error", json_of_text(arena, run->error));
    return json;
}

static void
print_json(const Job *job, const void *what)
{
    const RunList *const list = what;
    json_t *const all = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(all, runs_json(job, &list->items[i]));
    screen_json(job, all);
}

static bool
read_list(Job *job, Db *db, int64_t limit, RunList *list, Err *err)
{
    const char *const name = job_option(job, "job"), *const key = job_option(job, "key");
    const RunRecord *items;

    if (!runs_list(db, job->arena, name ? text_clean(job->arena, name) : "",
            key ? text_clean(job->arena, key) : "", limit, &items, &list->count, err))
        return false;
    list->items = arena_grow_array(job->arena, items, sizeof *items, list->count, list->count);
    for (size_t i = 0; i < list->count; i++)
        if (!hold_tell_killed(job, db, &list->items[i], err))
            return false;
    return true;
}

static bool
list(Job *job, Err *err)
{
    RunList list;
    int64_t limit;

    if (job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"list\" takes no more arguments (\"show\" does)");
    if (!job_option_int(job, "limit", 1, RUNS_MOST, LIMIT_DEFAULT, &limit, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !migrate_check(db, err) || !read_list(job, db, limit, &list, err))
        return false;
    screen_say(job, &(ScreenForms){print_table, print_csv, print_json}, &list);
    return true;
}

static bool
runs_run(Job *job, Err *err)
{
    size_t action = 0;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;
    return action == 0 ? list(job, err) : runs_show(job, err);
}

static const OptionSpec options[] = {
    {"job", 'j', "NAME", "list: only runs of this job"},
    {"key", 'k', "KEY", "list: only runs that a scheduler called so (--run-key)"},
    {"limit", 'l', "NUMBER",
        "at most so many runs (20 by default); show: so many rows set aside (20 by default)"},
    {0},
};

const Command command_runs = {
    .name = "runs",
    .summary = "list what ran and how it ended, or look at one run",
    .usage = "[list|show NUMBER]",
    .description =
        "list (the default) prints the newest runs: job, logical date, state, duration, exit code, "
        "rows set aside, and what was counted or what went wrong. show prints one run with its "
        "counts by step and the rows it set aside, with their reasons.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_FORMAT,
    .options = options,
    .arguments_max = 2,
    .actions = (const char *const[]){"list", "show", NULL},
    .examples = (const char *const[]){"vigie runs --job nightly", "vigie runs show 4711", NULL},
    .run = runs_run,
};
