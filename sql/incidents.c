#include "sql/incidents.h"

#include "sql/queries.h"
#include "sql/rows.h"

// The columns that all questions about incidents answer with.
static Incident
read_incident(const Rows *rows, Arena *arena)
{
    Incident incident = {
        .number = rows_int(rows, 0),
        .carrier = rows_text(rows, arena, 2),
        .name = rows_text(rows, arena, 3),
        .since = rows_instant(rows, 4),
        .opened_as_of = rows_instant(rows, 5),
        .judged_as_of = rows_instant(rows, 6),
        .closed_as_of = rows_instant(rows, 7),
        .observed = rows_real(rows, 8),
        .expected = rows_real(rows, 9),
        .p_value = rows_real(rows, 10),
        .pace = rows_real(rows, 11),
        .members = rows_int(rows, 12),
        .calm_nights = rows_int(rows, 13),
        .evidence = rows_text(rows, arena, 15),
    };

    incident_kind_parse(rows_text(rows, arena, 1), &incident.kind);
    incident_event_parse(rows_text(rows, arena, 14), &incident.event);
    return incident;
}

static bool
list_incidents(Db *db, Arena *arena, const char *sql, const Params *params, const Incident **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Incident *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "incidents", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_incident(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
incidents_open(Db *db, Arena *arena, Instant as_of, const Incident **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    return list_incidents(db, arena, SQL_INCIDENT_OPEN, &params, items, count, err);
}

bool
incidents_of_night(
    Db *db, Arena *arena, Instant as_of, const Incident **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    return list_incidents(db, arena, SQL_INCIDENT_OF_NIGHT, &params, items, count, err);
}

bool
incidents_list(Db *db, Arena *arena, const IncidentFilter *filter, const Incident **items,
    size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_int(&params, filter->number);
    param_text(&params, filter->kind);
    param_text(&params, filter->state);
    param_text(&params, filter->carrier);
    param_int(&params, filter->limit);
    return list_incidents(db, arena, SQL_INCIDENT_LIST, &params, items, count, err);
}

bool
incidents_nights(
    Db *db, Arena *arena, int64_t number, const Incident **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_int(&params, number);
    return list_incidents(db, arena, SQL_INCIDENT_NIGHTS, &params, items, count, err);
}

static bool
number_one(Db *db, Arena *arena, Instant as_of, const Incident *incident, int64_t *known,
    int64_t *next, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, incident_kind_name(incident->kind));
    param_text(&params, incident->carrier);
    param_text(&params, incident->name);

    Rows *const rows = rows_open(db, arena, "incidents", SQL_INCIDENT_NUMBER, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        *known = rows_int(rows, 0);
        *next = rows_int(rows, 1);
    }
    return err->kind == ERR_NONE;
}

bool
incidents_number(Db *db, Instant as_of, bool fresh, Incident *items, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    int64_t given = 0;

    for (size_t i = 0; i < count && err->kind == ERR_NONE; i++) {
        int64_t known = 0, next = 0;

        if (items[i].number > 0 || !number_one(db, arena, as_of, &items[i], &known, &next, err))
            continue;
        items[i].number = known > 0 ? known : fresh ? next + given++ : 0;
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

static void
param_incident(Params *params, const Incident *incident)
{
    param_int(params, incident->number);
    param_text(params, incident_kind_name(incident->kind));
    param_text(params, incident->carrier);
    param_text(params, incident->name);
    param_instant(params, incident->since);
    param_instant(params, incident->opened_as_of);
    param_instant(params, incident->judged_as_of);
    param_instant(params, incident->closed_as_of);
    param_real(params, incident->observed);
    param_real(params, incident->expected);
    param_real(params, incident->p_value);
    param_real(params, incident->pace);
    param_int(params, incident->members);
    param_int(params, incident->calm_nights);
    param_text(params, incident_event_name(incident->event));
    param_text(params, incident->evidence);
}

bool
incidents_write(Db *db, const Incident *items, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    bool done = true;

    for (size_t i = 0; i < count && done; i++) {
        Params params = {.arena = arena};

        param_incident(&params, &items[i]);
        done = rows_run(db, "incidents", SQL_INCIDENT_WRITE, &params, NULL, err);
    }
    arena_destroy(arena);
    return done;
}
