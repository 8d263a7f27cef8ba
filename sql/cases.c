#include "sql/cases.h"

#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

typedef struct CaseList
{
    Arena *arena;
    CaseRecord *items;
    size_t count, capacity;
} CaseList;

static CaseKind
read_kind(const Rows *rows, Arena *arena, int column)
{
    CaseKind kind = CASE_NONE;

    case_kind_parse(rows_text(rows, arena, column), &kind);
    return kind;
}

static CaseState
read_state(const Rows *rows, Arena *arena, int column)
{
    CaseState state = CASE_OPEN;

    case_state_parse(rows_text(rows, arena, column), &state);
    return state;
}

static CaseEvent
read_event(const Rows *rows, Arena *arena, int column)
{
    CaseEvent event = CASE_EVENT_CONFIRMED;

    case_event_parse(rows_text(rows, arena, column), &event);
    return event;
}

// From column on: shipment_id, case_number, kind, state, judged_as_of, snoozed_until.
static CaseRecord
read_standing(const Rows *rows, Arena *arena, int column)
{
    return (CaseRecord){
        .shipment_id = rows_text(rows, arena, column),
        .number = rows_int(rows, column + 1),
        .kind = read_kind(rows, arena, column + 2),
        .state = read_state(rows, arena, column + 3),
        .judged_as_of = rows_instant(rows, column + 4),
        .snoozed_until = rows_day(rows, column + 5),
    };
}

static bool
list_standing(Db *db, Arena *arena, const char *sql, const Params *params, const CaseRecord **items,
    size_t *count, Err *err)
{
    CaseList list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "cases", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_standing(rows, arena, 0));
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

bool
cases_current(
    Db *db, Arena *arena, Instant as_of, const CaseRecord **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    return list_standing(db, arena, SQL_CASE_CURRENT, &params, items, count, err);
}

bool
cases_lock(Db *db, Arena *arena, const char *const *shipment_ids, size_t shipment_count,
    const CaseRecord **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_texts(&params, shipment_ids, shipment_count);
    return list_standing(db, arena, SQL_CASE_LOCK, &params, items, count, err);
}

bool
cases_find(Db *db, Arena *arena, const char *const *words, size_t word_count,
    const CaseMatch **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        CaseMatch *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_texts(&params, words, word_count);

    Rows *const rows = rows_open(db, arena, "cases", SQL_CASE_FIND, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        CaseMatch match = {
            .word = (size_t)rows_int(rows, 0) - 1,
            .by_number = rows_bool(rows, 1),
            .record = read_standing(rows, arena, 2),
        };

        match.record.tracking_number = rows_text(rows, arena, 8);
        ARENA_PUSH(&list, match);
    }
    if (err->kind != ERR_NONE)
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

// The columns that both kinds of change hand to the server, one array each.
static void
param_changes(Params *params, const CaseChange *changes, size_t count)
{
    Arena *const arena = params->arena;
    const char **const texts = ARENA_ARRAY(arena, const char *, 7 * count);
    int64_t *const numbers = ARENA_ARRAY(arena, int64_t, count);

    for (size_t i = 0; i < count; i++) {
        const CaseStep *const step = &changes[i].step;

        texts[i] = changes[i].shipment_id;
        texts[count + i] = case_kind_name(changes[i].kind_before);
        texts[2 * count + i] = case_kind_name(step->kind);
        texts[3 * count + i] = case_state_name(step->state);
        texts[4 * count + i] = case_event_name(step->event);
        texts[5 * count + i] =
            step->snoozed_until == DAY_NONE ? "" : day_print(arena, step->snoozed_until);
        texts[6 * count + i] = changes[i].note;
        numbers[i] = changes[i].number;
    }
    for (size_t column = 0; column < 7; column++)
        param_texts(params, texts + column * count, count);
    param_ints(params, numbers, count);
}

static bool
apply(Db *db, const char *sql, Instant as_of, const char *actor, Instant recorded_at,
    const CaseChange *changes, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, actor);
    param_instant(&params, recorded_at);
    param_changes(&params, changes, count);

    const bool done = rows_run(db, "cases", sql, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
cases_apply(Db *db, Instant as_of, const char *actor, Instant recorded_at,
    const CaseChange *changes, size_t count, Err *err)
{
    return count == 0 || apply(db, SQL_CASE_APPLY, as_of, actor, recorded_at, changes, count, err);
}

bool
cases_act(Db *db, Instant as_of, const char *actor, Instant recorded_at, const CaseChange *change,
    Err *err)
{
    return apply(db, SQL_CASE_ACT, as_of, actor, recorded_at, change, 1, err);
}

// The columns of case_list.sql, case_as_of.sql and case_night.sql.
static CaseRecord
read_case(const Rows *rows, Arena *arena)
{
    CaseRecord record = {
        .number = rows_int(rows, 0),
        .kind = read_kind(rows, arena, 1),
        .state = read_state(rows, arena, 2),
        .opened_as_of = rows_instant(rows, 3),
        .judged_as_of = rows_instant(rows, 4),
        .snoozed_until = rows_day(rows, 5),
        .last_event = read_event(rows, arena, 6),
        .shipment_id = rows_text(rows, arena, 7),
        .tracking_number = rows_text(rows, arena, 8),
        .carrier = rows_text(rows, arena, 9),
        .service = rows_text(rows, arena, 10),
        .origin = rows_text(rows, arena, 11),
        .destination = rows_text(rows, arena, 12),
        .promised_at = rows_instant(rows, 13),
        .p_late = rows_real(rows, 14),
        .p_lost = rows_real(rows, 15),
        .silence_hours = rows_real(rows, 16),
        .value = {.minor = rows_int(rows, 17)},
        .expected_cost_minor = rows_int(rows, 19),
        .evidence = rows_text(rows, arena, 20),
        .incident_number = rows_int(rows, 21),
        .promise_origin = promise_origin_from_name(rows_text(rows, arena, 22)),
    };
    const char *const currency = rows_text(rows, arena, 18);

    if (strlen(currency) == 3)
        memcpy(record.value.currency, currency, 3);
    return record;
}

static bool
list_cases(Db *db, Arena *arena, const char *sql, const Params *params, const CaseRecord **items,
    size_t *count, Err *err)
{
    CaseList list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "cases", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_case(rows, arena));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
cases_list(Db *db, Arena *arena, const CaseFilter *filter, const CaseRecord **items, size_t *count,
    Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, filter->kind);
    param_text(&params, filter->state);
    param_text(&params, filter->carrier);
    param_int(&params, filter->number);
    param_text(&params, filter->shipment_id);
    param_int(&params, filter->incident);
    param_int(&params, filter->limit);
    return list_cases(db, arena, SQL_CASE_LIST, &params, items, count, err);
}

bool
cases_of_night(
    Db *db, Arena *arena, Instant as_of, const CaseRecord **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    return list_cases(db, arena, SQL_CASE_NIGHT, &params, items, count, err);
}

bool
cases_counts(Db *db, Instant as_of, KindCount counts[CASE_KIND_COUNT], Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "case counts", SQL_CASE_COUNTS, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        KindCount *const count = &counts[read_kind(rows, arena, 0)];

        count->tonight = rows_int(rows, 1);
        count->opened = rows_int(rows, 2);
        count->worse = rows_int(rows, 3);
        count->cleared = rows_int(rows, 4);
        count->cost_minor = rows_int(rows, 5);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
cases_as_of(Db *db, Arena *arena, Instant as_of, const char *shipment_id, const CaseRecord **record,
    Err *err)
{
    Params params = {.arena = arena};
    const CaseRecord *items;
    size_t count;

    param_instant(&params, as_of);
    param_text(&params, shipment_id);
    if (!list_cases(db, arena, SQL_CASE_AS_OF, &params, &items, &count, err))
        return false;
    *record = count > 0 ? items : NULL;
    return true;
}

bool
cases_history(Db *db, Arena *arena, const char *shipment_id, Instant as_of,
    const CaseHistory **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        CaseHistory *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, shipment_id);
    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "case history", SQL_CASE_HISTORY, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((CaseHistory){
                              .as_of = rows_instant(rows, 0),
                              .recorded_at = rows_instant(rows, 1),
                              .event = read_event(rows, arena, 2),
                              .kind_before = read_kind(rows, arena, 3),
                              .kind_after = read_kind(rows, arena, 4),
                              .actor = rows_text(rows, arena, 5),
                              .note = rows_text(rows, arena, 6),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
