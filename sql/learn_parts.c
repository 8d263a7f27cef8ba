#include "sql/learn_parts.h"

#include "sql/queries.h"
#include "sql/rows.h"

#define WHAT "parts of learning"

bool
learn_parts_divide(
    Db *db, const LearnDivision *division, const char *const *ends, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, division->as_of);
    param_int(&params, division->parts);
    param_text(&params, division->fingerprint);
    param_texts(&params, ends, count);

    const bool done = rows_run(db, WHAT, SQL_LEARN_PART_DIVIDE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static Params
params_of_part(Arena *arena, const LearnDivision *division, int64_t part)
{
    Params params = {.arena = arena};

    param_instant(&params, division->as_of);
    param_int(&params, division->parts);
    param_int(&params, part);
    param_text(&params, division->fingerprint);
    return params;
}

static const char *
id_or_null(const Rows *rows, Arena *arena, int column)
{
    return rows_is_null(rows, column) ? NULL : rows_text(rows, arena, column);
}

bool
learn_parts_find(Db *db, Arena *arena, const LearnDivision *division, int64_t part, bool *known,
    bool *counted, const char **after, const char **upto, Err *err)
{
    const Params params = params_of_part(arena, division, part);
    Rows *const rows = rows_open(db, arena, WHAT, SQL_LEARN_PART_FIND, &params, err);

    *known = false;
    while (rows != NULL && rows_next(rows, err)) {
        *known = true;
        *counted = rows_bool(rows, 2);
        *after = id_or_null(rows, arena, 0);
        *upto = id_or_null(rows, arena, 1);
    }
    return err->kind == ERR_NONE;
}

bool
learn_parts_write(Db *db, const LearnDivision *division, int64_t part, const char *sums, Err *err)
{
    Arena *const arena = arena_create();
    Params params = params_of_part(arena, division, part);

    param_text(&params, sums);

    const bool done = rows_run(db, WHAT, SQL_LEARN_PART_WRITE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static Params
params_of_night(Arena *arena, const LearnDivision *division)
{
    Params params = {.arena = arena};

    param_instant(&params, division->as_of);
    param_text(&params, division->fingerprint);
    return params;
}

bool
learn_parts_read(Db *db, Arena *arena, const LearnDivision *division, const char *const **sums,
    size_t *count, Err *err)
{
    const Params params = params_of_night(arena, division);

    return rows_texts(
        rows_open(db, arena, WHAT, SQL_LEARN_PART_READ, &params, err), arena, sums, count, err);
}

bool
learn_parts_count(Db *db, const LearnDivision *division, int64_t *counted, int64_t *parts, Err *err)
{
    Arena *const arena = arena_create();
    const Params params = params_of_night(arena, division);
    Rows *const rows = rows_open(db, arena, WHAT, SQL_LEARN_PART_COUNT, &params, err);

    *counted = *parts = 0;
    while (rows != NULL && rows_next(rows, err)) {
        *counted = rows_int(rows, 0);
        *parts = rows_int(rows, 1);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
learn_parts_forget(Db *db, Instant as_of, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    const bool done = rows_run(db, WHAT, SQL_LEARN_PART_FORGET, &params, NULL, err);

    arena_destroy(arena);
    return done;
}
