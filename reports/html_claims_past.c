/*
 * What became of all claims: how many stand where and what they bring, which brought too little, and why others ended without
 * money.
 */
#include "core/claim_words.h"
#include "core/text.h"
#include "reports/page.h"

#include <inttypes.h>

typedef struct PastPhrases
{
    const char *funnel, *state, *claims, *payable, *credited;
    const char *underpaid, *reference, *parcel, *due, *missing;
    const char *ends, *reason;
} PastPhrases;

static const PastPhrases english = {
    .funnel = "Where all claims stand: due by the terms, and credited so far",
    .state = "State",
    .claims = "Claims",
    .payable = "Due",
    .credited = "Credited",
    .underpaid = "Credited with less than was due",
    .reference = "Reference",
    .parcel = "Parcel",
    .due = "Due",
    .missing = "Missing",
    .ends = "Why claims ended without money",
    .reason = "Reason",
};

static const PastPhrases french = {
    .funnel = "O\u00f9 en sont toutes les r\u00e9clamations\u00a0: d\u00fb selon les conditions, "
              "cr\u00e9dit\u00e9 \u00e0 ce jour",
    .state = "\u00c9tat",
    .claims = "R\u00e9clamations",
    .payable = "D\u00fb",
    .credited = "Cr\u00e9dit\u00e9",
    .underpaid = "Cr\u00e9dit\u00e9es de moins que le d\u00fb",
    .reference = "R\u00e9f\u00e9rence",
    .parcel = "Colis",
    .due = "D\u00fb",
    .missing = "Manque",
    .ends = "Pourquoi des r\u00e9clamations ont fini sans argent",
    .reason = "Motif",
};

static const char *
money(const Page *page, Money amount)
{
    return words_money(page->arena, page->language, amount);
}

// In the order of a claim's life, which is that of the states.
static void
funnel_add(const Page *page, MarkupNode *section, const PastPhrases *phrases)
{
    const Column columns[] = {
        {phrases->state, ""},
        {phrases->claims, "n"},
        {phrases->payable, "n"},
        {phrases->credited, "n"},
    };
    const Digest *const digest = page->digest;

    if (digest->claim_state_count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->funnel, columns, 4, true);

    for (int state = 1; state < CLAIM_STATE_COUNT; state++)
        for (size_t i = 0; i < digest->claim_state_count; i++) {
            const ClaimStateCount *const count = &digest->claim_states[i];

            if ((int)count->state != state)
                continue;

            MarkupNode *const row = markup_add(body, "tr", NULL);

            page_row_header(row, &columns[0], words_claim_state(page->language, count->state));
            page_cell(row, &columns[1], words_count(page->arena, page->language, count->count));
            page_cell(row, &columns[2], money(page, count->payable));
            page_cell(row, &columns[3], money(page, count->credited));
        }
}

static void
underpaid_add(const Page *page, MarkupNode *section, const PastPhrases *phrases)
{
    const Column columns[] = {
        {phrases->reference, "ref"},
        {phrases->parcel, ""},
        {phrases->state, ""},
        {phrases->due, "n"},
        {phrases->credited, "n"},
        {phrases->missing, "n"},
    };
    const Digest *const digest = page->digest;

    if (digest->underpaid_count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->underpaid, columns, 6, true);

    for (size_t i = 0; i < digest->underpaid_count; i++) {
        const Underpaid *const claim = &digest->underpaid[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);
        Money missing = claim->due;

        missing.minor -= claim->credited.minor;
        page_row_header(row, &columns[0], claim->reference);
        page_cell(row, &columns[1], claim->tracking_number);
        page_cell(row, &columns[2], words_claim_state(page->language, claim->state));
        page_cell(row, &columns[3], money(page, claim->due));
        page_cell(row, &columns[4], money(page, claim->credited));
        page_cell(row, &columns[5], money(page, missing));
    }
}

static void
ends_add(const Page *page, MarkupNode *section, const PastPhrases *phrases)
{
    const Column columns[] = {
        {phrases->state, ""},
        {phrases->reason, ""},
        {phrases->claims, "n"},
    };
    const Digest *const digest = page->digest;

    if (digest->claim_end_count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->ends, columns, 3, true);

    for (size_t i = 0; i < digest->claim_end_count; i++) {
        const ClaimEnd *const end = &digest->claim_ends[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_row_header(row, &columns[0], words_claim_state(page->language, end->state));
        page_cell(row, &columns[1], end->reason);
        page_cell(row, &columns[2], words_count(page->arena, page->language, end->count));
    }
}

void
page_add_claims_past(const Page *page, MarkupNode *section)
{
    const PastPhrases *const phrases = page->language == LANGUAGE_FRENCH ? &french : &english;

    funnel_add(page, section, phrases);
    underpaid_add(page, section, phrases);
    ends_add(page, section, phrases);
}
