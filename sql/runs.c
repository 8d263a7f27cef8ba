#include "sql/runs.h"

#include "sql/queries.h"
#include "sql/rows.h"

bool
runs_begin(Db *db, const RunRecord *record, int64_t *number, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_text(&params, record->job);
    param_instant(&params, record->as_of);
    param_text(&params, record->version);
    param_text(&params, record->settings_sha256);
    param_instant(&params, record->started_at);
    param_text(&params, record->key == NULL ? "" : record->key);

    Rows *const rows = rows_open(db, arena, "runs", SQL_RUN_BEGIN, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *number = rows_int(rows, 0);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

const char runs_killed[] = "ended without a word: it was killed, or the machine stopped";

bool
runs_mark_killed(Db *db, Instant at, int64_t *count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, at);
    param_text(&params, runs_killed);

    const bool done = rows_run(db, "runs", SQL_RUN_KILLED, &params, count, err);

    arena_destroy(arena);
    return done;
}

bool
runs_end(Db *db, const RunRecord *record, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_int(&params, record->number);
    param_text(&params, record->state);
    param_instant(&params, record->ended_at);
    param_int(&params, record->exit_code);
    param_text(&params, record->counts_json);
    param_text(&params, record->error);

    const bool done = rows_run(db, "runs", SQL_RUN_END, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
runs_set_aside(Db *db, int64_t number, int64_t first, const SetAside *rows, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    const char **const texts = ARENA_ARRAY(arena, const char *, 5 * count);
    int64_t *const lines = ARENA_ARRAY(arena, int64_t, count);

    for (size_t i = 0; i < count; i++) {
        texts[i] = rows[i].step;
        texts[count + i] = rows[i].source;
        texts[2 * count + i] = rows[i].key;
        texts[3 * count + i] = rows[i].reason;
        texts[4 * count + i] = rows[i].detail;
        lines[i] = rows[i].line;
    }
    param_int(&params, number);
    param_int(&params, first);
    for (size_t column = 0; column < 5; column++)
        param_texts(&params, texts + column * count, count);
    param_ints(&params, lines, count);

    const bool done = rows_run(db, "rows set aside", SQL_RUN_SET_ASIDE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

typedef struct RunList
{
    Arena *arena;
    RunRecord *items;
    size_t count, capacity;
} RunList;

// The columns of run_list.sql and run_find.sql.
static RunRecord
read_run(const Rows *rows, Arena *arena)
{
    return (RunRecord){
        .number = rows_int(rows, 0),
        .job = rows_text(rows, arena, 1),
        .as_of = rows_instant(rows, 2),
        .version = rows_text(rows, arena, 3),
        .state = rows_text(rows, arena, 4),
        .started_at = rows_instant(rows, 5),
        .ended_at = rows_instant(rows, 6),
        .exit_code = rows_is_null(rows, 7) ? -1 : (int)rows_int(rows, 7),
        .counts_json = rows_text(rows, arena, 8),
        .error = rows_text(rows, arena, 9),
        .set_aside = rows_int(rows, 10),
        .settings_sha256 = rows_text(rows, arena, 11),
        .key = rows_text(rows, arena, 12),
    };
}

static bool
list_runs(Db *db, Arena *arena, const char *sql, const Params *params, const RunRecord **items,
    size_t *count, Err *err)
{
    RunList list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "runs", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_run(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
runs_list(Db *db, Arena *arena, const char *job, const char *key, int64_t limit,
    const RunRecord **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, job);
    param_int(&params, limit);
    param_text(&params, key);
    return list_runs(db, arena, SQL_RUN_LIST, &params, items, count, err);
}

bool
runs_find(Db *db, Arena *arena, int64_t number, const RunRecord **run, Err *err)
{
    Params params = {.arena = arena};
    const RunRecord *items;
    size_t count;

    param_int(&params, number);
    if (!list_runs(db, arena, SQL_RUN_FIND, &params, &items, &count, err))
        return false;
    *run = count > 0 ? &items[0] : NULL;
    return true;
}

bool
runs_aside_rows(Db *db, Arena *arena, int64_t number, int64_t limit, const SetAside **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        SetAside *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_int(&params, number);
    param_int(&params, limit);

    Rows *const rows = rows_open(db, arena, "rows set aside", SQL_RUN_ASIDE_ROWS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((SetAside){
                              .step = rows_text(rows, arena, 0),
                              .source = rows_text(rows, arena, 1),
                              .line = rows_int(rows, 2),
                              .key = rows_text(rows, arena, 3),
                              .reason = rows_text(rows, arena, 4),
                              .detail = rows_text(rows, arena, 5),
                          }));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

static bool
read_asides(Db *db, Arena *arena, const char *sql, const Params *params, const AsideCount **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        AsideCount *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "rows set aside", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((AsideCount){
                              .step = rows_text(rows, arena, 0),
                              .reason = rows_text(rows, arena, 1),
                              .count = rows_int(rows, 2),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
runs_asides(Db *db, Arena *arena, int64_t number, const AsideCount **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_int(&params, number);
    return read_asides(db, arena, SQL_RUN_ASIDES, &params, items, count, err);
}

bool
runs_asides_of_night(
    Db *db, Arena *arena, Instant as_of, const AsideCount **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    return read_asides(db, arena, SQL_RUN_ASIDES_OF_NIGHT, &params, items, count, err);
}
