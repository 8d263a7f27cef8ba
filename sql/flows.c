#include "sql/flows.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

static bool
copy_flows(Db *db, Arena *arena, Instant as_of, const Flow *flows, size_t count, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "flows", SQL_FLOW_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_instant(&rows.row, as_of);
        param_text(&rows.row, incident_kind_name(flows[i].kind));
        param_text(&rows.row, flows[i].carrier);
        param_text(&rows.row, flows[i].name);
        param_real(&rows.row, flows[i].observed);
        param_real(&rows.row, flows[i].expected);
        param_real(&rows.row, flows[i].log_ratio);
        param_real(&rows.row, flows[i].log_ratio_mean);
        param_real(&rows.row, flows[i].log_ratio_variance);
        param_real(&rows.row, flows[i].silent);
        param_instant(&rows.row, flows[i].newest_at);
        param_bool(&rows.row, flows[i].disturbed);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
flows_write(Db *db, Instant as_of, const Flow *flows, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    const bool done = rows_run(db, "flows", SQL_FLOW_DELETE, &params, NULL, err) &&
                      copy_flows(db, arena, as_of, flows, count, err);

    arena_destroy(arena);
    return done;
}

static Flow
read_flow(const Rows *rows, Arena *arena)
{
    Flow flow = {
        .as_of = rows_instant(rows, 0),
        .carrier = rows_text(rows, arena, 2),
        .name = rows_text(rows, arena, 3),
        .observed = rows_real(rows, 4),
        .expected = rows_real(rows, 5),
        .log_ratio = rows_real(rows, 6),
        .log_ratio_mean = rows_real(rows, 7),
        .log_ratio_variance = rows_real(rows, 8),
        .silent = rows_real(rows, 9),
        .newest_at = rows_instant(rows, 10),
        .disturbed = rows_bool(rows, 11),
    };

    incident_kind_parse(rows_text(rows, arena, 1), &flow.kind);
    return flow;
}

bool
flows_read(Db *db, Arena *arena, Instant after, Instant before, const Flow **items, size_t *count,
    Err *err)
{
    struct
    {
        Arena *arena;
        Flow *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, after);
    param_instant(&params, before);

    Rows *const rows = rows_open(db, arena, "flows", SQL_FLOW_READ, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_flow(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
flows_forget(Db *db, Instant before, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, before);

    const bool done = rows_run(db, "flows", SQL_FLOW_FORGET, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
watch_previous(Db *db, Instant as_of, Instant oldest, Instant *previous, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_instant(&params, oldest);

    Rows *const rows = rows_open(db, arena, "watch list", SQL_WATCH_PREVIOUS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *previous = rows_instant(rows, 0);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
watch_read_either(Db *db, Arena *arena, Instant as_of, Instant other, const char *after,
    int64_t limit, const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_instant(&params, other);
    param_text(&params, after);
    param_int(&params, limit);
    return rows_texts(
        rows_open(db, arena, "watch list", SQL_WATCH_EITHER, &params, err), arena, ids, count, err);
}
