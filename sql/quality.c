#include "sql/quality.h"

#include "sql/queries.h"
#include "sql/source_internal.h"

#include <string.h>

bool
quality_server(Db *db, Arena *arena, QualityServer *out, Err *err)
{
    Rows *const rows = rows_open(db, arena, "server", SQL_CHECK_SERVER, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        *out = (QualityServer){
            .role = rows_text(rows, arena, 0),
            .database = rows_text(rows, arena, 1),
            .version = rows_text(rows, arena, 2),
        };
    return err->kind == ERR_NONE;
}

bool
quality_privileges(Db *db, Arena *arena, const char *const **missing, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));

    Rows *const rows = rows_open(db, arena, "privileges", SQL_CHECK_PRIVILEGES, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, rows_text(rows, arena, 0));
    *missing = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

static Params
window_params(Arena *arena, const QualityWindow *window)
{
    Params params = {.arena = arena};

    param_instant(&params, window->from);
    param_instant(&params, window->as_of);
    return params;
}

bool
quality_shipments(Source *source, const QualityWindow *window, QualityShipments *out, Err *err)
{
    Arena *const arena = arena_create();
    const Params params = window_params(arena, window);
    Rows *const rows = source_ask(source, arena, "shipments", SQL_QUALITY_SHIPMENTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *out = (QualityShipments){
            .count = rows_int(rows, 0),
            .first = rows_instant(rows, 1),
            .last = rows_instant(rows, 2),
            .promised = rows_int(rows, 3),
            .promised_early = rows_int(rows, 4),
            .undated = rows_int(rows, 5),
            .unnumbered = rows_int(rows, 6),
        };
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

static bool
read_carriers(
    Rows *rows, Arena *arena, bool promises, const QualityCarrier **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        QualityCarrier *items;
        size_t count, capacity;
    } list = {.arena = arena};

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((QualityCarrier){
                              .name = rows_text(rows, arena, 0),
                              .count = rows_int(rows, 1),
                              .promised = promises ? rows_int(rows, 2) : 0,
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
quality_carriers(Source *source, const QualityWindow *window, Arena *arena,
    const QualityCarrier **items, size_t *count, Err *err)
{
    const Params params = window_params(arena, window);

    return read_carriers(source_ask(source, arena, "carriers", SQL_QUALITY_CARRIERS, &params, err),
        arena, true, items, count, err);
}

bool
quality_silent(Source *source, const QualityWindow *window, Arena *arena,
    const QualityCarrier **items, size_t *count, Err *err)
{
    const Params params = window_params(arena, window);

    return read_carriers(
        source_ask(source, arena, "shipments without scans", SQL_QUALITY_SILENT, &params, err),
        arena, false, items, count, err);
}

bool
quality_codes(
    Source *source, const QualityWindow *window, QualityVisit *visit, void *data, Err *err)
{
    Arena *const arena = arena_create();
    Arena *const texts = arena_create();
    Params params = window_params(arena, window);

    param_instant(&params, window->now);
    param_text(&params, window->time_zone);
    param_texts(&params, window->carriers, window->zone_count);
    param_texts(&params, window->zones, window->zone_count);

    Rows *const rows = source_ask(source, arena, "codes", SQL_QUALITY_CODES, &params, err);
    bool good = rows != NULL;

    while (good && rows_next(rows, err)) {
        const QualityCode code = {
            .carrier = rows_text(rows, texts, 0),
            .code = rows_text(rows, texts, 1),
            .subcode = rows_text(rows, texts, 2),
            .milestone = rows_text(rows, texts, 3),
            .hour = (int)rows_int(rows, 4),
            .count = rows_int(rows, 5),
            .early_known = rows_int(rows, 6),
            .early_moved = rows_int(rows, 7),
            .before_label = rows_int(rows, 8),
            .unknown = rows_int(rows, 9),
            .first = rows_instant(rows, 10),
            .last = rows_instant(rows, 11),
        };

        good = visit(data, &code, err);
        arena_reset(texts);
    }
    arena_destroy(texts);
    arena_destroy(arena);
    return good && err->kind == ERR_NONE;
}

static void
order_params(Params *params, const QualityEnding *endings, size_t count)
{
    const char **const texts = ARENA_ARRAY(params->arena, const char *, count);
    int64_t *const delivered = ARENA_ARRAY(params->arena, int64_t, count);

    for (int column = 0; column < 4; column++) {
        for (size_t i = 0; i < count; i++)
            texts[i] = column == 0   ? endings[i].carrier
                       : column == 1 ? endings[i].code
                       : column == 2 ? endings[i].subcode
                                     : endings[i].milestone;
        param_texts(params, texts, count);
    }
    for (size_t i = 0; i < count; i++)
        delivered[i] = endings[i].delivered;
    param_ints(params, delivered, count);
}

bool
quality_order(Source *source, const QualityWindow *window, const QualityEnding *endings,
    size_t count, Arena *arena, const QualityOrder **items, size_t *item_count, Err *err)
{
    struct
    {
        Arena *arena;
        QualityOrder *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = window_params(arena, window);

    order_params(&params, endings, count);

    Rows *const rows =
        source_ask(source, arena, "order of deliveries", SQL_QUALITY_ORDER, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((QualityOrder){.carrier = rows_text(rows, arena, 0),
                              .parcels = rows_int(rows, 1),
                              .inverted = rows_int(rows, 2)}));
    *items = list.items;
    *item_count = list.count;
    return err->kind == ERR_NONE;
}

static bool
read_undated(
    Source *source, Arena *arena, const QualityWindow *window, QualityOddities *out, Err *err)
{
    const Params params = window_params(arena, window);
    Rows *const rows =
        source_ask(source, arena, "scans without a date", SQL_QUALITY_UNDATED, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        out->undated = rows_int(rows, 0);
        out->mute = rows_int(rows, 1);
    }
    return err->kind == ERR_NONE;
}

static bool
read_duplicates(
    Source *source, Arena *arena, const QualityWindow *window, QualityOddities *out, Err *err)
{
    const Params params = window_params(arena, window);
    Rows *const rows =
        source_ask(source, arena, "repeated scans", SQL_QUALITY_DUPLICATES, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        out->repeated = rows_int(rows, 0);
        out->reworded = rows_int(rows, 1);
    }
    return err->kind == ERR_NONE;
}

static bool
read_reused(
    Source *source, Arena *arena, const QualityWindow *window, QualityOddities *out, Err *err)
{
    const Params params = window_params(arena, window);
    Rows *const rows =
        source_ask(source, arena, "reused tracking numbers", SQL_QUALITY_REUSED, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        out->reused = rows_int(rows, 0);
        out->reused_shipments = rows_int(rows, 1);
        out->reused_example = rows_text(rows, arena, 2);
    }
    return err->kind == ERR_NONE;
}

bool
quality_oddities(
    Source *source, const QualityWindow *window, Arena *arena, QualityOddities *out, Err *err)
{
    QualityOddities oddities = {.reused_example = ""};

    if (!read_undated(source, arena, window, &oddities, err) ||
        !read_duplicates(source, arena, window, &oddities, err) ||
        !read_reused(source, arena, window, &oddities, err))
        return false;
    *out = oddities;
    return true;
}

static bool
read_indexes(Source *source, Arena *arena, QualityTable *table, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, table->relation);

    Rows *const rows = rows_open(source->db, arena, "indexes", SQL_QUALITY_INDEXES, &params, err);

    bool created = false, occurred = false, recorded = false;

    while (rows != NULL && rows_next(rows, err)) {
        const char *const first = rows_text(rows, arena, 1);
        const char *const second = rows_text(rows, arena, 2);
        const bool leads = strcmp(first, "shipment_id") == 0;
        const bool brin = strcmp(rows_text(rows, arena, 3), "brin") == 0;

        created = created || strcmp(first, "created_at") == 0;
        occurred = occurred || strcmp(first, "occurred_at") == 0 ||
                   (brin && strcmp(second, "occurred_at") == 0);
        recorded = recorded || strcmp(first, "recorded_at") == 0 ||
                   (brin && strcmp(second, "recorded_at") == 0);
        table->by_promise = table->by_promise || strcmp(first, "promised_at") == 0;
        table->by_shipment = table->by_shipment || leads;
        table->by_shipment_in_time =
            table->by_shipment_in_time || (leads && strcmp(second, "occurred_at") == 0);
    }
    table->by_time = created || (occurred && (recorded || !table->recorded));
    return err->kind == ERR_NONE;
}

bool
quality_table(Source *source, bool scans, Arena *arena, QualityTable *out, Err *err)
{
    QualityTable table = {.relation = scans ? source->scans : source->shipments};
    Params params = {.arena = arena};

    if (*table.relation == '(') {
        *out = table;
        return true;
    }
    param_text(&params, table.relation);

    Rows *const rows = rows_open(source->db, arena, "relations", SQL_QUALITY_TABLE, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        table.is_table = strchr("rpm", *rows_text(rows, arena, 0)) != NULL;
        table.pages = rows_int(rows, 1);
        table.visible_pages = rows_int(rows, 2);
        table.rows = rows_real(rows, 3);
        table.writable = rows_bool(rows, 4);
        table.promises = rows_bool(rows, 5);
        table.recorded = rows_bool(rows, 6);
        table.changed = rows_int(rows, 7);
        table.closed = !rows_bool(rows, 8);
    }
    if (err->kind != ERR_NONE || !read_indexes(source, arena, &table, err))
        return false;
    *out = table;
    return true;
}
