#include "sql/nights.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

static void
param_money(Params *params, Money money)
{
    if (money_is_known(money)) {
        param_int(params, money.minor);
        param_text(params, money.currency);
    } else {
        param_text(params, NULL);
        param_text(params, NULL);
    }
}

static void
param_judgement(Params *params, const Judgement *judgement)
{
    param_text(params, milestone_name(judgement->milestone));
    param_instant(params, judgement->last_scan_at);
    param_text(params, judgement->last_place);
    param_real(params, judgement->silence_hours);
    param_real(params, judgement->typical_hours);
    param_real(params, judgement->silence_p_value);
    param_real(params, judgement->p_late);
    param_real(params, judgement->p_lost);
    param_instant(params, judgement->expected_low);
    param_instant(params, judgement->expected_high);
    param_text(params, judgement->segment);
    param_real(params, judgement->segment_weight);
}

static void
param_signals(Params *params, const Signal *signals, size_t count)
{
    Arena *const arena = params->arena;
    const char **const kinds = ARENA_ARRAY(arena, const char *, count);
    const char **const since = ARENA_ARRAY(arena, const char *, count);
    const char **const evidence = ARENA_ARRAY(arena, const char *, count);
    double *const probabilities = ARENA_ARRAY(arena, double, count);

    for (size_t i = 0; i < count; i++) {
        kinds[i] = case_kind_name(signals[i].kind);
        since[i] = instant_print(arena, signals[i].since);
        evidence[i] = signals[i].evidence;
        probabilities[i] = signals[i].probability;
    }
    param_texts(params, kinds, count);
    param_reals(params, probabilities, count);
    param_texts(params, since, count);
    param_texts(params, evidence, count);
}

static void
param_finding(Params *params, Instant as_of, const Finding *finding)
{
    param_text(params, finding->shipment_id);
    param_instant(params, as_of);
    param_text(params, case_kind_name(finding->signals[0].kind));
    param_text(params, finding->tracking_number);
    param_text(params, finding->carrier);
    param_text(params, finding->service);
    param_text(params, finding->origin);
    param_text(params, finding->destination);
    param_instant(params, finding->promised_at);
    param_text(params, promise_origin_name(finding->promise_origin));
    param_money(params, finding->value);
    param_judgement(params, &finding->judgement);
    param_int(params, finding->contact_cost.minor);
    param_int(params, finding->value_at_risk.minor);
    param_int(params, finding->expected_recovery.minor);
    param_int(params, finding->expected_cost_minor);
    param_signals(params, finding->signals, finding->signal_count);
    if (finding->incident_number > 0)
        param_int(params, finding->incident_number);
    else
        param_text(params, NULL);
}

static bool
copy_findings(Db *db, Arena *arena, Instant as_of, const Finding *findings, size_t count, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "findings", SQL_FINDING_COPY, err);

    for (size_t i = 0; good && i < count; i++) {
        param_finding(&rows.row, as_of, &findings[i]);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
night_write(Db *db, const NightRecord *night, const Finding *findings, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params key = {.arena = arena}, head = {.arena = arena};

    param_instant(&key, night->as_of);
    param_instant(&head, night->as_of);
    param_int(&head, night->judged);
    param_int(&head, night->abstained);
    param_real(&head, night->stuck_alpha);
    param_real(&head, night->lost_false_share);
    param_real(&head, night->stuck_false_expected);
    param_text(&head, night->unmapped_json);
    for (int origin = 0; origin < PROMISE_ORIGIN_COUNT; origin++)
        param_int(&head, night->promises[origin]);
    param_bool(&head, night->filled_in);

    const bool done = rows_run(db, "findings", SQL_FINDING_DELETE, &key, NULL, err) &&
                      rows_run(db, "nights", SQL_NIGHT_WRITE, &head, NULL, err) &&
                      copy_findings(db, arena, night->as_of, findings, count, err);

    arena_destroy(arena);
    return done;
}

bool
night_read(Db *db, Arena *arena, Instant as_of, NightRecord *out, Err *err)
{
    Params params = {.arena = arena};
    bool found = false;

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "nights", SQL_NIGHT_READ, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        *out = (NightRecord){
            .as_of = as_of,
            .judged = rows_int(rows, 0),
            .abstained = rows_int(rows, 1),
            .stuck_alpha = rows_real(rows, 2),
            .lost_false_share = rows_real(rows, 3),
            .stuck_false_expected = rows_real(rows, 4),
            .unmapped_json = rows_text(rows, arena, 5),
        };
        for (int origin = 0; origin < PROMISE_ORIGIN_COUNT; origin++)
            out->promises[origin] = rows_int(rows, 6 + origin);
        found = true;
    }
    if (err->kind == ERR_NONE && !found)
        err_set(err, ERR_FAILED, "the night of %s was not judged: run vigie detect",
            instant_print(arena, as_of));
    return err->kind == ERR_NONE;
}

bool
night_newest(Db *db, Instant *as_of, Err *err)
{
    Arena *const arena = arena_create();
    Rows *const rows = rows_open(db, arena, "nights", SQL_NIGHT_NEWEST, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        *as_of = rows_instant(rows, 0);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
night_unmapped(
    Db *db, Arena *arena, Instant as_of, const UnmappedCode **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        UnmappedCode *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "unmapped codes", SQL_NIGHT_UNMAPPED, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((UnmappedCode){
                              .carrier = rows_text(rows, arena, 0),
                              .code = rows_text(rows, arena, 1),
                              .example = rows_text(rows, arena, 2),
                              .count = rows_int(rows, 3),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
night_remember(Db *db, Instant as_of, const KindCount kinds[CASE_KIND_COUNT], Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    const char *names[CASE_KIND_COUNT];
    int64_t counts[5][CASE_KIND_COUNT];
    size_t count = 0;

    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++) {
        const KindCount *const n = &kinds[kind];

        if (n->tonight + n->opened + n->worse + n->cleared == 0)
            continue;
        names[count] = case_kind_name((CaseKind)kind);
        counts[0][count] = n->tonight;
        counts[1][count] = n->opened;
        counts[2][count] = n->worse;
        counts[3][count] = n->cleared;
        counts[4][count++] = n->cost_minor;
    }
    param_instant(&params, as_of);
    param_texts(&params, names, count);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        param_ints(&params, counts[i], count);

    const bool done = rows_run(db, "nights", SQL_NIGHT_REMEMBER, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static void
read_count(const Rows *rows, Arena *arena, NightCount *night)
{
    CaseKind kind;

    if (case_kind_parse(rows_text(rows, arena, 3), &kind))
        night->kinds[kind] = (KindCount){.tonight = rows_int(rows, 4),
            .opened = rows_int(rows, 5),
            .worse = rows_int(rows, 6),
            .cleared = rows_int(rows, 7),
            .cost_minor = rows_int(rows, 8)};
}

bool
nights_counted(Db *db, Arena *arena, NightCount **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        NightCount *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "nights", SQL_NIGHT_COUNTS, NULL, err);

    while (rows != NULL && rows_next(rows, err)) {
        const Instant as_of = rows_instant(rows, 0);

        if (list.count == 0 || list.items[list.count - 1].as_of != as_of)
            ARENA_PUSH(&list, ((NightCount){.as_of = as_of,
                                  .folder = "",
                                  .judged = rows_int(rows, 1),
                                  .abstained = rows_int(rows, 2)}));
        read_count(rows, arena, &list.items[list.count - 1]);
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
