#include "sql/again.h"

#include "sql/queries.h"
#include "sql/rows.h"

static const char *const *
texts_of(const Rows *rows, Arena *arena, int column, int64_t count)
{
    const char **const items = ARENA_ARRAY(arena, const char *, (size_t)count);

    for (int64_t i = 0; i < count; i++)
        items[i] = rows_array_text(rows, arena, column, (size_t)i);
    return items;
}

bool
again_list(Db *db, Arena *arena, const NightAgain **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        NightAgain *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "nights to be done again", SQL_AGAIN_LIST, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((NightAgain){
                              .as_of = rows_instant(rows, 0),
                              .run_key = rows_text(rows, arena, 1),
                              .papers = texts_of(rows, arena, 2, rows_int(rows, 3)),
                              .paper_count = (size_t)rows_int(rows, 3),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

static bool
change(Db *db, const char *sql, Instant as_of, const char *run_key, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    if (run_key != NULL)
        param_text(&params, run_key);

    const bool done = rows_run(db, "nights to be done again", sql, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
again_add(Db *db, Instant as_of, const char *run_key, Err *err)
{
    return change(db, SQL_AGAIN_ADD, as_of, run_key, err);
}

bool
again_done(Db *db, Instant as_of, Err *err)
{
    return change(db, SQL_AGAIN_DONE, as_of, NULL, err);
}

bool
again_forget(Db *db, Instant as_of, bool *forgotten, Err *err)
{
    Arena *const arena = arena_create();
    bool answer = false;

    if (db_begin(db, err)) {
        Rows *const rows = rows_open(db, arena, "nights", SQL_AGAIN_FORGET, NULL, err);

        while (rows != NULL && rows_next(rows, err))
            answer = rows_bool(rows, 0);
        if (err->kind == ERR_NONE && (!answer || change(db, SQL_AGAIN_UNLEARN, as_of, NULL, err)) &&
            db_commit(db, err))
            *forgotten = answer;
        else
            db_rollback(db);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
night_place(Db *db, Instant as_of, NightPlace *out, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "nights", SQL_NIGHT_PLACE, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *out = (NightPlace){.learned = rows_bool(rows, 0),
            .judged = rows_bool(rows, 1),
            .newer = rows_int(rows, 2),
            .waiting = rows_int(rows, 3),
            .behind = rows_bool(rows, 4)};
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}
