/*
 * vigie check: proves that a night could run, and says how far its data can be believed.
 */
#include "jobs/source/check.h"

#include "core/clock.h"
#include "jobs/run/run.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_check, command_doctor;

#define DAYS_MAX 36500

static bool
check_connection(Job *job, CheckList *list, Db *db, const char *whose, Err *err)
{
    QualityServer server;
    const int64_t before = clock_monotonic_micros();

    if (!quality_server(db, job->arena, &server, err))
        return false;

    const double milliseconds = (double)(clock_monotonic_micros() - before) / 1000.0;
    const bool old = db_server_version(db) < 130000;
    const bool slow = milliseconds > 50;

    check_add(list, old || slow ? CHECK_WARNING : CHECK_OK, "connection", "connection",
        old    ? "Vigie is written for PostgreSQL 13 and later"
        : slow ? "run Vigie nearer to its database: a night asks many questions"
               : "",
        "%s: PostgreSQL %s, database \"%s\" as \"%s\", answers within %.1f ms", whose,
        server.version, server.database, server.role, milliseconds);
    return true;
}

// Whether Vigie's own tables are there and may be used.
static bool
check_own_tables(Job *job, CheckList *list, Db *db, Err *err)
{
    Err problem = {0};
    const char *const *missing;
    size_t count;

    if (!migrate_check(db, &problem)) {
        if (problem.kind != ERR_CONFIG) {
            *err = problem;
            return false;
        }
        check_add(list, CHECK_ERROR, "schema", "schema_version",
            "\"vigie migrate\" applies what is pending; a migration that was applied with other "
            "contents needs the version of vigie that did it",
            "%s", problem.text);
        return true;
    }
    check_add(
        list, CHECK_OK, "schema", "schema_version", "", "\"%s\" has all migrations", db_schema(db));
    if (!quality_privileges(db, job->arena, &missing, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        check_add(list, CHECK_ERROR, "privileges", "own_tables",
            "sql/roles.sql gives vigie_job all that jobs need; run it again after a migration, and "
            "grant vigie_job to the role, or connect with one that has it (docs/roles.md)",
            "no %s in schema \"%s\"", missing[i], db_schema(db));
    if (count == 0)
        check_add(list, CHECK_OK, "privileges", "own_tables", "",
            "all that jobs need on the tables of \"%s\"", db_schema(db));
    return true;
}

static void
add_columns(CheckList *list, const SourceColumns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const SourceColumn *const column = &columns->items[i];

        if (*column->problem != '\0')
            check_add(list, CHECK_ERROR, "source columns", "column",
                "add it, or give it another name or type, in a view or a SELECT named in the "
                "settings",
                "%s.%s%s%s%s: %s", column->relation, column->name, *column->type ? " (" : "",
                column->type, *column->type ? ")" : "", column->problem);
        else if (*column->note != '\0')
            check_add(list, CHECK_NOTE, "source columns", "column", "", "%s.%s (%s): %s",
                column->relation, column->name, column->type, column->note);
    }
}

// The optional columns that are not there, in one line: what is not told cannot be judged.
static void
add_absent(CheckList *list, const SourceColumns *columns)
{
    static const char *const relations[] = {"shipments", "scans"};

    for (size_t r = 0; r < 2; r++) {
        Text absent = {.arena = list->arena};

        for (size_t i = 0; i < columns->count; i++)
            if (strcmp(columns->items[i].relation, relations[r]) == 0 &&
                *columns->items[i].type == '\0' && *columns->items[i].problem == '\0')
                text_add_format(
                    &absent, "%s%s", absent.length > 0 ? ", " : "", columns->items[i].name);
        if (absent.length > 0)
            check_add(list, CHECK_NOTE, "source columns", "absent_columns", "",
                "%s has no %s (optional)", relations[r], text_get(&absent));
    }
}

// NULL when the source cannot be used; the list then says why.
static Source *
check_source(Job *job, CheckList *list, Db *db, Err *err)
{
    const SourceOptions options = run_source_options(job);
    SourceColumns columns = {0};
    Err problem = {0};
    Source *const source = source_open(db, job->arena, &options, &columns, &problem);

    add_columns(list, &columns);
    if (source == NULL && problem.kind != ERR_CONFIG && problem.kind != ERR_FAILED)
        *err = problem;
    else if (source == NULL && columns.count == 0)
        check_add(list, CHECK_ERROR, "source columns", "relation",
            "name the relations in source.shipments and source.scans, and let the role select "
            "from them (\"vigie init\" makes plain ones)",
            "%s", problem.text);
    else if (source != NULL) {
        check_add(list, CHECK_OK, "source columns", "required_columns", "",
            "all required columns of shipments and scans are there");
        add_absent(list, &columns);
    }
    return source;
}

// What may not be read is a finding like any other; of the data nothing can be said then.
static bool
check_data(const CheckData *data, Err *err)
{
    const size_t before = check_count(data->list, CHECK_ERROR);
    Err problem = {0};

    if (!check_tables(data, err))
        return false;
    if (check_count(data->list, CHECK_ERROR) > before ||
        (check_shipments(data, &problem) && check_scans(data, &problem)))
        return true;
    if (problem.kind == ERR_CONFIG) {
        check_unreadable(data->list, problem.text);
        return true;
    }
    *err = problem;
    return false;
}

static bool
check_everything(Job *job, CheckList *list, int64_t days, Err *err)
{
    Rulebook rulebook;
    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !rulebook_load(job, &rulebook, err))
        return false;
    check_add(list, CHECK_OK, "configuration", "configuration", "",
        "%s: no problems; catalogue, calendar and terms are sound",
        *job->settings->file ? job->settings->file : "default settings");

    const bool apart = !text_is_empty(job->settings->source.url);
    Db *const source_db = apart ? run_connect_source(job, job->arena, err) : db;

    if (source_db == NULL || !check_connection(job, list, db, "vigie's own", err) ||
        (apart && !check_connection(job, list, source_db, "the source's", err)) ||
        !check_own_tables(job, list, db, err))
        return false;

    Source *const source = check_source(job, list, source_db, err);
    const CheckData data = {
        .job = job,
        .list = list,
        .source = source,
        .catalogue = rulebook.catalogue,
        .window =
            {
                .from = job->as_of - days * HOURS_24,
                .as_of = job->as_of,
                .now = job->now,
                .time_zone = zone_name(job->zone),
            },
    };

    if (check_count(list, CHECK_ERROR) == 0 && !check_claims(&data, db, rulebook.terms, err))
        return false;
    return source == NULL ? err->kind == ERR_NONE : check_data(&data, err);
}

static bool
check_run(Job *job, Err *err)
{
    CheckList list = {.arena = job->arena};
    int64_t days;

    if (!job_option_int(job, "days", 1, DAYS_MAX, job->settings->learn.window_days, &days, err) ||
        !check_everything(job, &list, days, err))
        return false;
    check_print(job, &list);

    const size_t errors = check_count(&list, CHECK_ERROR);

    return errors == 0 || err_set(err, ERR_CONFIG, "%zu error%s would keep a night from running",
                              errors, errors == 1 ? "" : "s");
}

static const OptionSpec options[] = {
    {"days", 0, "NUMBER", "how far back to look; default is the setting learn.window_days"},
    {0},
};

#define DESCRIPTION                                                                                \
    "Looks at everything a night relies on and changes nothing: settings, connection, "            \
    "privileges, the schema's version, the columns of the source's relations, their indexes; "     \
    "then at the data itself as of --as-of: counts and spans, codes that nobody mapped, scans "    \
    "from the future or from before the label, repeated scans, scans of unknown shipments, "       \
    "shipments without scans or promise, reused tracking numbers, carriers that are spelled "      \
    "several ways, clocks in the wrong time zone."                                                 \
    "\n\n"                                                                                         \
    "Each finding says what to do about it. An error would keep a night from running and ends "    \
    "with exit code 2; a warning makes its results doubtful; a note is good to know."

const Command command_check = {
    .name = "check",
    .summary = "prove the settings, the database and the data, with remedies",
    .usage = "",
    .description = DESCRIPTION,
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie check", "vigie check --days 30 --format json", NULL},
    .run = check_run,
};

// The same, under the name by which other programs have taught people to ask.
const Command command_doctor = {
    .name = "doctor",
    .summary = "the same as check",
    .usage = "",
    .description = DESCRIPTION,
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie doctor", NULL},
    .run = check_run,
};
