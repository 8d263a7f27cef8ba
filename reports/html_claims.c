/*
 * What can be asked back tonight: the claims with their deadlines, and the bordereaux they travel
 * in.
 */
#include "core/text.h"
#include "reports/page.h"

#include <inttypes.h>

static void
claim_row(const Page *page, MarkupNode *body, const Column *columns, const Claim *claim)
{
    Arena *const arena = page->arena;
    MarkupNode *const row = markup_add(body, "tr", NULL);
    const char *const deadline =
        claim->claim_deadline == DAY_NONE ? "-" : day_print(arena, claim->claim_deadline);

    markup_set(row, "id", arena_printf(arena, "claim-%" PRId64, claim->number));
    page_row_header(row, &columns[0], claim->reference);
    page_cell(row, &columns[1], deadline);
    page_cell(row, &columns[2], words_money(arena, page->language, claim->payable));

    MarkupNode *const state =
        page_cell(row, &columns[3], words_claim_state(page->language, claim->state));

    if (!text_is_empty(claim->missing))
        markup_add_class(state, "span", "soft",
            arena_printf(arena, "%s: %s", page->phrases->missing, claim->missing));
    markup_add_class(
        page_cell(row, &columns[4], claim->tracking_number), "span", "soft", claim->carrier);

    MarkupNode *const basis = page_cell(row, &columns[5], claim->clause);

    if (!text_is_empty(claim->source))
        markup_add_class(basis, "span", "soft", claim->source);
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
        {phrases->reference, ""},
        {phrases->deadline, ""},
        {phrases->payable, "n"},
        {phrases->state, ""},
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
