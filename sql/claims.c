#include "sql/claims.h"

#include "core/claim_words.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

bool
claims_candidates(
    Db *db, Arena *arena, Instant as_of, const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows =
        rows_open(db, arena, "lost parcels without claim", SQL_CLAIM_CANDIDATES, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

static void
param_minor(Params *params, Money money)
{
    if (money_is_known(money))
        param_int(params, money.minor);
    else
        param_text(params, NULL);
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

static void
param_claim(Params *params, const Claim *claim)
{
    param_text(params, claim->shipment_id);
    param_text(params, claim_ground_name(claim->ground));
    param_int(params, claim->number);
    param_text(params, claim->reference);
    param_text(params, claim_state_name(claim->state));
    param_text(params, claim->tracking_number);
    param_text(params, claim->carrier);
    param_money(params, claim->value);
    param_money(params, claim->payable);
    param_dates(params, claim);
    param_text(params, claim->terms);
    param_text(params, claim->clause);
    param_text(params, claim->missing);
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

static bool
open_one(Db *db, Instant as_of, const char *actor, Instant recorded_at, const ClaimOpening *opening,
    Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, actor);
    param_instant(&params, recorded_at);
    param_text(&params, opening->carrier_slug);
    param_text(&params, opening->note);
    param_claim(&params, opening->claim);
    param_text(&params, opening->dossier);

    const bool done = rows_run(db, "claims", SQL_CLAIM_OPEN, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
claims_open(Db *db, Instant as_of, const char *actor, Instant recorded_at,
    const ClaimOpening *openings, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!open_one(db, as_of, actor, recorded_at, &openings[i], err))
            return err_context(err, "shipment \"%s\"", openings[i].claim->shipment_id);
    return true;
}

bool
claims_refuse(Db *db, Instant as_of, ClaimGround ground, const char *const *ids,
    const char *const *reasons, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, claim_ground_name(ground));
    param_texts(&params, ids, count);
    param_texts(&params, reasons, count);

    const bool done = rows_run(db, "claim refusals", SQL_CLAIM_REFUSE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

static bool
move_some(Db *db, const char *sql, Instant as_of, Day day, const char *actor, Instant recorded_at,
    int64_t *moved, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, actor);
    param_instant(&params, recorded_at);
    if (day != DAY_NONE)
        param_day(&params, day);

    const bool done = rows_run(db, "claims", sql, &params, moved, err);

    arena_destroy(arena);
    return done;
}

bool
claims_void_found(
    Db *db, Instant as_of, const char *actor, Instant recorded_at, int64_t *voided, Err *err)
{
    return move_some(db, SQL_CLAIM_VOID_FOUND, as_of, DAY_NONE, actor, recorded_at, voided, err);
}

bool
claims_bar(Db *db, Instant as_of, Day day, const char *actor, Instant recorded_at, int64_t *barred,
    Err *err)
{
    return move_some(db, SQL_CLAIM_BAR, as_of, day, actor, recorded_at, barred, err);
}

bool
claims_make_ready(Db *db, Instant as_of, Day day, const char *actor, Instant recorded_at,
    int64_t *made_ready, Err *err)
{
    return move_some(db, SQL_CLAIM_MAKE_READY, as_of, day, actor, recorded_at, made_ready, err);
}

static Money
read_money(const Rows *rows, int column, const char *currency)
{
    Money money = {.minor = rows_int(rows, column)};

    if (!rows_is_null(rows, column) && strlen(currency) == 3)
        memcpy(money.currency, currency, 3);
    return money;
}

// The columns of claim_select.sql and claim_of_shipment.sql.
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
        .value = read_money(rows, 9, rows_text(rows, arena, 10)),
        .payable = read_money(rows, 12, currency),
        .claimed = read_money(rows, 13, currency),
        .granted = read_money(rows, 14, currency),
        .credited = read_money(rows, 15, currency),
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

static bool
read_claims(Db *db, Arena *arena, const char *sql, const Params *params, Day day,
    const LedgerClaim **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        LedgerClaim *items;
        size_t count, capacity;
    } claims = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "claims", sql, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&claims, ((LedgerClaim){
                                .claim = read_claim(rows, arena, day),
                                .carrier_slug = rows_text(rows, arena, 8),
                                .dossier = rows_text(rows, arena, 29),
                            }));
    if (err->kind != ERR_NONE)
        return false;
    *items = claims.items;
    *count = claims.count;
    return true;
}

bool
claims_select(Db *db, Arena *arena, ClaimSelection selection, Instant as_of, Day day,
    const LedgerClaim **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_bool(&params, selection == CLAIMS_OF_NIGHT);
    return read_claims(db, arena, SQL_CLAIM_SELECT, &params, day, items, count, err);
}

bool
claims_of_shipment(Db *db, Arena *arena, const char *shipment_id, Instant as_of, Day day,
    const LedgerClaim **items, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, shipment_id);
    return read_claims(db, arena, SQL_CLAIM_OF_SHIPMENT, &params, day, items, count, err);
}

bool
claims_record_document(Db *db, Instant as_of, const ClaimDocument *document, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, document->file_name);
    param_text(&params, document->carrier);
    param_int(&params, document->claim_count);
    param_minor(&params, document->total);
    param_text(&params, money_is_known(document->total) ? document->total.currency : NULL);
    param_int(&params, document->size_bytes);
    param_text(&params, document->sha256);

    const bool done =
        rows_run(db, "claim documents", SQL_CLAIM_DOCUMENT_RECORD, &params, NULL, err);

    arena_destroy(arena);
    return done;
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
                              .total = read_money(rows, 3, rows_text(rows, arena, 4)),
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
