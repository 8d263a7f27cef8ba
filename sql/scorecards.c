#include "sql/scorecards.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <math.h>

static void
param_share(Params *params, const ScoreShare *share, int64_t count)
{
    param_int(params, share->of);
    param_int(params, count);
    param_real(params, share->low);
    param_real(params, share->high);
}

static void
param_drift(Params *params, const ScoreDrift *drift)
{
    param_bool(params, drift->known);
    param_bool(params, drift->on);
    param_day(params, drift->since);
    param_real(params, drift->statistic);
    param_real(params, drift->usual);
    param_int(params, drift->of);
    param_int(params, drift->count);
}

static void
param_card(Params *params, Instant as_of, const Scorecard *card)
{
    param_instant(params, as_of);
    param_text(params, score_level_name(card->level));
    param_text(params, card->carrier);
    param_text(params, card->service);
    param_text(params, card->origin);
    param_text(params, card->destination);
    param_int(params, card->parcels);
    param_int(params, card->presented);
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        param_real(params, card->transit_hours[i]);
    for (size_t i = 0; i < SCORE_ORIGINS; i++)
        param_share(params, &card->on_time[i], card->on_time[i].count);
    param_share(params, &card->lost, card->lost.count);
    param_drift(params, &card->drift);
}

static bool
write_head(Db *db, Arena *arena, Instant as_of, const Scorecards *cards, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_day(&params, cards->first_day);
    param_day(&params, cards->promised_by);
    param_day(&params, cards->accepted_by);
    param_int(&params, cards->horizon_days);
    return rows_run(db, "scorecards", SQL_SCORECARD_NIGHT_WRITE, &params, NULL, err);
}

static bool
write_cards(Db *db, Arena *arena, Instant as_of, const Scorecards *cards, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "scorecards", SQL_SCORECARD_COPY, err);

    for (size_t i = 0; good && i < cards->count; i++) {
        param_card(&rows.row, as_of, &cards->items[i]);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
scorecards_write(Db *db, Instant as_of, const Scorecards *cards, Err *err)
{
    Arena *const arena = arena_create();
    Params own = {.arena = arena};

    param_instant(&own, as_of);

    const bool done = rows_run(db, "scorecards", SQL_SCORECARD_DELETE, &own, NULL, err) &&
                      write_head(db, arena, as_of, cards, err) &&
                      write_cards(db, arena, as_of, cards, err);

    arena_destroy(arena);
    return done;
}

// The four columns of a share.
static ScoreShare
read_share(const Rows *rows, int column)
{
    const int64_t of = rows_int(rows, column), count = rows_int(rows, column + 1);

    return (ScoreShare){.of = of,
        .count = count,
        .share = of > 0 ? (double)count / (double)of : (double)NAN,
        .low = rows_real(rows, column + 2),
        .high = rows_real(rows, column + 3)};
}

static Scorecard
read_card(const Rows *rows, Arena *arena)
{
    Scorecard card = {
        .carrier = rows_text(rows, arena, 1),
        .service = rows_text(rows, arena, 2),
        .origin = rows_text(rows, arena, 3),
        .destination = rows_text(rows, arena, 4),
        .parcels = rows_int(rows, 5),
        .presented = rows_int(rows, 6),
        .on_time =
            {[PROMISE_STATED] = read_share(rows, 10), [PROMISE_DERIVED] = read_share(rows, 14)},
        .lost = read_share(rows, 18),
        .drift = {.known = rows_bool(rows, 22),
            .on = rows_bool(rows, 23),
            .since = rows_day(rows, 24),
            .statistic = rows_real(rows, 25),
            .usual = rows_real(rows, 26),
            .of = rows_int(rows, 27),
            .count = rows_int(rows, 28)},
    };

    score_level_parse(rows_text(rows, arena, 0), &card.level);
    for (int i = 0; i < SCORE_QUANTILES; i++)
        card.transit_hours[i] = rows_real(rows, 7 + i);
    return card;
}

static bool
read_head(Db *db, Arena *arena, Instant as_of, Scorecards *out, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "scorecards", SQL_SCORECARD_HEAD, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        out->as_of = rows_instant(rows, 0);
        out->first_day = rows_day(rows, 1);
        out->promised_by = rows_day(rows, 2);
        out->accepted_by = rows_day(rows, 3);
        out->horizon_days = (int32_t)rows_int(rows, 4);
    }
    return err->kind == ERR_NONE;
}

static bool
read_cards(Db *db, Arena *arena, const Params *params, Scorecards *out, Err *err)
{
    struct
    {
        Arena *arena;
        Scorecard *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "scorecards", SQL_SCORECARD_READ, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_card(rows, arena));
    out->items = list.items;
    out->count = list.count;
    return err->kind == ERR_NONE;
}

static bool
read_claims(Db *db, Arena *arena, const Params *params, Scorecards *out, Err *err)
{
    struct
    {
        Arena *arena;
        CarrierClaimSums *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "claims by carrier", SQL_SCORECARD_CLAIMS, params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((CarrierClaimSums){
                              .carrier = rows_text(rows, arena, 0),
                              .currency = rows_text(rows, arena, 1),
                              .claims = rows_int(rows, 2),
                              .won = rows_int(rows, 3),
                              .refused = rows_int(rows, 4),
                              .pending = rows_int(rows, 5),
                              .won_minor = rows_int(rows, 6),
                              .refused_minor = rows_int(rows, 7),
                              .owed_minor = rows_int(rows, 8),
                          }));
    out->claims = list.items;
    out->claim_count = list.count;
    return err->kind == ERR_NONE;
}

static bool
read_reasons(Db *db, Arena *arena, const Params *params, Scorecards *out, Err *err)
{
    struct
    {
        Arena *arena;
        CarrierReason *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const rows = rows_open(db, arena, "reasons", SQL_SCORECARD_REASONS, params, err);

    while (rows != NULL && rows_next(rows, err)) {
        CarrierReason reason = {.carrier = rows_text(rows, arena, 0),
            .opened = rows_int(rows, 2),
            .listed = rows_int(rows, 3)};

        if (case_kind_parse(rows_text(rows, arena, 1), &reason.kind))
            ARENA_PUSH(&list, reason);
    }
    out->reasons = list.items;
    out->reason_count = list.count;
    return err->kind == ERR_NONE;
}

bool
scorecards_read(Db *db, Arena *arena, Instant as_of, const Zone *zone, Scorecards *out, Err *err)
{
    Scorecards cards = {.as_of = INSTANT_NONE, .first_day = DAY_NONE};
    Params night = {.arena = arena}, span = {.arena = arena};

    if (!read_head(db, arena, as_of, &cards, err))
        return false;
    if (cards.first_day != DAY_NONE) {
        param_instant(&night, cards.as_of);
        param_instant(&span, cards.as_of);
        param_instant(&span, zone_day_start(zone, cards.first_day));
        if (!read_cards(db, arena, &night, &cards, err) ||
            !read_claims(db, arena, &span, &cards, err) ||
            !read_reasons(db, arena, &span, &cards, err))
            return false;
    }
    *out = cards;
    return true;
}
