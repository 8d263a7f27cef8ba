#include "core/csv.h"
#include "core/width.h"
#include "core/words.h"
#include "jobs/frame/screen.h"
#include "jobs/run/run.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_runs;

#define LIMIT_DEFAULT 20
#define LIMIT_MAX     100000
#define OUTCOME_MIN   12
#define ROWS_SHOWN    20  // rows set aside that show prints

// "340 ms", "12.3 s", "4 min 10 s"; "" while it runs.
static const char *
duration_text(Arena *arena, Instant from, Instant to)
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

// Counts that are not nought: "judged 1526, lost 386". How long the step took is no count.
static const char *
step_text(Arena *arena, json_t *counts)
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

static json_t *
counts_of(const RunRecord *run)
{
    json_t *const counts = json_loads(run->counts_json, 0, NULL);

    return json_is_object(counts) ? counts : json_object();
}

// The counts of all steps on one line; an error instead, when there was one.
static const char *
outcome_text(Arena *arena, const RunRecord *run)
{
    json_t *const steps = counts_of(run);
    Text out = {.arena = arena};
    const char *name;
    json_t *counts;

    if (!text_is_empty(run->error))
        text_add(&out, run->error);
    else
        json_object_foreach(steps, name, counts)
        {
            const char *const text = step_text(arena, counts);

            if (*text != '\0')
                text_add_format(&out, "%s%s: %s", out.length > 0 ? "; " : "", name, text);
        }
    json_decref(steps);
    return text_get(&out);
}

static const char *
exit_text(Arena *arena, const RunRecord *run)
{
    return run->exit_code < 0 ? "" : arena_printf(arena, "%d", run->exit_code);
}

// The outcome is last and takes what the other columns leave, as long as it can say something.
static void
print_table(const Job *job, const RunRecord *runs, size_t count)
{
    static const char *const heading =
        "  RUN  JOB      AS OF             STATE        TOOK          EXIT  ASIDE";
    const size_t columns = screen_columns(job), taken = width_of(heading) + 2;
    const bool told = columns >= taken + OUTCOME_MIN;
    Arena *const arena = job->arena;
    Text out = {.arena = arena};

    text_add_format(&out, "%s%s\n", heading, told ? "  OUTCOME" : "");
    for (size_t i = 0; i < count; i++) {
        const RunRecord *const run = &runs[i];

        text_add_format(&out, "%5" PRId64 "  ", run->number);
        screen_cell(&out, 9, run->job);
        screen_cell(&out, 18, zone_print(arena, job->zone, run->as_of));
        screen_cell(&out, 13, run->state);
        screen_cell(&out, 12, duration_text(arena, run->started_at, run->ended_at));
        text_add_format(&out, "%6s  %5" PRId64, exit_text(arena, run), run->set_aside);
        if (told) {
            text_add(&out, "  ");
            screen_cut(&out, columns - taken, outcome_text(arena, run));
        }
        text_add(&out, "\n");
    }
    fputs(count > 0 ? text_get(&out) : "no such run\n", job->out);
}

static void
print_csv(const Job *job, const RunRecord *runs, size_t count)
{
    static const char *const header[] = {"run", "job", "as_of", "state", "started_at", "ended_at",
        "exit_code", "set_aside", "version", "settings_sha256", "counts", "error", "run_key", NULL};
    Text out = {.arena = job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < count; i++) {
        csv_of_int(&out, runs[i].number);
        csv_add(&out, runs[i].job);
        csv_of_instant(&out, runs[i].as_of);
        csv_add(&out, runs[i].state);
        csv_of_instant(&out, runs[i].started_at);
        csv_of_instant(&out, runs[i].ended_at);
        csv_add(&out, exit_text(job->arena, &runs[i]));
        csv_of_int(&out, runs[i].set_aside);
        csv_add(&out, runs[i].version);
        csv_add(&out, runs[i].settings_sha256);
        csv_add(&out, runs[i].counts_json);
        csv_add_outside(&out, runs[i].error);
        csv_add_outside(&out, runs[i].key);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static json_t *
run_json(const Job *job, const RunRecord *run)
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
    json_object_set_new(json, "counts", counts_of(run));
    json_object_set_new(json, "error", json_of_text(arena, run->error));
    return json;
}

static bool
list(Job *job, Err *err)
{
    const char *const name = job_option(job, "job"), *const key = job_option(job, "key");
    const RunRecord *runs;
    size_t count;
    int64_t limit;

    if (job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"list\" takes no more arguments (\"show\" does)");
    if (!job_option_int(job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !migrate_check(db, err) ||
        !runs_list(db, job->arena, name ? text_clean(job->arena, name) : "",
            key ? text_clean(job->arena, key) : "", limit, &runs, &count, err))
        return false;
    if (job->format == FORMAT_JSON) {
        json_t *const all = json_array();

        for (size_t i = 0; i < count; i++)
            json_array_append_new(all, run_json(job, &runs[i]));
        screen_json(job, all);
    } else if (job->format == FORMAT_CSV)
        print_csv(job, runs, count);
    else
        print_table(job, runs, count);
    return true;
}

// One run with its steps and what it set aside.
typedef struct Shown
{
    const RunRecord *run;
    const RunStep *steps;
    size_t step_count;
    const AsideCount *reasons;
    size_t reason_count;
    const SetAside *rows;  // the first ones
    size_t row_count;
} Shown;

static void
show_asides(const Job *job, Text *out, size_t columns, const Shown *shown)
{
    Arena *const arena = job->arena;

    if (shown->reason_count > 0)
        text_add(out, "Set aside\n");
    for (size_t i = 0; i < shown->reason_count; i++)
        screen_line(out, columns, shown->reasons[i].step,
            arena_printf(
                arena, "%" PRId64 " x %s", shown->reasons[i].count, shown->reasons[i].reason));
    for (size_t i = 0; i < shown->row_count; i++) {
        const SetAside *const row = &shown->rows[i];
        const char *const line = row->line > 0 ? arena_printf(arena, ":%" PRId64, row->line) : "";

        text_add(out, "  ");
        screen_wrap(out, columns, 2, 4,
            arena_printf(
                arena, "%s%s: %s: %s %s", row->source, line, row->key, row->reason, row->detail));
    }
    if (shown->run->set_aside > (int64_t)shown->row_count)
        text_add_format(out, "  and %" PRId64 " more in the table set_aside\n",
            shown->run->set_aside - (int64_t)shown->row_count);
}

// One without an end was killed in it.
static void
show_steps(Text *out, size_t columns, const Shown *shown, Arena *arena)
{
    if (shown->step_count > 0)
        text_add(out, "Steps\n");
    for (size_t i = 0; i < shown->step_count; i++) {
        const RunStep *const step = &shown->steps[i];
        const bool killed =
            step->ended_at == INSTANT_NONE && strcmp(shown->run->state, "running") != 0;

        screen_line(out, columns, step->name,
            killed ? "killed in it"
                   : arena_printf(arena, "%s %s", step->state,
                         duration_text(arena, step->started_at, step->ended_at)));
    }
}

static void
show_text(const Job *job, const Shown *shown)
{
    const RunRecord *const run = shown->run;
    const size_t columns = screen_columns(job);
    Arena *const arena = job->arena;
    json_t *const steps = counts_of(run);
    Text out = {.arena = arena};
    const char *name;
    json_t *counts;

    text_add_format(&out, "Run %" PRId64 ": %s, %s\n", run->number, text_clean(arena, run->job),
        text_clean(arena, run->state));
    screen_line(&out, columns, "as of", zone_print(arena, job->zone, run->as_of));
    screen_line(&out, columns, "started", zone_print(arena, job->zone, run->started_at));
    screen_line(&out, columns, "took", duration_text(arena, run->started_at, run->ended_at));
    screen_line(&out, columns, "exit code", exit_text(arena, run));
    screen_line(&out, columns, "key", run->key);
    screen_line(&out, columns, "version", run->version);
    screen_line(&out, columns, "settings", run->settings_sha256);
    screen_line(&out, columns, "error", run->error);
    show_steps(&out, columns, shown, arena);
    if (json_object_size(steps) > 0)
        text_add(&out, "Counts\n");
    json_object_foreach(steps, name, counts)
    {
        const char *const text = step_text(arena, counts);

        screen_line(&out, columns, name, *text != '\0' ? text : "nothing");
    }
    json_decref(steps);
    show_asides(job, &out, columns, shown);
    fputs(text_get(&out), job->out);
}

static void
show_json(const Job *job, const Shown *shown)
{
    Arena *const arena = job->arena;
    json_t *const json = run_json(job, shown->run);
    json_t *const reasons = json_array(), *const rows = json_array(), *const steps = json_array();

    for (size_t i = 0; i < shown->reason_count; i++)
        json_array_append_new(reasons,
            json_pack("{s:o, s:o, s:I}", "step", json_of_text(arena, shown->reasons[i].step),
                "reason", json_of_text(arena, shown->reasons[i].reason), "count",
                (json_int_t)shown->reasons[i].count));
    for (size_t i = 0; i < shown->row_count; i++) {
        const SetAside *const row = &shown->rows[i];

        json_array_append_new(rows,
            json_pack("{s:o, s:o, s:I, s:o, s:o, s:o}", "step", json_of_text(arena, row->step),
                "source", json_of_text(arena, row->source), "line", (json_int_t)row->line, "key",
                json_of_text(arena, row->key), "reason", json_of_text(arena, row->reason), "detail",
                json_of_text(arena, row->detail)));
    }
    for (size_t i = 0; i < shown->step_count; i++)
        json_array_append_new(steps,
            json_pack("{s:o, s:o, s:o, s:o}", "step", json_of_text(arena, shown->steps[i].name),
                "state", json_of_text(arena, shown->steps[i].state), "started_at",
                json_of_instant(arena, shown->steps[i].started_at), "ended_at",
                json_of_instant(arena, shown->steps[i].ended_at)));
    json_object_set_new(json, "steps", steps);
    json_object_set_new(json, "set_aside_reasons", reasons);
    json_object_set_new(json, "set_aside_rows", rows);
    screen_json(job, json);
}

static bool
show(Job *job, Err *err)
{
    Shown shown = {0};
    int64_t number;

    if (job_option(job, "job") || job_option(job, "key"))
        return err_set(err, ERR_CONFIG, "options \"--job\" and \"--key\" mean nothing to \"show\"");
    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"show\" prints text or json");
    if (job->argument_count != 2 || !text_parse_int(job->arguments[1], &number))
        return err_set(err, ERR_CONFIG, "\"show\" needs the number of one run");

    int64_t limit;
    Db *const db = job_option_int(job, "limit", 0, LIMIT_MAX, ROWS_SHOWN, &limit, err)
                       ? run_connect(job, job->arena, err)
                       : NULL;

    if (db == NULL || !migrate_check(db, err) ||
        !runs_find(db, job->arena, number, &shown.run, err))
        return false;
    if (shown.run == NULL)
        return err_set(err, ERR_CONFIG, "there is no run %" PRId64, number);
    if (!runs_steps(db, job->arena, number, &shown.steps, &shown.step_count, err) ||
        !runs_asides(db, job->arena, number, &shown.reasons, &shown.reason_count, err) ||
        !runs_aside_rows(db, job->arena, number, limit, &shown.rows, &shown.row_count, err))
        return false;
    if (job->format == FORMAT_JSON)
        show_json(job, &shown);
    else
        show_text(job, &shown);
    return true;
}

static bool
runs_run(Job *job, Err *err)
{
    size_t action = 0;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;
    return action == 0 ? list(job, err) : show(job, err);
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
