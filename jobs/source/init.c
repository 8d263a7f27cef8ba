/*
 * vigie init: from an empty database to the first import.
 */
#include "core/file.h"
#include "jobs/run/run.h"
#include "jobs/source/migrate.h"
#include "jobs/source/plain.h"

#include <inttypes.h>
#include <unistd.h>

extern const Command command_init;

// An existing file is somebody's work: it stays as it is.
static bool
write_settings(Job *job, const char *path, Err *err)
{
    Text sample = {.arena = job->arena};

    if (access(path, F_OK) == 0) {
        fprintf(job->out, "settings: \"%s\" is there already and stays as it is\n", path);
        return true;
    }
    settings_print_sample(&sample);
    if (!file_write(file_real(job->arena, path), text_get(&sample), sample.length, err))
        return false;
    fprintf(job->out, "settings: wrote \"%s\"\n", path);
    return true;
}

static bool
make_schema(Job *job, Err *err)
{
    Db *const db = run_connect(job, job->arena, err);
    int64_t applied;

    if (db == NULL || !migrate_apply(db, &applied, err))
        return false;
    fprintf(job->out, "schema: \"%s\" is up to date, %" PRId64 " migration%s applied\n",
        db_schema(db), applied, applied == 1 ? "" : "s");
    return migrate_print_rows(job, db, applied, err);
}

static bool
make_plain_tables(Job *job, Err *err)
{
    Db *const db = plain_connect(job, err);

    if (db == NULL)
        return err_context(err, "plain tables (--no-plain makes none)");
    if (!plain_create(db, err))
        return false;
    fprintf(job->out, "plain tables: \"%s\" has shipments and scans\n", db_schema(db));
    return true;
}

static void
say_what_next(const Job *job, bool plain, bool wrote)
{
    const char *const settings = job_option(job, "settings");

    if (wrote)
        fprintf(job->out, "next: look through \"%s\", then name it with --config\n", settings);
    if (plain)
        fputs(
            "next: \"vigie import shipments.csv scans.csv\" (or \"vigie simulate\"), then \"vigie "
            "check\"\n",
            job->out);
    else
        fputs("next: name your relations in source.shipments and source.scans, then \"vigie "
              "check\"\n",
            job->out);
}

static bool
init_run(Job *job, Err *err)
{
    const char *const settings = job_option(job, "settings");
    const bool plain = job_option(job, "no-plain") == NULL;

    if ((settings != NULL && !write_settings(job, settings, err)) || !make_schema(job, err) ||
        (plain && !make_plain_tables(job, err)))
        return false;
    say_what_next(job, plain, settings != NULL);
    return true;
}

static const OptionSpec options[] = {
    {"no-plain", 0, NULL, "make no plain tables: the shipments are in tables of your own"},
    {"settings", 0, "FILE", "also write the commented sample of all settings, unless it is there"},
    {0},
};

const Command command_init = {
    .name = "init",
    .summary = "make Vigie's schema and the plain tables",
    .usage = "",
    .description =
        "Makes Vigie's own tables in the schema of the setting database.schema, as vigie migrate "
        "does, and the plain tables that source.shipments and source.scans name "
        "(SCHEMA.shipments and SCHEMA.scans), for those who have no database of shipments yet. "
        "What is there already stays as it is.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE,
    .options = options,
    .examples = (const char *const[]){"vigie init --settings vigie.yaml",
        "vigie init --no-plain --config vigie.yaml", NULL},
    .run = init_run,
};
