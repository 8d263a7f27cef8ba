#include "sql/settlements.h"

#include "core/text.h"
#include "sql/claims_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <inttypes.h>
#include <string.h>

static SettlementClaim
read_claim(const Rows *rows, Arena *arena)
{
    const char *const currency = rows_text(rows, arena, 7);
    SettlementClaim claim = {
        .number = rows_int(rows, 0),
        .reference = rows_text(rows, arena, 1),
        .tracking_number = rows_text(rows, arena, 2),
        .carrier_slug = rows_text(rows, arena, 3),
        .shipment_id = rows_text(rows, arena, 4),
        .payable = claim_money(rows, 8, currency),
        .claimed = claim_money(rows, 9, currency),
        .granted = claim_money(rows, 10, currency),
        .credited = claim_money(rows, 11, currency),
        .credit_note_count = (size_t)rows_int(rows, 12),
    };
    const char **const notes = ARENA_ARRAY(arena, const char *, claim.credit_note_count);

    for (size_t i = 0; i < claim.credit_note_count; i++)
        notes[i] = rows_array_text(rows, arena, 13, i);
    claim.credit_notes = notes;
    claim_ground_parse(rows_text(rows, arena, 5), &claim.ground);
    claim_state_parse(rows_text(rows, arena, 6), &claim.state);
    return claim;
}

bool
settlements_claims(Db *db, Arena *arena, const SettlementKeys *keys, SettlementClaim **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        SettlementClaim *items;
        size_t count, capacity;
    } claims = {.arena = arena};
    Params params = {.arena = arena};

    param_ints(&params, keys->numbers, keys->number_count);
    param_texts(&params, keys->tracking_keys, keys->tracking_count);
    param_texts(&params, keys->credit_notes, keys->note_count);

    Rows *const rows =
        rows_open(db, arena, "claims of a settlement", SQL_SETTLEMENT_CLAIMS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&claims, read_claim(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = claims.items;
    *count = claims.count;
    return true;
}

bool
settlements_done(
    Db *db, Arena *arena, const char *file_sha256, const int64_t **lines, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        int64_t *items;
        size_t count, capacity;
    } done = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, file_sha256);

    Rows *const rows = rows_open(db, arena, "settlement lines", SQL_SETTLEMENT_DONE, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&done, rows_int(rows, 0));
    *lines = done.items;
    *count = done.count;
    return err->kind == ERR_NONE;
}

static void
param_line(Params *params, const SettlementLine *line)
{
    param_text(params, line->reference);
    param_text(params, line->tracking_number);
    param_text(params, line->credit_note);
    param_text(params, line->reason);
    param_text(params, line->amount_text);
    param_minor(params, line->amount);
    param_text(params, money_is_known(line->amount) ? line->amount.currency : NULL);
    param_day(params, line->day);
}

bool
settlements_keep(
    Db *db, const SettlementAct *act, const SettlementRecord *record, bool *changed, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t written = 0;

    param_text(&params, record->file_sha256);
    param_int(&params, record->line.line);
    param_text(&params, record->file_name);
    param_text(&params, record->carrier);
    param_line(&params, &record->line);
    param_text(&params, settlement_state_name(record->state));
    param_text(&params, record->why);
    param_text(&params, record->claim ? record->claim->shipment_id : NULL);
    param_text(&params, record->claim ? claim_ground_name(record->claim->ground) : NULL);
    param_instant(&params, act->as_of);
    param_instant(&params, act->recorded_at);
    param_text(&params, act->actor);

    const bool done = rows_run(db, "settlement lines", SQL_SETTLEMENT_KEEP, &params, &written, err);

    if (done && changed != NULL)
        *changed = written > 0;
    arena_destroy(arena);
    return done;
}

static void
param_moves(Params *params, const SettlementAnswer *answer)
{
    const char *names[SETTLEMENT_MOVES_MAX];

    for (size_t i = 0; i < answer->path_count; i++)
        names[i] = claim_state_name(answer->path[i]);
    param_texts(params, names, answer->path_count);
}

static bool
apply(Db *db, Arena *arena, const Params *params, int64_t *settled, Err *err)
{
    Rows *const rows = rows_open(db, arena, "claims", SQL_SETTLEMENT_APPLY, params, err);

    while (rows != NULL && rows_next(rows, err))
        *settled = rows_int(rows, 0);
    return err->kind == ERR_NONE;
}

bool
settlements_apply(Db *db, const SettlementAct *act, const SettlementClaim *claim,
    const SettlementAnswer *answer, Money amount, const char *note, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t settled = 0;

    param_text(&params, claim->shipment_id);
    param_text(&params, claim_ground_name(claim->ground));
    param_text(&params, claim_state_name(answer->from));
    param_moves(&params, answer);
    param_minor(&params, answer->granted);
    param_minor(&params, answer->credited);
    param_minor(&params, amount);
    param_instant(&params, act->as_of);
    param_instant(&params, act->recorded_at);
    param_text(&params, act->actor);
    param_text(&params, note);

    bool done = apply(db, arena, &params, &settled, err);

    if (done && settled != 1)
        done = err_set(err, ERR_TEMPORARY, "claim %s changed meanwhile", claim->reference);
    arena_destroy(arena);
    return done;
}

// The columns of settlement_open.sql and settlement_kept.sql.
static SettlementRecord
read_record(const Rows *rows, Arena *arena)
{
    SettlementRecord record = {
        .file_sha256 = rows_text(rows, arena, 0),
        .file_name = rows_text(rows, arena, 2),
        .carrier = rows_text(rows, arena, 3),
        .line = {.line = rows_int(rows, 1),
            .reference = rows_text(rows, arena, 4),
            .tracking_number = rows_text(rows, arena, 5),
            .credit_note = rows_text(rows, arena, 6),
            .reason = rows_text(rows, arena, 7),
            .amount_text = rows_text(rows, arena, 8),
            .amount = claim_money(rows, 9, rows_text(rows, arena, 10)),
            .day = rows_day(rows, 11),
            .problem = ""},
        .why = rows_text(rows, arena, 13),
    };

    settlement_state_parse(rows_text(rows, arena, 12), &record.state);
    return record;
}

typedef struct Records
{
    Arena *arena;
    SettlementRecord *items;
    size_t count, capacity;
} Records;

static bool
read_records(Db *db, const char *sql, const Params *params, Records *records, Err *err)
{
    Rows *const rows = rows_open(db, records->arena, "settlement lines", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(records, read_record(rows, records->arena));
    return err->kind == ERR_NONE;
}

bool
settlements_open(Db *db, Arena *arena, const char *carrier, int64_t limit,
    const SettlementRecord **items, size_t *count, Err *err)
{
    Records records = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, carrier);
    param_int(&params, limit);
    if (!read_records(db, SQL_SETTLEMENT_OPEN, &params, &records, err))
        return false;
    *items = records.items;
    *count = records.count;
    return true;
}

bool
settlements_kept(
    Db *db, Arena *arena, const char *file_start, int64_t line, SettlementRecord *out, Err *err)
{
    Records records = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, file_start);
    param_int(&params, line);
    if (!read_records(db, SQL_SETTLEMENT_KEPT, &params, &records, err))
        return false;
    if (records.count != 1)
        return err_set(err, ERR_CONFIG, "%s kept line %s:%" PRId64,
            records.count == 0 ? "there is no" : "several files have a", file_start, line);
    *out = records.items[0];
    return true;
}

bool
settlements_underpaid(
    Db *db, Arena *arena, const char *carrier, const Underpaid **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Underpaid *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, carrier);

    Rows *const rows =
        rows_open(db, arena, "underpaid claims", SQL_SETTLEMENT_UNDERPAID, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        const char *const currency = rows_text(rows, arena, 5);
        Underpaid item = {
            .carrier_slug = rows_text(rows, arena, 0),
            .number = rows_int(rows, 1),
            .reference = rows_text(rows, arena, 2),
            .tracking_number = rows_text(rows, arena, 3),
            .due = claim_money(rows, 6, currency),
            .credited = claim_money(rows, 7, currency),
        };

        claim_state_parse(rows_text(rows, arena, 4), &item.state);
        ARENA_PUSH(&list, item);
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
