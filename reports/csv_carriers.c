/*
 * Scorecards for spreadsheets and scripts: a row for each carrier, service and lane; machine formats, no totals.
 */
#include "core/csv.h"
#include "reports/reports.h"

#include <inttypes.h>
#include <math.h>

static const char *const header[] = {
    "level",
    "carrier",
    "service",
    "origin",
    "destination",
    "accepted_since",
    "parcels",
    "presented",
    "transit_median_days",
    "transit_p90_days",
    "transit_p95_days",
    "promised_by",
    "stated_promises",
    "stated_kept",
    "stated_on_time",
    "stated_on_time_low",
    "stated_on_time_high",
    "derived_promises",
    "derived_kept",
    "derived_on_time",
    "derived_on_time_low",
    "derived_on_time_high",
    "accepted_by",
    "ripe",
    "lost",
    "loss_rate",
    "loss_rate_low",
    "loss_rate_high",
    "drifting",
    "drift_since",
    "drift_usual_on_time",
};

static void
count_field(Text *out, int64_t count)
{
    csv_add(out, arena_printf(out->arena, "%" PRId64, count));
}

static void
real_field(Text *out, int digits, double value)
{
    csv_add(out, isnan(value) ? "" : arena_printf(out->arena, "%.*f", digits, value));
}

static void
share_fields(Text *out, const ScoreShare *share)
{
    count_field(out, share->of);
    count_field(out, share->count);
    real_field(out, 6, share->share);
    real_field(out, 6, share->low);
    real_field(out, 6, share->high);
}

static void
card_row(Text *out, const Scorecards *cards, const Scorecard *card)
{
    const ScoreDrift *const drift = &card->drift;

    csv_add(out, score_level_name(card->level));
    csv_add_outside(out, card->carrier);
    csv_add_outside(out, card->service);
    csv_add_outside(out, card->origin);
    csv_add_outside(out, card->destination);
    csv_add_day(out, cards->first_day);
    count_field(out, card->parcels);
    count_field(out, card->presented);
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        real_field(out, 2, card->transit_hours[i] / 24);
    csv_add_day(out, cards->promised_by);
    share_fields(out, &card->on_time[PROMISE_STATED]);
    share_fields(out, &card->on_time[PROMISE_DERIVED]);
    csv_add_day(out, cards->accepted_by < cards->first_day ? DAY_NONE : cards->accepted_by);
    share_fields(out, &card->lost);
    csv_add(out, !drift->known ? "" : drift->on ? "true" : "false");
    csv_add_day(out, drift->on ? drift->since : DAY_NONE);
    real_field(out, 6, drift->usual);
    csv_end(out);
}

const char *
report_carriers_csv(Arena *arena, const Scorecards *cards, size_t *length)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < cards->count; i++)
        card_row(&out, cards, &cards->items[i]);
    *length = out.length;
    return text_get(&out);
}
