#include "jobs/frame/command.h"

#include "core/text.h"

#include <string.h>

extern const Command command_init;
extern const Command command_migrate;
extern const Command command_import;
extern const Command command_check;
extern const Command command_doctor;
extern const Command command_learn;
extern const Command command_detect;
extern const Command command_claim;
extern const Command command_alert;
extern const Command command_report;
extern const Command command_nightly;
extern const Command command_backtest;
extern const Command command_cases;
extern const Command command_claims;
extern const Command command_incidents;
extern const Command command_alerts;
extern const Command command_explain;
extern const Command command_baseline;
extern const Command command_runs;
extern const Command command_calendar;
extern const Command command_carriers;
extern const Command command_prune;
extern const Command command_export;
extern const Command command_restore;
extern const Command command_simulate;
extern const Command command_config;
extern const Command command_version;
extern const Command command_help;

const Command *const COMMANDS[] = {
    &command_init,
    &command_migrate,
    &command_import,
    &command_check,
    &command_doctor,
    &command_learn,
    &command_detect,
    &command_claim,
    &command_alert,
    &command_report,
    &command_nightly,
    &command_backtest,
    &command_cases,
    &command_claims,
    &command_incidents,
    &command_alerts,
    &command_explain,
    &command_baseline,
    &command_runs,
    &command_calendar,
    &command_carriers,
    &command_prune,
    &command_export,
    &command_restore,
    &command_simulate,
    &command_config,
    &command_version,
    &command_help,
    NULL,
};

enum
{
    COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] - 1
};

const Command *
command_find(const char *name, const char **nearest)
{
    const char *names[COMMAND_COUNT];

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
        names[i] = COMMANDS[i]->name;
    }
    *nearest = text_nearest(name, names, COMMAND_COUNT);
    return NULL;
}

bool
command_unrecognized(const char *name, const char *nearest, Err *err)
{
    Arena *const arena = arena_create();

    if (nearest)
        err_set(err, ERR_CONFIG, "unrecognized command \"%s\" (did you mean \"%s\"?)",
            text_clean(arena, name), nearest);
    else
        err_set(err, ERR_CONFIG, "unrecognized command \"%s\"", text_clean(arena, name));
    arena_destroy(arena);
    return false;
}

bool
command_run(Job *job, Err *err)
{
    if (job->command->needs & NEEDS_SETTINGS) {
        if (!job_load_settings(job, err))
            return false;
    } else {
        job->zone = zone_load(job->arena, "UTC", err);
        if (!job->zone || !job_set_as_of(job, err))
            return false;
    }
    return job->command->run(job, err);
}
