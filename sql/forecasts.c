#include "sql/forecasts.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

#define GRACE     (FORECAST_GRACE_DAYS * HOURS_24)
#define SAMPLE_OF 1024  // parcels are drawn by the last ten bits of a hash of their id

static void
param_forecast(Params *params, Instant as_of, const Forecast *forecast)
{
    param_text(params, forecast->shipment_id);
    param_instant(params, as_of);
    param_text(params, forecast->carrier);
    param_text(params, forecast->service);
    param_text(params, milestone_name(forecast->milestone));
    param_text(params, forecast->kind == CASE_NONE ? NULL : case_kind_name(forecast->kind));
    param_instant(params, forecast->accepted_at);
    param_instant(params, forecast->promised_at);
    param_real(params, forecast->silence_hours);
    param_real(params, forecast->p_late);
    param_real(params, forecast->p_lost);
    param_real(params, forecast->p_late_stated);
    param_real(params, forecast->p_lost_stated);
    param_real(params, forecast->p_listed);
}

static bool
delete_night(Db *db, Instant as_of, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    const bool done = rows_run(db, "forecasts", SQL_FORECAST_DELETE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
forecasts_write(Db *db, Instant as_of, const Forecast *items, size_t count, Err *err)
{
    CopyRows rows;

    if (!delete_night(db, as_of, err))
        return false;

    Arena *const arena = arena_create();
    bool good = copy_rows_begin(&rows, db, arena, "forecasts", SQL_FORECAST_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_forecast(&rows.row, as_of, &items[i]);
        good = copy_rows_add(&rows, err);
    }
    good = copy_rows_end(&rows, good, err);
    arena_destroy(arena);
    return good;
}

bool
forecasts_forget(Db *db, Instant before, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, before);

    const bool done = rows_run(db, "forecasts", SQL_FORECAST_FORGET, &params, NULL, err) &&
                      rows_run(db, "outcomes", SQL_OUTCOME_FORGET, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static bool
night_before(Db *db, Arena *arena, Instant as_of, Instant *before, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "nights", SQL_NIGHT_BEFORE, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *before = rows_instant(rows, 0);
    return err->kind == ERR_NONE;
}

bool
forecasts_due(Db *db, Arena *arena, Instant as_of, int32_t horizon_days, const Due **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Due *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};
    Instant before = INSTANT_NONE;

    if (!night_before(db, arena, as_of, &before, err))
        return false;
    param_instant(&params, before == INSTANT_NONE ? INSTANT_NONE : before - GRACE);
    param_instant(&params, as_of - GRACE);
    param_int(&params, horizon_days);
    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "matured forecasts", SQL_FORECAST_DUE, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        Due due = {
            .shipment_id = rows_text(rows, arena, 0),
            .anchor = rows_instant(rows, 2),
            .due_at = rows_instant(rows, 3),
        };

        case_kind_parse(rows_text(rows, arena, 1), &due.kind);
        ARENA_PUSH(&list, due);
    }
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
outcomes_write(Db *db, Instant as_of, const Due *items, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "outcomes", SQL_OUTCOME_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_text(&rows.row, items[i].shipment_id);
        param_text(&rows.row, case_kind_name(items[i].kind));
        param_instant(&rows.row, items[i].anchor);
        param_instant(&rows.row, as_of);
        param_instant(&rows.row, items[i].due_at);
        param_bool(&rows.row, items[i].happened);
        good = copy_rows_add(&rows, err);
    }
    good = copy_rows_end(&rows, good, err);
    arena_destroy(arena);
    return good;
}

// Of SAMPLE_OF parcels so many that about FORECAST_SAMPLE are left.
static bool
sample_share(Db *db, Arena *arena, const Params *span, int64_t *share, Err *err)
{
    Rows *const rows = rows_open(db, arena, "outcomes", SQL_OUTCOME_COUNT, span, err);
    int64_t count = 0;

    while (rows != NULL && rows_next(rows, err))
        count = rows_int(rows, 0);
    *share = count <= FORECAST_SAMPLE ? SAMPLE_OF : SAMPLE_OF * FORECAST_SAMPLE / count;
    return err->kind == ERR_NONE;
}

// Words that occur again and again are kept once: rows come by shipment, and carriers are few.
static const char *
again(Arena *arena, const char *before, const Rows *rows, int column)
{
    size_t length;
    const char *const raw = rows_raw(rows, column, &length);

    if (before != NULL && strncmp(before, raw, length) == 0 && before[length] == '\0')
        return before;
    return rows_text(rows, arena, column);
}

bool
forecasts_matured(Db *db, Arena *arena, CaseKind kind, Instant as_of, int32_t days,
    const MaturedForecast **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        MaturedForecast *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};
    MaturedForecast last = {0};
    int64_t share;

    param_text(&params, case_kind_name(kind));
    param_instant(&params, as_of - GRACE - days * HOURS_24);
    param_instant(&params, as_of);
    if (!sample_share(db, arena, &params, &share, err))
        return false;
    param_int(&params, share);

    Rows *const rows =
        rows_open(db, arena, "matured forecasts", SQL_FORECAST_MATURED, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        last = (MaturedForecast){
            .shipment_id = again(arena, last.shipment_id, rows, 0),
            .as_of = rows_instant(rows, 1),
            .carrier = again(arena, last.carrier, rows, 2),
            .raw = rows_real(rows, 3),
            .stated = rows_real(rows, 4),
            .happened = rows_bool(rows, 5),
        };
        ARENA_PUSH(&list, last);
    }
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
forecasts_listed(
    Db *db, Instant as_of, int32_t days, int32_t horizon_days, TrustReport *out, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of - GRACE - days * HOURS_24);
    param_instant(&params, as_of);
    param_instant(&params, as_of - GRACE - (days + horizon_days) * HOURS_24);

    Rows *const rows =
        rows_open(db, arena, "lists of lost parcels", SQL_FORECAST_LISTED, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        out->listed = rows_int(rows, 0);
        out->listed_parcels = rows_int(rows, 1);
        out->false_stated = rows_real(rows, 2);
        out->false_happened = rows_real(rows, 3);
        out->dismissed = rows_int(rows, 4);
        out->confirmed = rows_int(rows, 5);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}
