#include "sql/queries.h"
#include "sql/rows.h"
#include "sql/runs.h"

bool
runs_step_begin(Db *db, int64_t number, const char *step, Instant at, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_int(&params, number);
    param_text(&params, step);
    param_instant(&params, at);

    const bool done = rows_run(db, "steps of runs", SQL_RUN_STEP_BEGIN, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
runs_step_end(Db *db, int64_t number, const char *step, const char *state, Instant at, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_int(&params, number);
    param_text(&params, step);
    param_text(&params, state);
    param_instant(&params, at);

    const bool done = rows_run(db, "steps of runs", SQL_RUN_STEP_END, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
runs_steps(Db *db, Arena *arena, int64_t number, const RunStep **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        RunStep *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_int(&params, number);

    Rows *const rows = rows_open(db, arena, "steps of runs", SQL_RUN_STEPS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((RunStep){
                              .name = rows_text(rows, arena, 0),
                              .state = rows_text(rows, arena, 1),
                              .started_at = rows_instant(rows, 2),
                              .ended_at = rows_instant(rows, 3),
                          }));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
runs_steps_done(Db *db, Arena *arena, Instant as_of, const char *key, const StepDone **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        StepDone *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, key);

    Rows *const rows = rows_open(db, arena, "steps of runs", SQL_RUN_STEPS_DONE, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((StepDone){rows_text(rows, arena, 0), rows_int(rows, 1)}));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}
