#include "alerts/letters.h"
#include "config/calendar.h"
#include "config/catalogue.h"
#include "config/fields.h"
#include "config/terms.h"
#include "core/csv.h"
#include "jobs/frame/command.h"

#include <jansson.h>
#include <string.h>

extern const Command command_config;

static bool
print_sample(Job *job, Err *err)
{
    Text text = {.arena = job->arena};

    (void)err;
    settings_print_sample(&text);
    fputs(text_get(&text), job->out);
    return true;
}

static bool
print_schema(Job *job, Err *err)
{
    Text text = {.arena = job->arena};

    (void)err;
    settings_print_schema(&text);
    fputs(text_get(&text), job->out);
    return true;
}

// As settings_print_effective() shows it: a URI's parameters could carry what we do not know to be a secret.
static const char *
shown(const Job *job, size_t index)
{
    const char *const value = job->loaded->origins[index].value;
    const char *const query = config_field(index)->secret ? strchr(value, '?') : NULL;

    return query ? arena_printf(job->arena, "%.*s?...", (int)(query - value), value) : value;
}

static void
show_csv(const Job *job, Text *text)
{
    csv_add(text, "path");
    csv_add(text, "value");
    csv_add(text, "origin");
    csv_end(text);
    for (size_t i = 0; i < job->loaded->origin_count; i++) {
        csv_add(text, job->loaded->origins[i].path);
        csv_add(text, shown(job, i));
        csv_add(text, job->loaded->origins[i].origin);
        csv_end(text);
    }
}

static void
show_json(const Job *job)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < job->loaded->origin_count; i++) {
        const SettingOrigin *const origin = &job->loaded->origins[i];

        json_array_append_new(all, json_pack("{s:s, s:s, s:s}", "path", origin->path, "value",
                                       shown(job, i), "origin", origin->origin));
    }
    json_dumpf(all, job->out, JSON_INDENT(2));
    json_decref(all);
    fputc('\n', job->out);
}

static bool
show(Job *job, Err *err)
{
    Text text = {.arena = job->arena};

    if (!job_load_settings(job, err))
        return false;
    if (job->format == FORMAT_JSON)
        show_json(job);
    else if (job->format == FORMAT_CSV)
        show_csv(job, &text);
    else
        settings_print_effective(&text, job->loaded);
    fputs(text_get(&text), job->out);
    return true;
}

// A loader that failed without a problem that has a place (a folder that cannot be read) still is one.
static void
note(Problems *problems, size_t before, const char *path, const Err *err)
{
    if (err->kind != ERR_NONE && problems->count == before)
        problem_add(problems, "", 0, 0, path, "%s", err->text);
}

static void
check_files(const Settings *settings, Problems *problems)
{
    Err calendar = {0}, catalogue = {0}, terms = {0}, letters = {0};
    size_t before = problems->count;

    calendar_load(problems->arena, settings->calendar, problems, &calendar);
    note(problems, before, "calendar", &calendar);
    before = problems->count;
    catalogue_load(problems->arena, settings->carriers.catalogues, settings->carriers.vocabularies,
        problems, &catalogue);
    note(problems, before, "carriers.catalogues", &catalogue);
    before = problems->count;
    terms_load(problems->arena, settings->claims.terms, problems, &terms);
    note(problems, before, "claims.terms", &terms);
    before = problems->count;
    letters_load(problems->arena, settings->alerts.templates, problems, &letters);
    note(problems, before, "alerts.templates", &letters);
}

// Also the files that the settings lead to, so that the night finds nothing new to complain about.
static bool
check(Job *job, Err *err)
{
    Problems problems = {.arena = job->arena};

    if (!job_load_settings(job, err))
        return false;
    check_files(job->settings, &problems);
    job_report_problems(job, &problems);
    if (problems.count > 0)
        return err_set(err, ERR_CONFIG, "%zu problem%s in the files that the settings lead to",
            problems.count, problems.count == 1 ? "" : "s");
    fprintf(job->out, "%s: no problems\n",
        *job->settings->file ? job->settings->file : "default settings");
    return true;
}

static bool
config_run(Job *job, Err *err)
{
    static bool (*const runs[])(Job *, Err *) = {print_sample, print_schema, show, check};
    size_t index;

    return job_choose("action", job->arguments[0], job->command->actions, &index, err) &&
           runs[index](job, err);
}

const Command command_config = {
    .name = "config",
    .summary = "print, explain or check the settings",
    .usage = "sample|schema|show|check",
    .description = "sample prints every setting with its default and meaning, ready to be saved "
                   "as vigie.yaml. schema prints a JSON Schema for editors. show prints the "
                   "values in force and where each came from: an option, the environment, a line "
                   "of the file, or the default. check reads the settings and the catalogues, "
                   "calendar, terms and letters they lead to, and lists all problems at once.",
    .needs = TAKES_SETTINGS | TAKES_FORMAT,
    .arguments_min = 1,
    .arguments_max = 1,
    .actions = (const char *const[]){"sample", "schema", "show", "check", NULL},
    .examples = (const char *const[]){"vigie config sample > vigie.yaml",
        "vigie config check --config /etc/vigie/vigie.yaml",
        "vigie config show --set learn.window_days=90", NULL},
    .run = config_run,
};
