/*
 * What people ask of the ledger, and what they do to it.
 */
#include "sql/claims_people.h"

#include "sql/claims_rows.h"
#include "sql/queries.h"

#include <string.h>

bool
claims_list(Db *db, const ClaimFilter *filter, Day day, LedgerClaims *out, Err *err)
{
    Params params = {.arena = out->arena};

    param_text(&params, filter->state);
    param_text(&params, filter->ground);
    param_text(&params, filter->carrier);
    param_day(&params, filter->due);
    param_int(&params, filter->limit);
    return claims_read(db, SQL_CLAIM_LIST, &params, day, out, err);
}

bool
claims_without_rate(Db *db, Arena *arena, const char *const **references, size_t *count, Err *err)
{
    return rows_texts(
        rows_open(db, arena, "claims without a rate", SQL_CLAIM_WITHOUT_RATE, NULL, err), arena,
        references, count, err);
}

bool
claims_find(Db *db, Arena *arena, const char *const *words, size_t word_count, Day day,
    const ClaimMatch **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimMatch *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_texts(&params, words, word_count);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_FIND, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((ClaimMatch){
                              .item = claim_row(rows, arena, day),
                              .word = (size_t)rows_int(rows, LEDGER_COLUMNS) - 1,
                              .by_number = rows_bool(rows, LEDGER_COLUMNS + 1),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

static void
param_keys(Params *params, const ClaimKey *keys, size_t count)
{
    TextColumn shipments = {.arena = params->arena}, grounds = {.arena = params->arena};

    for (size_t i = 0; i < count; i++) {
        COLUMN_ADD(&shipments, keys[i].shipment_id);
        COLUMN_ADD(&grounds, claim_ground_name(keys[i].ground));
    }
    param_column(params, &shipments);
    param_column(params, &grounds);
}

static LedgerClaim *
find_item(LedgerClaim *items, size_t count, const char *shipment_id, ClaimGround ground)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].claim.ground == ground && strcmp(items[i].claim.shipment_id, shipment_id) == 0)
            return &items[i];
    return NULL;
}

static void
read_lock(const Rows *rows, Arena *arena, LedgerClaim *items, size_t count)
{
    ClaimGround ground = GROUND_LOSS;

    claim_ground_parse(rows_text(rows, arena, 1), &ground);

    LedgerClaim *const item = find_item(items, count, rows_text(rows, arena, 0), ground);

    claim_state_parse(rows_text(rows, arena, 2), &item->claim.state);
    if (!rows_bool(rows, 3))
        item->approved_as_of = INSTANT_NONE;
}

bool
claims_lock(Db *db, LedgerClaim *items, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    ClaimKey *const keys = ARENA_ARRAY(arena, ClaimKey, count);
    Params params = {.arena = arena};
    size_t held = 0;

    for (size_t i = 0; i < count; i++)
        keys[i] = (ClaimKey){items[i].claim.shipment_id, items[i].claim.ground};
    param_keys(&params, keys, count);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_LOCK, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        read_lock(rows, arena, items, count);
        held++;
    }
    arena_destroy(arena);
    if (err->kind == ERR_NONE && held < count)
        err_set(err, ERR_TEMPORARY, "a claim went away meanwhile");
    return err->kind == ERR_NONE;
}

bool
claims_approve(
    Db *db, const ClaimPen *pen, bool approve, const ClaimKey *keys, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, approve ? pen->as_of : INSTANT_NONE);
    param_text(&params, pen->actor);
    param_keys(&params, keys, count);

    const bool done = rows_run(db, "approvals", SQL_CLAIM_APPROVE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
claims_told(Db *db, const ClaimPen *pen, const ClaimKey *keys, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, pen->as_of);
    param_keys(&params, keys, count);

    const bool done = rows_run(db, "withdrawals", SQL_CLAIM_TOLD, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static void
param_key(Params *params, ClaimKey key)
{
    param_text(params, key.shipment_id);
    param_text(params, claim_ground_name(key.ground));
}

bool
claims_history(
    Db *db, Arena *arena, ClaimKey key, const ClaimEvent **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimEvent *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_key(&params, key);

    Rows *const rows = rows_open(db, arena, "a claim's history", SQL_CLAIM_HISTORY, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        ClaimEvent event = {
            .as_of = rows_instant(rows, 0),
            .recorded_at = rows_instant(rows, 1),
            .event = rows_text(rows, arena, 2),
            .amount = {.minor = rows_int(rows, 5)},
            .actor = rows_text(rows, arena, 6),
            .note = rows_text(rows, arena, 7),
        };

        claim_state_parse(rows_text(rows, arena, 3), &event.from);
        claim_state_parse(rows_text(rows, arena, 4), &event.to);
        ARENA_PUSH(&list, event);
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
claims_conditions(
    Db *db, Arena *arena, ClaimKey key, const ClaimCondition **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimCondition *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_key(&params, key);

    Rows *const rows = rows_open(db, arena, "conditions", SQL_CLAIM_CONDITIONS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((ClaimCondition){
                              .name = rows_text(rows, arena, 0),
                              .met = rows_bool(rows, 1),
                              .words = rows_text(rows, arena, 2),
                              .clause = rows_text(rows, arena, 3),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
claims_refusals(Db *db, Arena *arena, const char *shipment_id, const ClaimRefusal **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimRefusal *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, shipment_id);

    Rows *const rows = rows_open(db, arena, "refusals", SQL_CLAIM_REFUSALS, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        ClaimRefusal refusal = {.key = {.shipment_id = shipment_id},
            .as_of = rows_instant(rows, 1),
            .reason = rows_text(rows, arena, 2)};

        claim_ground_parse(rows_text(rows, arena, 0), &refusal.key.ground);
        ARENA_PUSH(&list, refusal);
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
