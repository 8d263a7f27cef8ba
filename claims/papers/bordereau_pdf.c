/*
 * The bordereau on paper: one line per claim, totals by currency, and lines on which the carrier confirms
 * receipt.
 */
#include "claims/papers/bordereau.h"

#include "claims/papers/desk.h"
#include "core/claim_words.h"
#include "core/text.h"

#include <string.h>

static FolioRow
claim_row(const Desk *desk, const Claim *claim)
{
    const Language language = tongue_language(desk->tongue);
    const char **const cells = ARENA_ARRAY(desk->arena, const char *, 6);

    cells[0] = claim_reference(desk->arena, claim->number);
    cells[1] = claim->tracking_number;
    cells[2] = words_claim_ground(language, claim->ground);
    cells[3] = claim->order_reference;
    cells[4] = claim->clause;
    cells[5] = money_is_known(claim->payable) ? desk_money(desk, claim->payable)
                                              : desk_word(desk, "unknown");
    return (FolioRow){.cells = cells};
}

static void
draw_claims(const Desk *desk, const Bordereau *bordereau)
{
    const FolioColumn columns[] = {
        {.name = desk_word(desk, "reference"), .share = .16},
        {.name = desk_word(desk, "tracking_number"), .share = .22},
        {.name = desk_word(desk, "ground"), .share = .13},
        {.name = desk_word(desk, "order_reference"), .share = .15},
        {.name = desk_word(desk, "clause"), .share = .18},
        {.name = desk_word(desk, "amount"), .share = .16, .right = true},
    };
    FolioRow *const rows = ARENA_ARRAY(desk->arena, FolioRow, bordereau->count);

    for (size_t i = 0; i < bordereau->count; i++)
        rows[i] = claim_row(desk, &bordereau->dossiers[i].claim);
    folio_table(desk->folio, columns, sizeof columns / sizeof columns[0], rows, bordereau->count);
}

static void
draw_totals(const Desk *desk, const Bordereau *bordereau)
{
    const Language language = tongue_language(desk->tongue);
    const FolioColumn columns[] = {
        {.name = desk_word(desk, "currency"), .share = .4},
        {.name = desk_word(desk, "count"), .share = .3, .right = true},
        {.name = desk_word(desk, "total"), .share = .3, .right = true},
    };
    BordereauTotal *totals;
    const size_t count = bordereau_totals(desk->arena, bordereau, &totals);
    FolioRow *const rows = ARENA_ARRAY(desk->arena, FolioRow, count);

    for (size_t i = 0; i < count; i++) {
        const char **const cells = ARENA_ARRAY(desk->arena, const char *, 3);
        const bool known = money_is_known(totals[i].sum);

        cells[0] = known ? totals[i].sum.currency : desk_word(desk, "unknown");
        cells[1] = words_count(desk->arena, language, (int64_t)totals[i].count);
        cells[2] = desk_money(desk, totals[i].sum);
        rows[i] = (FolioRow){.cells = cells, .strong = true};
    }
    folio_heading(desk->folio, desk_word(desk, "bordereau_totals"));
    folio_table(desk->folio, columns, sizeof columns / sizeof columns[0], rows, count);
}

static void
draw_head(const Desk *desk, const Bordereau *bordereau, const char *title)
{
    const Party *const claimant = &desk->dossier->claimant;
    const Language language = tongue_language(desk->tongue);
    const char *const account =
        text_is_empty(claimant->account)
            ? ""
            : desk_fill(desk, "account", "account", claimant->account, NULL);

    folio_blocks(desk->folio, desk_party(desk, claimant, account),
        desk_party(desk, &desk->dossier->carrier, ""));
    folio_title(desk->folio, title);
    folio_paragraph(
        desk->folio, desk_fill(desk, "bordereau_note", "count",
                         words_count(desk->arena, language, (int64_t)bordereau->count), NULL));
}

static void
draw_signatures(const Desk *desk)
{
    folio_space(desk->folio, 8);
    folio_blank(desk->folio, desk_word(desk, "received_by"));
    folio_blank(desk->folio, desk_word(desk, "received_on"));
    folio_blank(desk->folio, desk_word(desk, "received_signature"));
}

static const char *
title_of(const Desk *desk, const Bordereau *bordereau)
{
    const Party *const carrier = &desk->dossier->carrier;

    const char *const title = desk_fill(desk, "bordereau_title", "carrier",
        text_is_empty(carrier->name) ? desk->claim->carrier : carrier->name, "day",
        words_day(desk->arena, tongue_language(desk->tongue), bordereau->day), NULL);

    if (bordereau->parts == 0)
        return title;
    return desk_fill(desk, "bordereau_part", "title", title, "part",
        arena_printf(desk->arena, "%zu", bordereau->part), "parts",
        arena_printf(desk->arena, "%zu", bordereau->parts), NULL);
}

bool
paper_bordereau_pdf(Press *press, Arena *arena, const Bordereau *bordereau, Paper *out, Err *err)
{
    Paper paper = {.name = bordereau_name(arena, bordereau, "bordereau", "pdf")};
    Desk desk;

    if (!desk_set(&desk, press, arena, &bordereau->dossiers[0], err))
        return false;

    const char *const title = title_of(&desk, bordereau);

    desk.reference = arena_copy_bytes(arena, paper.name, strlen(paper.name) - strlen(".pdf"));
    desk_begin(&desk, title, "");
    draw_head(&desk, bordereau, title);
    draw_claims(&desk, bordereau);
    draw_totals(&desk, bordereau);
    draw_signatures(&desk);
    if (!folio_end(desk.folio, &paper.bytes, &paper.length, err))
        return err_context(err, "%s", paper.name);
    *out = paper;
    return true;
}
