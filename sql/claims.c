/*
 * Claims read from the ledger.
 */
#include "core/claim_words.h"
#include "sql/claims_rows.h"
#include "sql/queries.h"

Money
claim_money(const Rows *rows, int column, const char *currency)
{
    return money_of(rows_int(rows, column), rows_is_null(rows, column) ? "" : currency);
}

void
param_minor(Params *params, Money money)
{
    if (money_is_known(money))
        param_int(params, money.minor);
    else
        param_text(params, NULL);
}

static Claim
read_claim(const Rows *rows, Arena *arena, Day day)
{
    const char *const currency = rows_text(rows, arena, 11);
    Claim claim = {
        .number = rows_int(rows, 0),
        .reference = rows_text(rows, arena, 1),
        .shipment_id = rows_text(rows, arena, 2),
        .opened_as_of = rows_instant(rows, 5),
        .tracking_number = rows_text(rows, arena, 6),
        .carrier = rows_text(rows, arena, 7),
        .value = claim_money(rows, 9, rows_text(rows, arena, 10)),
        .payable = claim_money(rows, 12, currency),
        .claimed = claim_money(rows, 13, currency),
        .granted = claim_money(rows, 14, currency),
        .credited = claim_money(rows, 15, currency),
        .opens_on = rows_day(rows, 16),
        .enquiry_by = rows_day(rows, 17),
        .claim_deadline = rows_day(rows, 18),
        .barred_after = rows_day(rows, 19),
        .act_by = rows_day(rows, 20),
        .opening_clause = rows_text(rows, arena, 21),
        .enquiry_clause = rows_text(rows, arena, 22),
        .deadline_clause = rows_text(rows, arena, 23),
        .bar_clause = rows_text(rows, arena, 24),
        .bar_source = rows_text(rows, arena, 25),
        .terms = rows_text(rows, arena, 26),
        .clause = rows_text(rows, arena, 27),
        .missing = rows_text(rows, arena, 28),
    };

    claim_ground_parse(rows_text(rows, arena, 3), &claim.ground);
    claim_state_parse(rows_text(rows, arena, 4), &claim.state);
    claim.caution = words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, day);
    return claim;
}

static ClaimWithdrawal
read_withdrawal(const Rows *rows, Arena *arena)
{
    ClaimWithdrawal withdrawal = {
        .as_of = rows_instant(rows, 35),
        .told_as_of = rows_instant(rows, 36),
        .found_at = rows_instant(rows, 37),
        .place = rows_text(rows, arena, 39),
    };

    milestone_parse(rows_text(rows, arena, 38), &withdrawal.found);
    return withdrawal;
}

LedgerClaim
claim_row(const Rows *rows, Arena *arena, Day day)
{
    return (LedgerClaim){
        .claim = read_claim(rows, arena, day),
        .carrier_slug = rows_text(rows, arena, 8),
        .dossier = rows_text(rows, arena, 29),
        .drafted_as_of = rows_instant(rows, 30),
        .approved_by = rows_text(rows, arena, 31),
        .approved_as_of = rows_instant(rows, 32),
        .found_as_of = rows_instant(rows, 33),
        .found_note = rows_text(rows, arena, 34),
        .withdrawal = read_withdrawal(rows, arena),
    };
}

bool
claims_read(Db *db, const char *sql, const Params *params, Day day, LedgerClaims *out, Err *err)
{
    Rows *const rows = rows_open(db, out->arena, "claims", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(out, claim_row(rows, out->arena, day));
    return err->kind == ERR_NONE;
}

bool
claims_to_file(Db *db, Instant as_of, Day day, LedgerClaims *out, Err *err)
{
    Params params = {.arena = out->arena};

    param_instant(&params, as_of);
    return claims_read(db, SQL_CLAIM_SELECT, &params, day, out, err);
}

bool
claims_of_night(
    Db *db, Instant as_of, Day day, int64_t after, int64_t limit, LedgerClaims *out, Err *err)
{
    Params params = {.arena = out->arena};

    param_instant(&params, as_of);
    param_int(&params, after);
    param_int(&params, limit);
    return claims_read(db, SQL_CLAIM_NIGHT, &params, day, out, err);
}

bool
claims_settled(Db *db, Arena *arena, const char *const **ids, size_t *count, Err *err)
{
    return rows_texts(rows_open(db, arena, "settled claims", SQL_CLAIM_RECONCILED, NULL, err),
        arena, ids, count, err);
}

bool
claims_unfinished(Db *db, Instant as_of, Day day, int64_t after, int64_t limit,
    const ShipmentNames *settled, LedgerClaims *out, Err *err)
{
    Params params = {.arena = out->arena};

    param_instant(&params, as_of);
    param_day(&params, day);
    param_int(&params, after);
    param_int(&params, limit);
    if (settled->all)
        param_text(&params, NULL);
    else
        param_texts(&params, settled->ids, settled->count);

    Rows *const rows = rows_open(db, out->arena, "open claims", SQL_CLAIM_UNFINISHED, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        LedgerClaim item = claim_row(rows, out->arena, day);

        item.lost_tonight = rows_bool(rows, LEDGER_COLUMNS);
        ARENA_PUSH(out, item);
    }
    return err->kind == ERR_NONE;
}

bool
claims_of_shipment(
    Db *db, const char *shipment_id, Instant as_of, Day day, LedgerClaims *out, Err *err)
{
    Params params = {.arena = out->arena};

    param_instant(&params, as_of);
    param_text(&params, shipment_id);
    return claims_read(db, SQL_CLAIM_OF_SHIPMENT, &params, day, out, err);
}

bool
claims_candidates(Db *db, Arena *arena, Instant as_of, const CaseGround *grounds,
    size_t ground_count, const ClaimCandidate **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimCandidate *items;
        size_t count, capacity;
    } list = {.arena = arena};
    TextColumn kinds = {.arena = arena}, names = {.arena = arena};
    Params params = {.arena = arena};

    for (size_t i = 0; i < ground_count; i++) {
        COLUMN_ADD(&kinds, grounds[i].kind);
        COLUMN_ADD(&names, claim_ground_name(grounds[i].ground));
    }
    param_instant(&params, as_of);
    param_column(&params, &kinds);
    param_column(&params, &names);

    Rows *const rows =
        rows_open(db, arena, "parcels without claim", SQL_CLAIM_CANDIDATES, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        ClaimCandidate candidate = {
            .shipment_id = rows_text(rows, arena, 0), .kind = rows_text(rows, arena, 2)};

        claim_ground_parse(rows_text(rows, arena, 1), &candidate.ground);
        ARENA_PUSH(&list, candidate);
    }
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
claims_last_number(Db *db, int64_t *number, Err *err)
{
    Arena *const arena = arena_create();
    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_LAST_NUMBER, NULL, err);

    while (rows != NULL && rows_next(rows, err))
        *number = rows_int(rows, 0);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
claims_bordereaux(
    Db *db, Arena *arena, Instant as_of, const CarrierClaims **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        CarrierClaims *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "bordereaux", SQL_CLAIM_BORDEREAUX, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((CarrierClaims){
                              .carrier = rows_text(rows, arena, 0),
                              .bordereau = rows_text(rows, arena, 1),
                              .count = rows_int(rows, 2),
                              .total = claim_money(rows, 3, rows_text(rows, arena, 4)),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
