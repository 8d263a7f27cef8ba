/*
 * What a night writes into the ledger.
 */
#include "sql/claims_rows.h"
#include "sql/queries.h"

void
param_column(Params *params, const TextColumn *column)
{
    param_texts(params, column->items, column->count);
}

static void
param_money(Params *params, Money money)
{
    param_minor(params, money);
    param_text(params, money_is_known(money) ? money.currency : NULL);
}

static void
param_dates(Params *params, const Claim *claim)
{
    param_day(params, claim->opens_on);
    param_day(params, claim->enquiry_by);
    param_day(params, claim->claim_deadline);
    param_day(params, claim->barred_after);
    param_day(params, claim->act_by);
    param_text(params, claim->opening_clause);
    param_text(params, claim->enquiry_clause);
    param_text(params, claim->deadline_clause);
    param_text(params, claim->bar_clause);
    param_text(params, claim->bar_source);
}

// What the terms make of a claim.
static void
param_substance(Params *params, const Claim *claim)
{
    param_money(params, claim->value);
    param_money(params, claim->payable);
    param_dates(params, claim);
    param_text(params, claim->terms);
    param_text(params, claim->clause);
    param_text(params, claim->missing);
}

static void
param_pen(Params *params, const ClaimPen *pen)
{
    param_instant(params, pen->as_of);
    param_text(params, pen->actor);
    param_instant(params, pen->recorded_at);
}

static bool
open_one(Db *db, const ClaimPen *pen, const ClaimDraft *draft, Err *err)
{
    const Claim *const claim = draft->claim;
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_pen(&params, pen);
    param_text(&params, draft->carrier_slug);
    param_text(&params, draft->note);
    param_text(&params, claim->shipment_id);
    param_text(&params, claim_ground_name(claim->ground));
    param_int(&params, claim->number);
    param_text(&params, claim->reference);
    param_text(&params, claim_state_name(claim->state));
    param_text(&params, claim->tracking_number);
    param_text(&params, claim->carrier);
    param_substance(&params, claim);
    param_text(&params, draft->dossier);

    const bool done = rows_run(db, "claims", SQL_CLAIM_OPEN, &params, NULL, err);

    arena_destroy(arena);
    return done || err_context(err, "shipment \"%s\"", claim->shipment_id);
}

bool
claims_open(Db *db, const ClaimPen *pen, const ClaimDraft *drafts, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!open_one(db, pen, &drafts[i], err))
            return false;
    return true;
}

static bool
redraft_one(Db *db, const ClaimPen *pen, const ClaimDraft *draft, Err *err)
{
    const Claim *const claim = draft->claim;
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, pen->as_of);
    param_text(&params, claim->shipment_id);
    param_text(&params, claim_ground_name(claim->ground));
    param_substance(&params, claim);
    param_text(&params, draft->dossier);
    param_text(&params, claim->tracking_number);
    param_text(&params, claim->carrier);
    param_text(&params, draft->carrier_slug);

    const bool done = rows_run(db, "claims", SQL_CLAIM_REDRAFT, &params, NULL, err);

    arena_destroy(arena);
    return done || err_context(err, "claim %s", claim->reference);
}

bool
claims_redraft(Db *db, const ClaimPen *pen, const ClaimDraft *drafts, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!redraft_one(db, pen, &drafts[i], err))
            return false;
    return true;
}

// Two columns that name claims.
typedef struct KeyColumns
{
    TextColumn shipments, grounds;
} KeyColumns;

static KeyColumns
key_columns(Arena *arena)
{
    return (KeyColumns){.shipments = {.arena = arena}, .grounds = {.arena = arena}};
}

static void
keys_add(KeyColumns *keys, ClaimKey key)
{
    COLUMN_ADD(&keys->shipments, key.shipment_id);
    COLUMN_ADD(&keys->grounds, claim_ground_name(key.ground));
}

static void
param_keys(Params *params, const KeyColumns *keys)
{
    param_column(params, &keys->shipments);
    param_column(params, &keys->grounds);
}

// The database holds the same table, and its foreign key refuses too; this says it in words.
static bool
all_allowed(const ClaimMove *moves, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!claim_move_allowed(moves[i].from, moves[i].to))
            return err_set(err, ERR_FAILED,
                "a claim does not move from %s to %s (shipment \"%s\", %s)",
                claim_state_name(moves[i].from), claim_state_name(moves[i].to),
                moves[i].key.shipment_id, claim_ground_name(moves[i].key.ground));
    return true;
}

bool
claims_move(
    Db *db, const ClaimPen *pen, const ClaimMove *moves, size_t count, int64_t *moved, Err *err)
{
    if (!all_allowed(moves, count, err))
        return false;

    Arena *const arena = arena_create();
    KeyColumns keys = key_columns(arena);
    TextColumn from = {.arena = arena}, to = {.arena = arena}, notes = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++) {
        keys_add(&keys, moves[i].key);
        COLUMN_ADD(&from, claim_state_name(moves[i].from));
        COLUMN_ADD(&to, claim_state_name(moves[i].to));
        COLUMN_ADD(&notes, moves[i].note);
    }
    param_pen(&params, pen);
    param_keys(&params, &keys);
    param_column(&params, &from);
    param_column(&params, &to);
    param_column(&params, &notes);

    const bool done =
        count == 0 || rows_run(db, "moves of claims", SQL_CLAIM_MOVE, &params, moved, err);

    arena_destroy(arena);
    return done;
}

bool
claims_remark(Db *db, const ClaimPen *pen, const ClaimRemark *remarks, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    KeyColumns keys = key_columns(arena);
    TextColumn kinds = {.arena = arena}, once = {.arena = arena}, notes = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++) {
        keys_add(&keys, remarks[i].key);
        COLUMN_ADD(&kinds, remarks[i].kind);
        COLUMN_ADD(&once, remarks[i].once);
        COLUMN_ADD(&notes, remarks[i].note);
    }
    param_pen(&params, pen);
    param_keys(&params, &keys);
    param_column(&params, &kinds);
    param_column(&params, &once);
    param_column(&params, &notes);

    const bool done =
        count == 0 || rows_run(db, "remarks on claims", SQL_CLAIM_REMARK, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
claims_remarks_known(Db *db, Arena *arena, ClaimKey key, const char *kind,
    const char *const **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, key.shipment_id);
    param_text(&params, claim_ground_name(key.ground));
    param_text(&params, kind);
    return rows_texts(
        rows_open(db, arena, "remarks on claims", SQL_CLAIM_REMARKS_KNOWN, &params, err), arena,
        items, count, err);
}

bool
claims_found(Db *db, const ClaimPen *pen, const ClaimFound *items, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    KeyColumns keys = key_columns(arena);
    TextColumn notes = {.arena = arena}, times = {.arena = arena}, milestones = {.arena = arena},
               places = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++) {
        keys_add(&keys, items[i].key);
        COLUMN_ADD(&notes, items[i].note);
        COLUMN_ADD(&times, items[i].at == INSTANT_NONE ? "" : instant_print(arena, items[i].at));
        COLUMN_ADD(&milestones, milestone_name(items[i].milestone));
        COLUMN_ADD(&places, items[i].place);
    }
    param_instant(&params, pen->as_of);
    param_keys(&params, &keys);
    param_column(&params, &notes);
    param_column(&params, &times);
    param_column(&params, &milestones);
    param_column(&params, &places);

    const bool done =
        count == 0 || rows_run(db, "found parcels", SQL_CLAIM_FOUND, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
claims_refuse(Db *db, Instant as_of, const ClaimRefusal *refusals, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    KeyColumns keys = key_columns(arena);
    TextColumn reasons = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++) {
        keys_add(&keys, refusals[i].key);
        COLUMN_ADD(&reasons, refusals[i].reason);
    }
    param_instant(&params, as_of);
    param_keys(&params, &keys);
    param_column(&params, &reasons);

    const bool done =
        count == 0 || rows_run(db, "claim refusals", SQL_CLAIM_REFUSE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

// Whole numbers side by side.
typedef struct IntColumn
{
    Arena *arena;
    int64_t *items;
    size_t count, capacity;
} IntColumn;

bool
claims_conditions_write(Db *db, const ClaimConditions *lists, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    KeyColumns keys = key_columns(arena);
    IntColumn positions = {.arena = arena}, met = {.arena = arena};
    TextColumn names = {.arena = arena}, words = {.arena = arena}, clauses = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lists[i].count; j++) {
            keys_add(&keys, lists[i].key);
            ARENA_PUSH(&positions, (int64_t)j + 1);
            COLUMN_ADD(&names, lists[i].items[j].name);
            ARENA_PUSH(&met, lists[i].items[j].met ? 1 : 0);
            COLUMN_ADD(&words, lists[i].items[j].words);
            COLUMN_ADD(&clauses, lists[i].items[j].clause);
        }
    param_keys(&params, &keys);
    param_ints(&params, positions.items, positions.count);
    param_column(&params, &names);
    param_ints(&params, met.items, met.count);
    param_column(&params, &words);
    param_column(&params, &clauses);

    const bool done = positions.count == 0 || rows_run(db, "conditions of claims",
                                                  SQL_CLAIM_CONDITIONS_WRITE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static bool
sweep(Db *db, const char *sql, const ClaimPen *pen, Day day, int64_t *moved, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_pen(&params, pen);
    param_day(&params, day);

    const bool done = rows_run(db, "claims", sql, &params, moved, err);

    arena_destroy(arena);
    return done;
}

bool
claims_bar(Db *db, const ClaimPen *pen, Day day, int64_t *barred, Err *err)
{
    return sweep(db, SQL_CLAIM_BAR, pen, day, barred, err);
}

bool
claims_make_ready(Db *db, const ClaimPen *pen, Day day, int64_t *made_ready, Err *err)
{
    return sweep(db, SQL_CLAIM_MAKE_READY, pen, day, made_ready, err);
}
