/*
 * What others hear of a run: the manifest, metrics and lineage, the words for whoever is woken by it, the scheduler's last line.
 */
#include "jobs/night/steps_tell.h"

#include "core/json.h"
#include "jobs/night/lineage.h"
#include "jobs/night/metrics.h"
#include "jobs/night/run_manifest.h"

#include <glib.h>
#include <jansson.h>
#include <string.h>

// What is told of a run to others is no part of its work: that it could not be told is a warning.
static void
tell(const Run *run, bool told, Err *err)
{
    if (!told)
        log_warn(
            run->job->log, "could not tell of the run", FIELDS(field_text("reason", err->text)));
    *err = (Err){0};
}

void
steps_tell_begin(const Run *run)
{
    Err err = {0};

    tell(run, lineage_tell(run, "START", NULL, &err), &err);
}

void
steps_tell_lineage(Run *run, bool done, const Err *failure)
{
    const bool aborted = !done && failure->kind == ERR_INTERRUPTED;
    const char *const type = done ? "COMPLETE" : aborted ? "ABORT" : "FAIL";
    Err err = {0};

    if (lineage_tell(run, type, done ? NULL : failure, &err))
        return;
    if (done && err.kind == ERR_TEMPORARY) {
        run->job->exit_code = EXIT_INCOMPLETE;
        run->remark = run->remark != NULL ? run->remark : arena_copy(run->job->arena, err.text);
    }
    tell(run, false, &err);
}

void
steps_tell_end(const Run *run)
{
    Err err = {0};

    if (run->number == 0)
        return;
    tell(run, run_manifest_write(run, &err), &err);
    tell(run, metrics_write(run->job, run->db, &err), &err);
}

void
steps_tell_nothing(const Run *run)
{
    Err err = {0};

    if (!run->job->dry_run)
        tell(run, metrics_write(run->job, run->db, &err), &err);
}

static bool
was_done(const Run *run, size_t step)
{
    return json_object_get(json_object_get(run->counts, NIGHT_STEPS[step]), "ms") != NULL;
}

static const char *
list_steps(const Run *run, const bool todo[NIGHT_STEP_COUNT], bool done)
{
    Text out = {.arena = run->job->arena};

    for (size_t i = 0; i < NIGHT_STEP_COUNT; i++)
        if (todo[i] && was_done(run, i) == done)
            text_add_format(&out, "%s%s", out.length > 0 ? ", " : "", NIGHT_STEPS[i]);
    return out.length > 0 ? text_get(&out) : "nothing";
}

// A word of a command line, quoted where a shell would read something else.
static void
add_word(Text *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.,:=@%/";

    text_add(out, " ");
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        text_add(out, word);
        return;
    }

    gchar *const quoted = g_shell_quote(word);

    text_add(out, quoted);
    g_free(quoted);
}

static void
add_option(Text *out, const char *name, const char *value)
{
    text_add_format(out, " --%s", name);
    if (*value != '\0')
        add_word(out, value);
}

// What to type to go on: the command with the options it was given. Not --set, whose values may be secret.
static const char *
next_of(const Job *job)
{
    Text out = {.arena = job->arena};

    text_add_format(&out, "vigie %s", job->command->name);
    if (job->config_path != NULL)
        add_option(&out, "config", text_clean(job->arena, job->config_path));
    add_option(&out, "as-of",
        text_clean(
            job->arena, job->as_of_text ? job->as_of_text : instant_print(job->arena, job->as_of)));
    if (*job->run_key != '\0')
        add_option(&out, "run-key", job->run_key);
    for (size_t i = 0; i < job->option_count; i++)
        add_option(&out, job->options[i].name, text_clean(job->arena, job->options[i].value));
    text_add_format(
        &out, " --if-exists resume%s", job->override_count > 0 ? ", with the same --set" : "");
    return text_get(&out);
}

void
steps_tell_left(const Run *run, const bool todo[NIGHT_STEP_COUNT], const Err *failure)
{
    const Job *const job = run->job;
    const char *const again = next_of(job);
    const char *const next = failure->kind == ERR_CONFIG
                                 ? arena_printf(job->arena, "vigie check, then %s", again)
                                 : again;

    log_warn(job->log, "the night is not finished, and nothing of it is half done",
        FIELDS(field_text("done", list_steps(run, todo, true)),
            field_text("left", list_steps(run, todo, false)), field_text("next", next)));
}

void
steps_tell_unopened(const Run *run, const Err *failure)
{
    if (failure->kind == ERR_TEMPORARY || failure->kind == ERR_BUSY)
        log_warn(run->job->log, "nothing was done",
            FIELDS(
                field_text("then", failure->kind == ERR_BUSY ? "when the other run is over"
                                                             : "when the database can be reached"),
                field_text("next", next_of(run->job))));
}

void
steps_tell_resumed(const Run *run, const TextList *names, const bool left[NIGHT_STEP_COUNT])
{
    Text done = {.arena = run->job->arena}, todo = {.arena = run->job->arena};

    for (size_t i = 0; i < NIGHT_STEP_COUNT; i++)
        for (size_t j = 0; j < names->count; j++)
            if (strcmp(names->items[j], NIGHT_STEPS[i]) == 0) {
                Text *const list = left[i] ? &todo : &done;

                text_add_format(list, "%s%s", list->length > 0 ? ", " : "", NIGHT_STEPS[i]);
            }
    if (done.length > 0 && todo.length > 0)
        log_info(run->job->log, "going on where an earlier run ended",
            FIELDS(field_text("done", text_get(&done)), field_text("left", text_get(&todo))));
}

const char *
steps_summary(const Run *run, bool done, bool idle, const Err *err)
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

    return json_to_text(arena, json, JSON_COMPACT | JSON_SORT_KEYS);
}
