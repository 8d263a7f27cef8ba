/*
 * vigie migrate: Vigie's own tables, brought up to date.
 */
#include "jobs/source/migrate.h"

#include "core/csv.h"
#include "jobs/frame/screen.h"
#include "jobs/run/run.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

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

typedef struct State
{
    const MigrationStatus *items;
    size_t count;
    const MigrationRows *rows;
    size_t row_count;
} State;

static const char *
words_of(Arena *arena, const MigrationRows *rows)
{
    if (rows->after < 0)
        return arena_printf(arena, "%" PRId64 " rows, taken away", rows->before);
    return rows->after == rows->before
               ? arena_printf(arena, "%" PRId64 " rows", rows->before)
               : arena_printf(arena, "%" PRId64 " rows -> %" PRId64, rows->before, rows->after);
}

static void
print_rows(const Job *job, const State *state, const char *migration)
{
    for (size_t i = 0; i < state->row_count; i++)
        if (strcmp(state->rows[i].migration, migration) == 0)
            fprintf(job->out, "    %-36s %s\n", state->rows[i].relation,
                words_of(job->arena, &state->rows[i]));
}

static void
print_text(const Job *job, const void *what)
{
    const State *const state = what;
    for (size_t i = 0; i < state->count; i++) {
        fprintf(job->out, "%-40s %s\n", state->items[i].name, state_of(&state->items[i]));
        print_rows(job, state, state->items[i].name);
    }
}

static void
print_csv(const Job *job, const void *what)
{
    const State *const state = what;
    Text text = {.arena = job->arena};

    text_add(&text, "name,state\n");
    for (size_t i = 0; i < state->count; i++) {
        csv_add(&text, state->items[i].name);
        csv_add(&text, state_of(&state->items[i]));
        csv_end(&text);
    }
    fputs(text_get(&text), job->out);
}

static json_t *
rows_json(const State *state, const char *migration)
{
    json_t *const all = json_object();

    for (size_t i = 0; i < state->row_count; i++) {
        const MigrationRows *const rows = &state->rows[i];

        if (strcmp(rows->migration, migration) == 0)
            json_object_set_new(all, rows->relation,
                json_pack("{s:I, s:o}", "before", (json_int_t)rows->before, "after",
                    rows->after < 0 ? json_null() : json_integer(rows->after)));
    }
    return all;
}

static void
print_json(const Job *job, const void *what)
{
    const State *const state = what;
    json_t *const all = json_array();

    for (size_t i = 0; i < state->count; i++)
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:o}", "name", state->items[i].name, "state",
                     state_of(&state->items[i]), "rows", rows_json(state, state->items[i].name)));
    json_dumpf(all, job->out, JSON_COMPACT);
    json_decref(all);
    fputc('\n', job->out);
}

static bool
print_status(Job *job, Db *db, Err *err)
{
    State state;

    if (!migrate_status(db, job->arena, &state.items, &state.count, err) ||
        !migrate_rows(db, job->arena, &state.rows, &state.row_count, err))
        return false;
    screen_say(job, &(ScreenForms){print_text, print_csv, print_json}, &state);
    return true;
}

bool
migrate_print_rows(const Job *job, Db *db, int64_t newest, Err *err)
{
    State state;

    if (!migrate_status(db, job->arena, &state.items, &state.count, err) ||
        !migrate_rows(db, job->arena, &state.rows, &state.row_count, err))
        return false;
    // A schema made just now had no rows that could be lost.
    for (size_t i = state.count - (size_t)newest; i > 0 && i < state.count; i++)
        print_rows(job, &state, state.items[i].name);
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
        "all, each with the rows that its tables held before and after, where they held some. "
        "A migration that was applied with other contents, or that only a newer version "
        "knows, is an error and nothing is touched.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie migrate --status", "vigie migrate", NULL},
    .run = migrate_run,
};
