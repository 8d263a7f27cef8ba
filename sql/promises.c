#include "sql/promises.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

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

static bool
write_days(Db *db, Arena *arena, Instant as_of, const PromiseDay *items, size_t count, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "days of promises", SQL_PROMISE_DAY_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_text(&rows.row, items[i].carrier);
        param_day(&rows.row, items[i].day);
        param_instant(&rows.row, as_of);
        param_int(&rows.row, items[i].promised);
        param_int(&rows.row, items[i].kept);
        if (items[i].promised > 0)
            param_ints(&rows.row, items[i].leads, PROMISE_LEADS);
        else
            param_text(&rows.row, NULL);
        param_ints(&rows.row, items[i].first_leads, PROMISE_LEADS);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
promises_write(Db *db, Instant as_of, const PromiseDay *items, size_t count, Day forget, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_day(&params, forget);
    param_instant(&params, as_of);

    const bool good =
        rows_run(db, "days of promises", SQL_PROMISE_DAY_FORGET, &params, NULL, err) &&
        write_days(db, arena, as_of, items, count, err);

    arena_destroy(arena);
    return good;
}

// Of a day that has just ended, or was counted by an older version, leads are not known.
static void
read_leads(Rows *rows, Arena *arena, int column, int64_t *leads)
{
    size_t count;
    const int64_t *const read = rows_ints(rows, arena, column, &count);

    if (count == PROMISE_LEADS)
        memcpy(leads, read, PROMISE_LEADS * sizeof *leads);
}

static PromiseDay
day_read(Rows *rows, Arena *arena)
{
    PromiseDay day = {
        .carrier = rows_text(rows, arena, 0),
        .day = rows_day(rows, 1),
        .promised = rows_int(rows, 2),
        .kept = rows_int(rows, 3),
    };

    read_leads(rows, arena, 4, day.leads);
    read_leads(rows, arena, 5, day.first_leads);
    return day;
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
        ARENA_PUSH(&list, day_read(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}
