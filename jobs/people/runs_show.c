#include "jobs/people/runs.h"
#include "jobs/run/hold.h"
#include "jobs/run/run.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

#define ROWS_SHOWN 20  // rows set aside that are printed

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
                         runs_duration(arena, step->started_at, step->ended_at)));
    }
}

static void
show_text(const Job *job, const Shown *shown)
{
    const RunRecord *const run = shown->run;
    const size_t columns = screen_columns(job);
    Arena *const arena = job->arena;
    json_t *const steps = runs_counts(run);
    Text out = {.arena = arena};
    const char *name;
    json_t *counts;

    text_add_format(&out, "Run %" PRId64 ": %s, %s\n", run->number, text_clean(arena, run->job),
        text_clean(arena, run->state));
    screen_line(&out, columns, "as of", zone_print(arena, job->zone, run->as_of));
    screen_line(&out, columns, "started", zone_print(arena, job->zone, run->started_at));
    screen_line(&out, columns, "took", runs_duration(arena, run->started_at, run->ended_at));
    screen_line(&out, columns, "exit code", runs_exit(arena, run));
    screen_line(&out, columns, "key", run->key);
    screen_line(&out, columns, "version", run->version);
    screen_line(&out, columns, "settings", run->settings_sha256);
    screen_line(&out, columns, "error", run->error);
    show_steps(&out, columns, shown, arena);
    if (json_object_size(steps) > 0)
        text_add(&out, "Counts\n");
    json_object_foreach(steps, name, counts)
    {
        const char *const text = runs_step_counts(arena, counts);

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
    json_t *const json = runs_json(job, shown->run);
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

bool
runs_show(Job *job, Err *err)
{
    const RunRecord *found;
    int64_t number;

    if (job_option(job, "job") || job_option(job, "key"))
        return err_set(err, ERR_CONFIG, "options \"--job\" and \"--key\" mean nothing to \"show\"");
    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"show\" prints text or json");
    if (job->argument_count != 2 || !text_parse_int(job->arguments[1], &number))
        return err_set(err, ERR_CONFIG, "\"show\" needs the number of one run");

    int64_t limit;
    Db *const db = job_option_int(job, "limit", 0, RUNS_MOST, ROWS_SHOWN, &limit, err)
                       ? run_connect(job, job->arena, err)
                       : NULL;

    if (db == NULL || !migrate_check(db, err) || !runs_find(db, job->arena, number, &found, err))
        return false;
    if (found == NULL)
        return err_set(err, ERR_CONFIG, "there is no run %" PRId64, number);

    RunRecord run = *found;
    Shown shown = {.run = &run};

    if (!hold_tell_killed(job, db, &run, err) ||
        !runs_steps(db, job->arena, number, &shown.steps, &shown.step_count, err) ||
        !runs_asides(db, job->arena, number, &shown.reasons, &shown.reason_count, err) ||
        !runs_aside_rows(db, job->arena, number, limit, &shown.rows, &shown.row_count, err))
        return false;
    if (job->format == FORMAT_JSON)
        show_json(job, &shown);
    else
        show_text(job, &shown);
    return true;
}
