/*
 * The bordereau of one carrier and night. Every row is of the same width, so that any reader of CSV
 * takes it: rows of kind "claim" carry the count 1, rows of kind "total", one per currency, the
 * count and the sum. Whoever receives the file can check it by adding two columns. It states the
 * day that grounds a claim, and no deadline: the carrier is the reader.
 */
#include "claims/papers/bordereau.h"

#include "core/claim_words.h"
#include "core/csv.h"

#include <inttypes.h>

static const char *const header[] = {
    "row",
    "count",
    "reference",
    "ground",
    "tracking_number",
    "service",
    "accepted_at",
    "last_scan_at",
    "last_scan",
    "origin",
    "destination",
    "destination_postcode",
    "order_reference",
    "invoice_reference",
    "contents",
    "weight_grams",
    "value",
    "value_currency",
    "payable",
    "currency",
    "terms",
    "clause",
    "opens_on",
    "enclosures",
};

static void
claim_row(Text *out, const Claim *claim)
{
    Arena *const arena = out->arena;

    csv_add(out, "claim");
    csv_add(out, "1");
    csv_add(out, claim->reference);
    csv_add(out, claim_ground_name(claim->ground));
    csv_add_outside(out, claim->tracking_number);
    csv_add_outside(out, claim->service);
    csv_add_instant(out, claim->accepted_at);
    csv_add_instant(out, claim->last_scan_at);
    csv_add_outside(out, claim->last_scan);
    csv_add_outside(out, claim->origin);
    csv_add_outside(out, claim->destination);
    csv_add_outside(out, claim->destination_postcode);
    csv_add_outside(out, claim->order_reference);
    csv_add_outside(out, claim->invoice_reference);
    csv_add_outside(out, claim->contents);
    csv_add(
        out, claim->weight_grams > 0 ? arena_printf(arena, "%" PRId64, claim->weight_grams) : "");
    csv_add_amount(out, claim->value);
    csv_add(out, claim->value.currency);
    csv_add_amount(out, claim->payable);
    csv_add(out, claim->payable.currency);
    csv_add_outside(out, claim->terms);
    csv_add_outside(out, claim->clause);
    csv_add_day(out, claim->opens_on);
    csv_add_outside(out, words_enclosures(arena, claim));
    csv_end(out);
}

static void
total_row(Text *out, size_t count, Money sum)
{
    csv_add(out, "total");
    csv_add(out, arena_printf(out->arena, "%zu", count));
    for (size_t i = 2; i < sizeof header / sizeof header[0]; i++)
        if (text_equal(header[i], "payable"))
            csv_add_amount(out, sum);
        else if (text_equal(header[i], "currency"))
            csv_add(out, sum.currency);
        else
            csv_add(out, "");
    csv_end(out);
}

// A claim whose amount is not known yet counts under an empty currency.
static void
totals_add(Text *out, const Bordereau *bordereau)
{
    BordereauTotal *totals;
    const size_t count = bordereau_totals(out->arena, bordereau, &totals);

    for (size_t i = 0; i < count; i++)
        total_row(out, totals[i].count, totals[i].sum);
    if (count == 0)
        total_row(out, 0, MONEY_NONE);
}

bool
paper_bordereau_csv(Arena *arena, const Bordereau *bordereau, Paper *out, Err *err)
{
    Text text = {.arena = arena};

    (void)err;
    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        csv_add(&text, header[i]);
    csv_end(&text);
    for (size_t i = 0; i < bordereau->count; i++)
        claim_row(&text, &bordereau->dossiers[i].claim);
    totals_add(&text, bordereau);
    *out = (Paper){.name = bordereau_name(arena, bordereau, "bordereau", "csv"),
        .bytes = text_get(&text),
        .length = text.length};
    return true;
}
