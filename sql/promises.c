#include "sql/promises.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

bool
promises_last(Db *db, Instant as_of, Day *out, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "days of promises", SQL_PROMISE_DAY_LAST, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *out = rows_day(rows, 0);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
promises_write(Db *db, Instant as_of, const PromiseDay *items, size_t count, Day forget, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "days of promises", SQL_PROMISE_DAY_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_text(&rows.row, items[i].carrier);
        param_day(&rows.row, items[i].day);
        param_instant(&rows.row, as_of);
        param_int(&rows.row, items[i].promised);
        param_int(&rows.row, items[i].kept);
        good = copy_rows_add(&rows, err);
    }
    good = copy_rows_end(&rows, good, err);
    param_day(&params, forget);
    good = good && rows_run(db, "days of promises", SQL_PROMISE_DAY_FORGET, &params, NULL, err);
    arena_destroy(arena);
    return good;
}

bool
promises_read(Db *db, Arena *arena, Instant as_of, Day after, const char *time_zone,
    const PromiseDay **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        PromiseDay *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_day(&params, after);
    param_instant(&params, as_of);
    param_text(&params, time_zone);

    Rows *const rows = rows_open(db, arena, "days of promises", SQL_PROMISE_DAY_READ, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((PromiseDay){
                              .carrier = rows_text(rows, arena, 0),
                              .day = rows_day(rows, 1),
                              .promised = rows_int(rows, 2),
                              .kept = rows_int(rows, 3),
                          }));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}
