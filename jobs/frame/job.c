/*
 * What a job may ask about its own command line, and the settings that all of it rests on.
 */
#include "jobs/frame/job.h"

#include "jobs/frame/signals.h"

#include "core/text.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

bool
command_has_option(const Command *command, const char *name)
{
    for (const OptionSpec *spec = command->options; spec && spec->name; spec++)
        if (strcmp(spec->name, name) == 0)
            return true;
    return false;
}

const char *
job_option(const Job *job, const char *name)
{
    const char *value = NULL;

    assert(command_has_option(job->command, name));
    for (size_t i = 0; i < job->option_count; i++)
        if (strcmp(job->options[i].name, name) == 0)
            value = job->options[i].value;
    return value;
}

TextList
job_option_all(const Job *job, const char *name)
{
    const char **const items = ARENA_ARRAY(job->arena, const char *, job->option_count);
    size_t count = 0;

    assert(command_has_option(job->command, name));
    for (size_t i = 0; i < job->option_count; i++)
        if (strcmp(job->options[i].name, name) == 0)
            items[count++] = job->options[i].value;
    return (TextList){.items = items, .count = count};
}

bool
job_option_int(const Job *job, const char *name, int64_t minimum, int64_t maximum, int64_t absent,
    int64_t *out, Err *err)
{
    const char *const text = job_option(job, name);
    int64_t value = absent;

    if (text && !text_parse_int(text, &value))
        return err_set(err, ERR_CONFIG, "option \"--%s\": expected a whole number, not \"%s\"",
            name, text_clean(job->arena, text));
    if (text && (value < minimum || value > maximum))
        return err_set(err, ERR_CONFIG,
            "option \"--%s\": %" PRId64 " is outside %" PRId64 " to %" PRId64, name, value, minimum,
            maximum);
    *out = value;
    return true;
}

bool
job_option_real(const Job *job, const char *name, double minimum, double maximum, double absent,
    double *out, Err *err)
{
    const char *const text = job_option(job, name);
    double value = absent;

    if (text && !text_parse_real(text, &value))
        return err_set(err, ERR_CONFIG, "option \"--%s\": expected a number, not \"%s\"", name,
            text_clean(job->arena, text));
    if (text && (value < minimum || value > maximum))
        return err_set(err, ERR_CONFIG, "option \"--%s\": %g is outside %g to %g", name, value,
            minimum, maximum);
    *out = value;
    return true;
}

bool
job_option_day(const Job *job, const char *name, Day absent, Day *out, Err *err)
{
    const char *const text = job_option(job, name);
    Day value = absent;

    if (text && !day_parse(text, &value))
        return err_set(err, ERR_CONFIG,
            "option \"--%s\": expected a date such as 2026-11-20, not \"%s\"", name,
            text_clean(job->arena, text));
    *out = value;
    return true;
}

bool
job_choose(const char *what, const char *word, const char *const *choices, size_t *index, Err *err)
{
    size_t count = 0;

    for (; choices[count]; count++) {
        if (strcmp(choices[count], word) == 0) {
            *index = count;
            return true;
        }
    }

    Arena *const arena = arena_create();
    const char *const nearest = text_nearest(word, choices, count);
    Text all = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        text_add_format(&all, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", choices[i]);
    if (nearest)
        err_set(err, ERR_CONFIG, "unrecognized %s \"%s\" (did you mean \"%s\"?)", what,
            text_clean(arena, word), nearest);
    else
        err_set(err, ERR_CONFIG, "unrecognized %s \"%s\": expected %s", what,
            text_clean(arena, word), text_get(&all));
    arena_destroy(arena);
    return false;
}

static const char *
environment_value(char *const *environment, const char *name)
{
    const size_t length = strlen(name);

    for (char *const *entry = environment; entry && *entry; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            return *entry + length + 1;
    return NULL;
}

// The first of: the option, the environment, the working folder, the system; NULL for no file at all. A file that
// is there but cannot be read is used, so that loading it says why.
static const char *
settings_path(const Job *job)
{
    static const char *const places[] = {"vigie.yaml", "/etc/vigie/vigie.yaml"};
    const char *const named = environment_value(job->environment, "VIGIE_CONFIG");

    if (job->config_path)
        return job->config_path;
    if (!text_is_empty(named))
        return named;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (access(places[i], F_OK) == 0)
            return places[i];
    return NULL;
}

void
job_report_problems(const Job *job, const Problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (job->log->format == LOG_JSON)
            log_error(job->log, "problem in the settings",
                FIELDS(field_text("problem", problems->items[i])));
        else
            fprintf(job->log->out, "%s\n", problems->items[i]);
}

static bool
load(Job *job, Err *err)
{
    Problems problems = {.arena = job->arena};
    SettingsLoaded *const loaded = ARENA_NEW(job->arena, SettingsLoaded);

    if (!settings_load(job->arena, settings_path(job), job->overrides, job->override_count,
            job->environment, loaded, &problems, err)) {
        job_report_problems(job, &problems);
        return false;
    }

    const Zone *const zone = zone_load(job->arena, loaded->settings->time_zone, err);

    if (!zone)
        return err_context(err, "time_zone");
    job->loaded = loaded;
    job->settings = loaded->settings;
    job->zone = zone;
    return true;
}

bool
job_set_as_of(Job *job, Err *err)
{
    const char *const text = job->as_of_text;
    Instant as_of = job->now;
    int64_t wall;
    Day day;

    if (text && day_parse(text, &day))
        as_of = zone_day_end(job->zone, day);
    else if (text && !instant_parse(text, &as_of)) {
        if (wall_parse(text, &wall))
            return err_set(err, ERR_CONFIG,
                "option \"--as-of\": timestamp \"%s\" needs its zone, as in 2026-11-20T06:00:00Z "
                "or 2026-11-20T06:00:00+01:00",
                text);
        return err_set(err, ERR_CONFIG,
            "option \"--as-of\": expected a date such as 2026-11-20 or a timestamp such as "
            "2026-11-20T06:00:00Z, not \"%s\"",
            text_clean(job->arena, text));
    }
    job->as_of_given = text != NULL;
    job->as_of = as_of;
    job->day = zone_day(job->zone, as_of);
    return true;
}

bool
job_load_settings(Job *job, Err *err)
{
    return load(job, err) && job_set_as_of(job, err);
}

int
job_exit_code(const Err *err)
{
    switch (err->kind) {
    case ERR_CONFIG:
        return 2;
    case ERR_BUSY:
        return 11;
    case ERR_TEMPORARY:
        return 75;
    case ERR_INTERRUPTED:
        return interrupted_exit_code() != 0 ? interrupted_exit_code() : 130;
    default:
        return 1;
    }
}
