/*
 * What can be asked back tonight: the claims with their deadlines, and the bordereaux they travel
 * in.
 */
#include "core/claim_words.h"
#include "core/text.h"
#include "reports/page.h"

#include <inttypes.h>

// "13 days left", "last day"; a deadline that passed is marked, in words too.
static void
urgency_add(const Page *page, MarkupNode *cell, const Claim *claim)
{
    const Phrases *const phrases = page->phrases;
    const int64_t left = (int64_t)claim->claim_deadline - page->digest->day;

    if (left < 0)
        markup_add_class(cell, "strong", "overdue", phrases->overdue);
    else if (left == 0)
        markup_add_class(cell, "strong", "overdue", phrases->last_day);
    else
        markup_add_class(cell, "span", "soft",
            arena_printf(page->arena, "%s %s", words_count(page->arena, page->language, left),
                left == 1 ? phrases->day_left : phrases->days_left));
}

static void
deadline_cell(const Page *page, MarkupNode *row, const Column *column, const Claim *claim)
{
    Arena *const arena = page->arena;
    const bool due = claim->claim_deadline != DAY_NONE;
    MarkupNode *const cell =
        page_cell(row, column, due ? day_print(arena, claim->claim_deadline) : "-");

    if (due)
        urgency_add(page, cell, claim);
    if (claim->barred_after != DAY_NONE)
        markup_add_class(cell, "span", "soft",
            arena_printf(
                arena, "%s %s", page->phrases->right_ends, day_print(arena, claim->barred_after)));
}

static void
state_cell(const Page *page, MarkupNode *row, const Column *column, const Claim *claim)
{
    MarkupNode *const cell =
        page_cell(row, column, words_claim_state(page->language, claim->state));
    const char *const caution =
        words_claim_caution(page->arena, page->language, claim, page->digest->day);

    if (!text_is_empty(caution))
        markup_add_class(cell, "span", "soft", caution);
    if (!text_is_empty(claim->missing))
        markup_add_class(cell, "span", "soft",
            arena_printf(page->arena, "%s: %s", page->phrases->missing, claim->missing));
}

static void
claim_row(const Page *page, MarkupNode *body, const Column *columns, const Claim *claim)
{
    Arena *const arena = page->arena;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    markup_set(row, "id", arena_printf(arena, "claim-%" PRId64, claim->number));
    page_row_header(row, &columns[0], claim->reference);
    deadline_cell(page, row, &columns[1], claim);
    page_cell(row, &columns[2], words_money(arena, page->language, claim->payable));

    state_cell(page, row, &columns[3], claim);
    markup_add_class(
        page_cell(row, &columns[4], claim->tracking_number), "span", "soft", claim->carrier);

    MarkupNode *const basis = page_cell(row, &columns[5], claim->clause);

    if (!text_is_empty(claim->source))
        markup_add_class(basis, "span", "soft", claim->source);
    if (claim->enclosure_count > 0)
        markup_add_class(basis, "span", "soft",
            arena_printf(arena, "%s: %s", page->phrases->enclose, words_enclosures(arena, claim)));
}

static void
bordereaux_add(const Page *page, MarkupNode *section)
{
    const Phrases *const phrases = page->phrases;
    const Column columns[] = {
        {phrases->carrier, ""},
        {phrases->file, ""},
        {phrases->count, "n"},
        {phrases->total, "n"},
    };

    if (page->digest->bordereau_count == 0)
        return;
    markup_add(section, "h3", phrases->bordereaux);

    MarkupNode *const body = page_table(section, NULL, columns, 4, false);

    for (size_t i = 0; i < page->digest->bordereau_count; i++) {
        const CarrierClaims *const claims = &page->digest->bordereaux[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_row_header(row, &columns[0], claims->carrier);
        page_cell(row, &columns[1], claims->bordereau);
        page_cell(row, &columns[2], words_count(page->arena, page->language, claims->count));
        page_cell(row, &columns[3], words_money(page->arena, page->language, claims->total));
    }
}

void
page_add_claims(const Page *page, MarkupNode *main)
{
    const Phrases *const phrases = page->phrases;
    const Column columns[] = {
        {phrases->reference, "ref"},
        {phrases->deadline, "due"},
        {phrases->payable, "n"},
        {phrases->state, "what"},
        {phrases->parcel, "parcel"},
        {phrases->basis, ""},
    };
    MarkupNode *const section = page_section(main, "claims", phrases->claims);

    if (page->digest->claim_count == 0) {
        markup_add(section, "p", phrases->no_claim);
        return;
    }

    MarkupNode *const body = page_table(section, phrases->claims_caption, columns, 6, true);

    for (size_t i = 0; i < page->digest->claim_count; i++)
        claim_row(page, body, columns, &page->digest->claims[i]);
    bordereaux_add(page, section);
}
