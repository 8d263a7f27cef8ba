/*
 * What became of the cases of the last weeks, and how fresh what carriers tell is.
 */
#include "core/text.h"
#include "reports/page.h"

#include <math.h>

typedef struct FatePhrases
{
    const char *caption, *kind, *opened, *cleared, *dismissed, *confirmed, *open;
    const char *fresh, *carrier, *newest, *age, *moved, *expected, *never;
} FatePhrases;

static const FatePhrases english = {
    .caption = "What became of the cases opened in the last 28 days",
    .kind = "Opened as",
    .opened = "Opened",
    .cleared = "Cleared by a scan",
    .dismissed = "Dismissed: false",
    .confirmed = "Taken up by people",
    .open = "Still open",
    .fresh = "How fresh each carrier's scans are",
    .carrier = "Carrier",
    .newest = "Newest scan",
    .age = "Before the night",
    .moved = "Moved on",
    .expected = "Should have",
    .never = "none yet",
};

static const FatePhrases french = {
    .caption = "Ce que sont devenus les cas ouverts ces 28 derniers jours",
    .kind = "Ouverts comme",
    .opened = "Ouverts",
    .cleared = "Lev\u00e9s par un passage",
    .dismissed = "\u00c9cart\u00e9s\u00a0: faux",
    .confirmed = "Pris en charge",
    .open = "Encore ouverts",
    .fresh = "Fra\u00eecheur des passages de chaque transporteur",
    .carrier = "Transporteur",
    .newest = "Dernier passage",
    .age = "Avant la nuit",
    .moved = "Ont avanc\u00e9",
    .expected = "Attendus",
    .never = "aucun",
};

static const FatePhrases *
phrases_in(Language language)
{
    return language == LANGUAGE_FRENCH ? &french : &english;
}

static void
fate_row(const Page *page, MarkupNode *body, const Column *columns, const CaseFate *fate)
{
    const int64_t counts[] = {fate->opened, fate->cleared, fate->dismissed, fate->confirmed,
        fate->opened - fate->cleared - fate->dismissed - fate->confirmed};
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], words_case_kind(page->language, fate->kind));
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        page_cell(row, &columns[i + 1], words_count(page->arena, page->language, counts[i]));
}

void
page_add_fates(const Page *page, MarkupNode *section)
{
    const FatePhrases *const phrases = phrases_in(page->language);
    const Column columns[] = {{phrases->kind, ""}, {phrases->opened, "n"}, {phrases->cleared, "n"},
        {phrases->dismissed, "n"}, {phrases->confirmed, "n"}, {phrases->open, "n"}};

    if (page->digest->fate_count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->caption, columns, 6, true);

    for (size_t i = 0; i < page->digest->fate_count; i++)
        fate_row(page, body, columns, &page->digest->fates[i]);
}

static void
carrier_row(const Page *page, MarkupNode *body, const Column *columns, const Flow *flow)
{
    Arena *const arena = page->arena;
    const FatePhrases *const phrases = phrases_in(page->language);
    const bool known = flow->newest_at != INSTANT_NONE;
    const double age =
        known ? (double)(page->digest->as_of - flow->newest_at) / (double)HOUR : (double)NAN;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], flow->carrier);
    page_cell(
        row, &columns[1], known ? zone_print(arena, page->zone, flow->newest_at) : phrases->never);
    page_cell(row, &columns[2], known ? words_hours(arena, page->language, age) : "-");
    page_cell(row, &columns[3], words_count(arena, page->language, (int64_t)flow->observed));
    page_cell(row, &columns[4], words_count(arena, page->language, (int64_t)(flow->expected + .5)));
}

void
page_add_freshness(const Page *page, MarkupNode *section)
{
    const FatePhrases *const phrases = phrases_in(page->language);
    const Column columns[] = {{phrases->carrier, ""}, {phrases->newest, "ref"}, {phrases->age, "n"},
        {phrases->moved, "n"}, {phrases->expected, "n"}};

    if (page->digest->carrier_count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->fresh, columns, 5, true);

    for (size_t i = 0; i < page->digest->carrier_count; i++)
        carrier_row(page, body, columns, &page->digest->carriers[i]);
}
