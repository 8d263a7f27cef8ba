#include "sql/prune.h"

#include "sql/queries.h"
#include "sql/rows.h"

static const struct
{
    const char *name, *sql;
} prunings[PRUNE_COUNT] = {
    [PRUNE_MESSAGES] = {"messages", SQL_PRUNE_MESSAGE},
    [PRUNE_SET_ASIDE] = {"rows set aside", SQL_PRUNE_SET_ASIDE},
    [PRUNE_REFUSALS] = {"refusals of claims", SQL_PRUNE_REFUSAL},
    [PRUNE_VERSIONS] = {"earlier dossiers", SQL_PRUNE_VERSION},
    [PRUNE_CLAIMS] = {"claims", SQL_PRUNE_CLAIM},
    [PRUNE_ATTEMPTS] = {"attempts and stray settlements", SQL_PRUNE_ATTEMPT},
    [PRUNE_FINDINGS] = {"findings", SQL_PRUNE_FINDING},
    [PRUNE_CASES] = {"cases", SQL_PRUNE_CASE},
    [PRUNE_INCIDENTS] = {"incidents", SQL_PRUNE_INCIDENT},
    [PRUNE_SCORECARDS] = {"scorecards", SQL_PRUNE_SCORECARD},
    [PRUNE_NIGHTS] = {"nights", SQL_PRUNE_NIGHT},
    [PRUNE_RUNS] = {"runs", SQL_PRUNE_RUN},
};

const char *
prune_name(PruneWhat what)
{
    return prunings[what].name;
}

bool
prune_table(Db *db, Arena *arena, PruneWhat what, Instant before, int64_t *rows, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, before);

    Rows *const answer =
        rows_open(db, arena, prunings[what].name, prunings[what].sql, &params, err);

    while (answer != NULL && rows_next(answer, err))
        *rows = rows_int(answer, 0);
    return err->kind == ERR_NONE;
}
