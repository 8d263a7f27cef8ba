#include "reports/json_carriers.h"

#include "reports/json_values.h"

#include <string.h>

static json_t *
name_json(Arena *arena, bool known, const char *name)
{
    return known ? json_text(arena, name) : json_null();
}

static json_t *
day_json(Arena *arena, Day day)
{
    return day == DAY_NONE ? json_null() : json_string(day_print(arena, day));
}

static json_t *
share_json(const char *of, const char *count, const ScoreShare *share)
{
    return json_pack("{s:I, s:I, s:o, s:o, s:o}", of, (json_int_t)share->of, count,
        (json_int_t)share->count, "share", json_of_real(share->share), "low",
        json_of_real(share->low), "high", json_of_real(share->high));
}

static json_t *
drift_json(Arena *arena, const ScoreDrift *drift)
{
    if (!drift->known)
        return json_null();
    return json_pack("{s:b, s:o, s:o, s:o, s:I, s:I}", "on", drift->on, "since",
        day_json(arena, drift->since), "statistic", json_of_real(drift->statistic), "usual",
        json_of_real(drift->usual), "promises", (json_int_t)drift->of, "kept",
        (json_int_t)drift->count);
}

static json_t *
card_json(Arena *arena, const Scorecard *card)
{
    const double *const hours = card->transit_hours;
    json_t *const json = json_object();

    json_put_text(arena, json, "level", score_level_name(card->level));
    json_put_text(arena, json, "carrier", card->carrier);
    json_put(json, "service", name_json(arena, card->level >= SCORE_SERVICE, card->service));
    json_put(json, "origin", name_json(arena, card->level == SCORE_LANE, card->origin));
    json_put(json, "destination", name_json(arena, card->level == SCORE_LANE, card->destination));
    json_put_integer(json, "parcels", card->parcels);
    json_put_integer(json, "presented", card->presented);
    json_put(json, "transit_days",
        json_pack("{s:o, s:o, s:o}", "median", json_of_real(hours[0] / 24), "p90",
            json_of_real(hours[1] / 24), "p95", json_of_real(hours[2] / 24)));
    json_put(json, "on_time",
        json_pack("{s:o, s:o}", "stated",
            share_json("promises", "kept", &card->on_time[PROMISE_STATED]), "derived",
            share_json("promises", "kept", &card->on_time[PROMISE_DERIVED])));
    json_put(json, "lost", share_json("parcels", "lost", &card->lost));
    json_put(json, "drift", drift_json(arena, &card->drift));
    return json;
}

static json_t *
claims_json(Arena *arena, const CarrierClaimSums *sums)
{
    const Money won = claim_sum_money(sums, sums->won_minor);
    const Money refused = claim_sum_money(sums, sums->refused_minor);
    const Money owed = claim_sum_money(sums, sums->owed_minor);
    json_t *const json = json_object();

    json_put_text(arena, json, "carrier", sums->carrier);
    json_put(json, "currency", name_json(arena, money_is_known(won), sums->currency));
    json_put_integer(json, "claims", sums->claims);
    json_put_integer(json, "won", sums->won);
    json_put_integer(json, "refused", sums->refused);
    json_put_integer(json, "pending", sums->pending);
    json_put(json, "won_amount", name_json(arena, money_is_known(won), money_amount(arena, won)));
    json_put(json, "refused_amount",
        name_json(arena, money_is_known(won), money_amount(arena, refused)));
    json_put(json, "owed_amount", name_json(arena, money_is_known(won), money_amount(arena, owed)));
    return json;
}

static json_t *
reason_json(Arena *arena, const CarrierReason *reason)
{
    json_t *const json = json_object();

    json_put_text(arena, json, "carrier", reason->carrier);
    json_put_text(arena, json, "kind", case_kind_name(reason->kind));
    json_put_integer(json, "opened", reason->opened);
    json_put_integer(json, "listed", reason->listed);
    return json;
}

static bool
is_wanted(const char *carrier, const char *wanted)
{
    return *wanted == '\0' || strcmp(carrier, wanted) == 0;
}

json_t *
json_carriers(Arena *arena, const Scorecards *cards, const char *carrier)
{
    const bool known = cards->first_day != DAY_NONE;
    const bool ripe = known && cards->accepted_by >= cards->first_day;
    json_t *const json = json_object(), *const list = json_array(), *const claims = json_array(),
                  *const reasons = json_array();

    for (size_t i = 0; i < cards->count; i++)
        if (is_wanted(cards->items[i].carrier, carrier))
            json_array_append_new(list, card_json(arena, &cards->items[i]));
    for (size_t i = 0; i < cards->claim_count; i++)
        if (is_wanted(cards->claims[i].carrier, carrier))
            json_array_append_new(claims, claims_json(arena, &cards->claims[i]));
    for (size_t i = 0; i < cards->reason_count; i++)
        if (is_wanted(cards->reasons[i].carrier, carrier))
            json_array_append_new(reasons, reason_json(arena, &cards->reasons[i]));
    json_put(json, "first_day", day_json(arena, cards->first_day));
    json_put(json, "promised_by", day_json(arena, known ? cards->promised_by : DAY_NONE));
    json_put(json, "accepted_by", day_json(arena, ripe ? cards->accepted_by : DAY_NONE));
    json_put(json, "horizon_days", known ? json_integer(cards->horizon_days) : json_null());
    json_put(json, "cards", list);
    json_put(json, "claims", claims);
    json_put(json, "reasons", reasons);
    return json;
}
