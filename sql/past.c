#include "sql/past.h"

#include "sql/queries.h"
#include "sql/rows.h"

static ClaimState
read_claim_state(const Rows *rows, Arena *arena, int column)
{
    ClaimState state = CLAIM_DRAFT;

    claim_state_parse(rows_text(rows, arena, column), &state);
    return state;
}

// A silent feed is that of its carrier, whose flow is kept under "carrier".
static void
param_groups(Params *params, const Incident *incidents, size_t count)
{
    Arena *const arena = params->arena;
    const char **const kinds = ARENA_ARRAY(arena, const char *, count);
    const char **const carriers = ARENA_ARRAY(arena, const char *, count);
    const char **const names = ARENA_ARRAY(arena, const char *, count);

    for (size_t i = 0; i < count; i++) {
        const IncidentKind kind = incidents[i].kind;

        kinds[i] = incident_kind_name(kind == INCIDENT_FEED ? INCIDENT_CARRIER : kind);
        carriers[i] = incidents[i].carrier;
        names[i] = incidents[i].name;
    }
    param_texts(params, kinds, count);
    param_texts(params, carriers, count);
    param_texts(params, names, count);
}

bool
past_courses(Db *db, Arena *arena, const Zone *zone, Instant after, Instant as_of,
    const Incident *incidents, size_t count, Course **courses, Err *err)
{
    Params params = {.arena = arena};
    struct
    {
        Arena *arena;
        CoursePoint *items;
        size_t count, capacity;
    } points = {.arena = arena};
    Course *const found = ARENA_ARRAY(arena, Course, count);

    param_instant(&params, after);
    param_instant(&params, as_of);
    param_groups(&params, incidents, count);

    Rows *const rows = rows_open(db, arena, "flows", SQL_FLOW_COURSE, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        found[rows_int(rows, 0) - 1].count++;
        ARENA_PUSH(&points, ((CoursePoint){.day = zone_day(zone, rows_instant(rows, 1)),
                                .observed = rows_real(rows, 2),
                                .expected = rows_real(rows, 3)}));
    }
    for (size_t i = 0, first = 0; i < count; first += found[i++].count)
        found[i].points = points.items ? points.items + first : NULL;
    *courses = found;
    return err->kind == ERR_NONE;
}

bool
past_carriers(Db *db, Arena *arena, Instant as_of, const Flow **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Flow *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "flows", SQL_FLOW_CARRIERS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((Flow){.as_of = as_of,
                              .kind = INCIDENT_CARRIER,
                              .carrier = rows_text(rows, arena, 0),
                              .name = "",
                              .observed = rows_real(rows, 1),
                              .expected = rows_real(rows, 2),
                              .silent = rows_real(rows, 3),
                              .newest_at = rows_instant(rows, 4),
                              .disturbed = rows_bool(rows, 5)}));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
past_claim_states(
    Db *db, Arena *arena, Instant as_of, const ClaimStateCount **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimStateCount *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_STATES, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        const char *const currency = rows_text(rows, arena, 1);

        ARENA_PUSH(&list, ((ClaimStateCount){.state = read_claim_state(rows, arena, 0),
                              .count = rows_int(rows, 2),
                              .payable = money_of(rows_int(rows, 3), currency),
                              .credited = money_of(rows_int(rows, 4), currency)}));
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
past_claim_ends(Db *db, Arena *arena, Instant as_of, int64_t limit, const ClaimEnd **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimEnd *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_int(&params, limit);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_ENDS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((ClaimEnd){.state = read_claim_state(rows, arena, 0),
                              .reason = rows_text(rows, arena, 1),
                              .count = rows_int(rows, 2)}));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
past_case_fates(Db *db, Arena *arena, Instant after, Instant as_of, const CaseFate **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        CaseFate *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, after);
    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "cases", SQL_CASE_BECAME, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        CaseKind kind;

        if (case_kind_parse(rows_text(rows, arena, 0), &kind))
            ARENA_PUSH(&list, ((CaseFate){.kind = kind,
                                  .opened = rows_int(rows, 1),
                                  .cleared = rows_int(rows, 2),
                                  .dismissed = rows_int(rows, 3),
                                  .confirmed = rows_int(rows, 4)}));
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
