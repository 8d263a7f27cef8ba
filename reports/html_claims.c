/*
 * What can be asked back tonight: the claims with their deadlines, and the bordereaux they travel
 * in.
 */
#include "core/claim_words.h"
#include "core/text.h"
#include "reports/grid.h"

#include <inttypes.h>
#include <math.h>

enum
{
    REFERENCE,
    DEADLINE,
    PAYABLE,
    STATE,
    PARCEL,
    BASIS,
    COLUMN_COUNT
};

// "13 days left", "last day"; a deadline that passed is marked, in words too.
static void
urgency_note(const Page *page, GridCell *cell, const Claim *claim)
{
    const Phrases *const phrases = page->phrases;
    const int64_t left = (int64_t)claim->claim_deadline - page->digest->day;

    if (left <= 0)
        grid_note(cell, left < 0 ? phrases->overdue : phrases->last_day, "overdue", "");
    else
        grid_note(cell,
            arena_printf(page->arena, "%s %s", words_count(page->arena, page->language, left),
                left == 1 ? phrases->day_left : phrases->days_left),
            "soft", "");
}

static void
deadline_cell(const Page *page, GridCell *cell, const Claim *claim)
{
    Arena *const arena = page->arena;

    cell->main.text = "-";
    if (claim->claim_deadline != DAY_NONE) {
        cell->main.text = day_print(arena, claim->claim_deadline);
        cell->key = claim->claim_deadline;
        urgency_note(page, cell, claim);
    }
    if (claim->barred_after != DAY_NONE)
        grid_note(cell,
            arena_printf(
                arena, "%s %s", page->phrases->right_ends, day_print(arena, claim->barred_after)),
            "soft", "");
}

static void
state_cell(const Page *page, GridCell *cell, const Claim *claim)
{
    cell->main.text = words_claim_state(page->language, claim->state);
    grid_note(cell, words_claim_caution(page->arena, page->language, claim, page->digest->day),
        "soft", "");
    if (!text_is_empty(claim->missing))
        grid_note(cell,
            arena_printf(page->arena, IN_LANGUAGE(page->language, "%s: %s", "%s\u00a0: %s"),
                page->phrases->missing, claim->missing),
            "soft", "");
}

static void
fill(const void *data, const Page *page, size_t index, GridRow *row)
{
    const Digest *const digest = data;
    const Claim *const claim = &digest->claims[index];
    Arena *const arena = page->arena;
    GridCell *const cells = row->cells;

    row->id = arena_printf(arena, "claim-%" PRId64, claim->number);
    cells[REFERENCE].main.text = claim->reference;
    deadline_cell(page, &cells[DEADLINE], claim);
    cells[PAYABLE].main.text = words_money(arena, page->language, claim->payable);
    cells[PAYABLE].key =
        money_is_known(claim->payable) ? (double)claim->payable.minor : (double)NAN;
    state_cell(page, &cells[STATE], claim);
    cells[PARCEL].main.text = claim->tracking_number;
    grid_note(&cells[PARCEL], claim->carrier, "soft", "");
    cells[BASIS].main.text = claim->clause;
    grid_note(&cells[BASIS], claim->source, "soft", "");
    if (claim->enclosure_count > 0)
        grid_note(&cells[BASIS],
            arena_printf(arena, IN_LANGUAGE(page->language, "%s: %s", "%s\u00a0: %s"),
                page->phrases->enclose, words_enclosures(arena, claim)),
            "soft", "");
    row->facets[0] = words_claim_state(page->language, claim->state);
    row->facets[1] = claim->carrier;
}

static const Column *
columns_of(Arena *arena, const Phrases *phrases)
{
    const Column columns[COLUMN_COUNT] = {
        [REFERENCE] = {phrases->reference, "ref"},
        [DEADLINE] = {phrases->deadline, "due"},
        [PAYABLE] = {phrases->payable, "n"},
        [STATE] = {phrases->state, "what"},
        [PARCEL] = {phrases->parcel, "parcel"},
        [BASIS] = {phrases->basis, "basis"},
    };

    return arena_grow_array(arena, columns, sizeof columns[0], COLUMN_COUNT, COLUMN_COUNT);
}

void
page_claims_grid(const Page *page, Grid *out)
{
    const Phrases *const phrases = page->phrases;

    *out = (Grid){
        .name = "claims",
        .caption = phrases->claims_caption,
        .form = phrases->form_claims,
        .columns = columns_of(page->arena, phrases),
        .column_count = COLUMN_COUNT,
        .header = REFERENCE,
        .facets = {phrases->state, phrases->carrier},
        .count = page->digest->claim_count,
        .fill = fill,
        .data = page->digest,
    };
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
    MarkupNode *const section = page_section(main, "claims", page->phrases->claims);
    Grid grid;

    if (page->digest->claim_count == 0) {
        markup_add(section, "p", page->phrases->no_claim);
    } else {
        page_claims_grid(page, &grid);
        grid_add(page, section, &grid, 0);
        bordereaux_add(page, section);
    }
    page_add_claims_past(page, section);
}
