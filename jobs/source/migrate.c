/*
 * vigie migrate: Vigie's own tables, brought up to date.
 */
#include "sql/migrate.h"

#include "core/csv.h"
#include "jobs/night/run.h"

#include <inttypes.h>
#include <jansson.h>

extern const Command command_migrate;

static const char *
state_of(const MigrationStatus *status)
{
    if (*status->sha256 == '\0')
        return "unknown to this version";
    if (status->changed)
        return "changed";
    return status->applied ? "applied" : "pending";
}

static void
print_text(const Job *job, const MigrationStatus *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(job->out, "%-40s %s\n", items[i].name, state_of(&items[i]));
}

static void
print_csv(const Job *job, const MigrationStatus *items, size_t count)
{
    Text text = {.arena = job->arena};

    text_add(&text, "name,state\n");
    for (size_t i = 0; i < count; i++) {
        csv_add(&text, items[i].name);
        csv_add(&text, state_of(&items[i]));
        csv_end(&text);
    }
    fputs(text_get(&text), job->out);
}

static void
print_json(const Job *job, const MigrationStatus *items, size_t count)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            all, json_pack("{s:s, s:s}", "name", items[i].name, "state", state_of(&items[i])));
    json_dumpf(all, job->out, JSON_COMPACT);
    json_decref(all);
    fputc('\n', job->out);
}

static bool
print_status(Job *job, Db *db, Err *err)
{
    const MigrationStatus *items;
    size_t count;

    if (!migrate_status(db, job->arena, &items, &count, err))
        return false;
    if (job->format == FORMAT_JSON)
        print_json(job, items, count);
    else if (job->format == FORMAT_CSV)
        print_csv(job, items, count);
    else
        print_text(job, items, count);
    return true;
}

static bool
migrate_run(Job *job, Err *err)
{
    Db *const db = run_connect(job, job->arena, err);
    int64_t applied;

    if (db == NULL)
        return false;
    if (job_option(job, "status") != NULL)
        return print_status(job, db, err);
    if (!migrate_apply(db, &applied, err))
        return false;
    log_info(job->log, "migrated",
        FIELDS(field_text("schema", db_schema(db)), field_int("applied", applied)));
    return print_status(job, db, err);
}

static const OptionSpec options[] = {
    {"status", 0, NULL, "only say which migrations are applied, pending or changed"},
    {0},
};

const Command command_migrate = {
    .name = "migrate",
    .summary = "bring Vigie's own tables up to date",
    .usage = "",
    .description =
        "Makes the schema of the setting database.schema when it is missing and applies the "
        "migrations that have not been applied, each in a transaction of its own; then lists them "
        "all. A migration that was applied with other contents, or that only a newer version "
        "knows, is an error and nothing is touched.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie migrate --status", "vigie migrate", NULL},
    .run = migrate_run,
};
