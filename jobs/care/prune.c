/*
 * prune: what is older than people asked for is forgotten, personal data first. It is always done and counted; without
 * --apply it is then taken back, so that what is said is what would happen.
 */
#include "sql/prune.h"

#include "jobs/frame/screen.h"
#include "jobs/frame/signals.h"
#include "jobs/run/hold.h"
#include "jobs/run/run.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <jansson.h>

extern const Command command_prune;

typedef struct Pruned
{
    int64_t days;  // 0: kept for ever
    Instant before;
    int64_t rows;
} Pruned;

static int64_t
days_of(const Settings *settings, PruneWhat what)
{
    switch (what) {
    case PRUNE_MESSAGES:
        return settings->retention.messages_days;
    case PRUNE_SET_ASIDE:
        return settings->retention.set_aside_days;
    case PRUNE_CLAIMS:
    case PRUNE_ATTEMPTS:
        return settings->retention.claims_days;
    case PRUNE_FINDINGS:
    case PRUNE_SCORECARDS:
    case PRUNE_NIGHTS:
        return settings->retention.findings_days;
    case PRUNE_RUNS:
        return settings->retention.runs_days;
    default:
        return settings->retention.cases_days;
    }
}

// Each table in a transaction of its own: what is done stays done when a later one fails.
static bool
prune_one(const Job *job, Db *db, PruneWhat what, bool apply, Pruned *pruned, Err *err)
{
    pruned->days = days_of(job->settings, what);
    pruned->before = job->as_of - pruned->days * HOURS_24;
    if (pruned->days == 0)
        return true;
    if (interrupted(err) || !db_begin(db, err))
        return false;
    if (prune_table(db, job->arena, what, pruned->before, &pruned->rows, err) &&
        (!apply || db_commit(db, err))) {
        if (!apply)
            db_rollback(db);
        return true;
    }
    db_rollback(db);
    return err_context(err, "%s", prune_name(what));
}

static void
print_text(const Job *job, const Pruned pruned[PRUNE_COUNT], bool apply)
{
    for (int i = 0; i < PRUNE_COUNT; i++) {
        if (pruned[i].days == 0)
            fprintf(job->out, "%-32s kept\n", prune_name((PruneWhat)i));
        else
            fprintf(job->out, "%-32s %10" PRId64 "  before %s\n", prune_name((PruneWhat)i),
                pruned[i].rows, day_print(job->arena, zone_day(job->zone, pruned[i].before)));
    }
    if (!apply)
        fprintf(job->out, "Nothing was deleted: --apply does it\n");
}

static void
print_json(const Job *job, const Pruned pruned[PRUNE_COUNT], bool apply)
{
    json_t *const tables = json_array();

    for (int i = 0; i < PRUNE_COUNT; i++)
        json_array_append_new(tables,
            json_pack("{s:s, s:I, s:o, s:I}", "what", prune_name((PruneWhat)i), "days",
                (json_int_t)pruned[i].days, "before",
                pruned[i].days == 0 ? json_null()
                                    : json_string(instant_print(job->arena, pruned[i].before)),
                "rows", (json_int_t)pruned[i].rows));
    screen_json(job, json_pack("{s:b, s:o}", "applied", apply, "tables", tables));
}

static bool
prune_run(Job *job, Err *err)
{
    const bool apply = job_option(job, "apply") != NULL;
    Db *const db = run_connect(job, job->arena, err);
    Pruned pruned[PRUNE_COUNT] = {0};

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"prune\" prints text or json");
    if (db == NULL || !migrate_check(db, err) || hold_take(job, db, err) == NULL)
        return false;
    for (int i = 0; i < PRUNE_COUNT; i++) {
        if (!prune_one(job, db, (PruneWhat)i, apply, &pruned[i], err))
            return false;
        if (apply && pruned[i].rows > 0)
            log_info(job->log, "pruned",
                FIELDS(field_text("what", prune_name((PruneWhat)i)),
                    field_int("rows", pruned[i].rows)));
    }
    if (job->format == FORMAT_JSON)
        print_json(job, pruned, apply);
    else
        print_text(job, pruned, apply);
    return true;
}

static const OptionSpec options[] = {
    {"apply", 0, NULL, "delete; without it, only say what would be deleted"},
    {0},
};

const Command command_prune = {
    .name = "prune",
    .summary = "forget what is older than the settings retention.* say",
    .usage = "",
    .description =
        "Deletes, table by table and personal data first, what is older at --as-of than the "
        "settings retention.* allow, and says how many rows. Messages are emptied and keep their "
        "keys, so that none is sent again. Cases and claims go with their histories, and only when "
        "they are over. What nights learned and forecast is forgotten by the nights themselves; "
        "files in the output folder are not touched.\n\n"
        "Without --apply nothing is deleted: the same is done and taken back, and the numbers are "
        "those that --apply would give. It needs the rights of the owner of the tables (docs: "
        "roles), and the lock of a run.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie prune", "vigie prune --apply", NULL},
    .run = prune_run,
};
