#include "sql/claims.h"

#include "core/words.h"
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
param_lines(Params *params, const Claim *claim)
{
    Arena *const arena = params->arena;
    const size_t count = claim->line_count;
    const char **const texts = ARENA_ARRAY(arena, const char *, 3 * count);
    int64_t *const numbers = ARENA_ARRAY(arena, int64_t, 2 * count);

    for (size_t i = 0; i < count; i++) {
        texts[i] = claim->lines[i].name;
        texts[count + i] = claim->lines[i].detail;
        texts[2 * count + i] = claim->lines[i].clause;
        numbers[i] = claim->lines[i].amount.minor;
        numbers[count + i] = claim->lines[i].decided ? 1 : 0;
    }
    for (size_t column = 0; column < 3; column++)
        param_texts(params, texts + column * count, count);
    param_ints(params, numbers, count);
    param_ints(params, numbers + count, count);
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
param_claim(Params *params, const Claim *claim)
{
    const Money any = money_is_known(claim->payable) ? claim->payable : claim->value;

    param_text(params, claim->shipment_id);
    param_text(params, claim_ground_name(claim->ground));
    param_text(params, claim_state_name(claim->state));
    param_text(params, claim->tracking_number);
    param_text(params, claim->carrier);
    param_text(params, claim->service);
    param_text(params, claim->origin);
    param_text(params, claim->destination);
    param_text(params, claim->destination_postcode);
    param_text(params, claim->order_reference);
    param_text(params, claim->invoice_reference);
    param_text(params, claim->contents);
    param_instant(params, claim->accepted_at);
    param_instant(params, claim->promised_at);
    param_instant(params, claim->last_scan_at);
    param_text(params, claim->last_scan);
    param_int(params, claim->weight_grams);
    param_minor(params, claim->value);
    param_minor(params, claim->payable);
    param_text(params, money_is_known(any) ? any.currency : NULL);
    param_day(params, claim->claim_deadline);
    param_text(params, claim->terms);
    param_text(params, claim->clause);
    param_text(params, claim->source);
    param_text(params, claim->missing);
}

static void
param_dates(Params *params, const Claim *claim)
{
    param_day(params, claim->opens_on);
    param_day(params, claim->barred_after);
    param_text(params, claim->opening_clause);
    param_text(params, claim->deadline_clause);
    param_text(params, claim->bar_clause);
    param_text(params, claim->bar_source);
    param_text(params, claim->evidence);
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
    param_lines(&params, opening->claim);
    param_dates(&params, opening->claim);

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

static ValuationLine *
read_lines(const Rows *rows, Arena *arena, int column, const char *currency, size_t *count)
{
    size_t decided;
    const int64_t *const minors = rows_ints(rows, arena, column + 3, count);
    const int64_t *const decides = rows_ints(rows, arena, column + 4, &decided);
    ValuationLine *const lines = ARENA_ARRAY(arena, ValuationLine, *count);

    for (size_t i = 0; i < *count; i++) {
        lines[i] = (ValuationLine){
            .name = rows_array_text(rows, arena, column, i),
            .detail = rows_array_text(rows, arena, column + 1, i),
            .clause = rows_array_text(rows, arena, column + 2, i),
            .amount = {.minor = minors[i]},
            .decided = decides[i] != 0,
        };
        if (strlen(currency) == 3)
            memcpy(lines[i].amount.currency, currency, 3);
    }
    return lines;
}

// The columns of claim_select.sql and claim_of_shipment.sql.
static Claim
read_claim(const Rows *rows, Arena *arena, Day day)
{
    const char *const currency = rows_text(rows, arena, 21);
    Claim claim = {
        .number = rows_int(rows, 0),
        .reference = rows_text(rows, arena, 1),
        .shipment_id = rows_text(rows, arena, 2),
        .opened_as_of = rows_instant(rows, 5),
        .tracking_number = rows_text(rows, arena, 6),
        .carrier = rows_text(rows, arena, 7),
        .service = rows_text(rows, arena, 8),
        .origin = rows_text(rows, arena, 9),
        .destination = rows_text(rows, arena, 10),
        .destination_postcode = rows_text(rows, arena, 11),
        .order_reference = rows_text(rows, arena, 12),
        .invoice_reference = rows_text(rows, arena, 13),
        .contents = rows_text(rows, arena, 14),
        .accepted_at = rows_instant(rows, 15),
        .promised_at = rows_instant(rows, 16),
        .last_scan_at = rows_instant(rows, 17),
        .last_scan = rows_text(rows, arena, 18),
        .weight_grams = rows_int(rows, 19),
        .value = read_money(rows, 20, currency),
        .payable = read_money(rows, 22, currency),
        .claim_deadline = rows_day(rows, 23),
        .terms = rows_text(rows, arena, 24),
        .clause = rows_text(rows, arena, 25),
        .source = rows_text(rows, arena, 26),
        .missing = rows_text(rows, arena, 27),
        .opens_on = rows_day(rows, 34),
        .barred_after = rows_day(rows, 35),
        .opening_clause = rows_text(rows, arena, 36),
        .deadline_clause = rows_text(rows, arena, 37),
        .bar_clause = rows_text(rows, arena, 38),
        .bar_source = rows_text(rows, arena, 39),
        .evidence = rows_text(rows, arena, 40),
    };

    claim_ground_parse(rows_text(rows, arena, 3), &claim.ground);
    claim_state_parse(rows_text(rows, arena, 4), &claim.state);
    claim.lines = read_lines(rows, arena, 28, currency, &claim.line_count);
    claim.caution = words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, day);
    return claim;
}

bool
claims_select(Db *db, Arena *arena, ClaimSelection selection, Instant as_of, Day day,
    const Claim **items, const char *const **carrier_slugs, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Claim *items;
        size_t count, capacity;
    } claims = {.arena = arena};
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } slugs = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_bool(&params, selection == CLAIMS_OF_NIGHT);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_SELECT, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        ARENA_PUSH(&claims, read_claim(rows, arena, day));
        ARENA_PUSH(&slugs, rows_text(rows, arena, 33));
    }
    *items = claims.items;
    *carrier_slugs = slugs.items;
    *count = claims.count;
    return err->kind == ERR_NONE;
}

bool
claims_of_shipment(Db *db, Arena *arena, const char *shipment_id, Instant as_of, Day day,
    const Claim **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        Claim *items;
        size_t count, capacity;
    } claims = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, shipment_id);

    Rows *const rows = rows_open(db, arena, "claims", SQL_CLAIM_OF_SHIPMENT, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&claims, read_claim(rows, arena, day));
    if (err->kind != ERR_NONE)
        return false;
    *items = claims.items;
    *count = claims.count;
    return true;
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
