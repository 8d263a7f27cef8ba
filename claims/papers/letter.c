/*
 * The letter does the three things that any claim must do (49 CFR 370.3): it identifies the shipment,
 * asserts the carrier's liability and demands a determinable amount. Its parts follow the NMFTA's
 * "Standard Form for Presentation of Loss and Damage Claim": a detailed statement of how the amount
 * is determined, the documents enclosed, and why others are absent. The words are in claims/templates.
 */
#include "claims/papers/desk.h"

#include "claims/papers/missing.h"
#include "core/claim_words.h"
#include "core/text.h"

static bool
is_draft(const Desk *desk)
{
    return !money_is_known(desk->claim->payable);
}

static bool
has_lines(const Desk *desk)
{
    return desk->claim->line_count > 0;
}

static FolioRow
amount_row(const Desk *desk, const ValuationLine *line)
{
    const Language language = tongue_language(desk->tongue);
    const char **const cells = ARENA_ARRAY(desk->arena, const char *, 5);

    cells[0] = words_liability(language, line->kind);
    cells[1] = words_valuation(desk->arena, language, line);
    cells[2] = line->clause;
    cells[3] =
        money_is_known(line->amount) ? desk_money(desk, line->amount) : desk_word(desk, "unknown");
    cells[4] = line->decided ? desk_word(desk, "yes") : "";
    return (FolioRow){.cells = cells, .strong = line->decided};
}

static FolioRow
payable_row(const Desk *desk)
{
    const char **const cells = ARENA_ARRAY(desk->arena, const char *, 5);

    cells[0] = desk_word(desk, "payable");
    cells[3] = is_draft(desk) ? desk_word(desk, "unknown") : desk_money(desk, desk->claim->payable);
    return (FolioRow){.cells = cells, .strong = true};
}

static void
draw_amount(Desk *desk)
{
    const Claim *const claim = desk->claim;
    const FolioColumn columns[] = {
        {.name = desk_word(desk, "line"), .share = .19},
        {.name = desk_word(desk, "detail"), .share = .32},
        {.name = desk_word(desk, "clause"), .share = .24},
        {.name = desk_word(desk, "amount"), .share = .15, .right = true},
        {.name = desk_word(desk, "decides"), .share = .10},
    };
    FolioRow *const rows = ARENA_ARRAY(desk->arena, FolioRow, claim->line_count + 1);

    for (size_t i = 0; i < claim->line_count; i++)
        rows[i] = amount_row(desk, &claim->lines[i]);
    rows[claim->line_count] = payable_row(desk);
    folio_table(
        desk->folio, columns, sizeof columns / sizeof columns[0], rows, claim->line_count + 1);
}

// Terms name their enclosures in English; words_XX.txt may know their names in its language.
static const char *
enclosure_name(const Desk *desk, const ClaimEnclosure *enclosure)
{
    const char *const key = arena_printf(desk->arena, "enclosure.%s", enclosure->name);

    return tongue_knows(desk->tongue, key) ? tongue_word(desk->tongue, key) : enclosure->name;
}

static const char *
own_file(const Desk *desk, const char *key, const char *suffix)
{
    return desk_fill(
        desk, key, "file", arena_printf(desk->arena, "%s%s", desk->reference, suffix), NULL);
}

static void
draw_enclosed(Desk *desk)
{
    const Claim *const claim = desk->claim;
    const char **const texts = ARENA_ARRAY(desk->arena, const char *, claim->enclosure_count + 3);
    size_t count = 0;

    texts[count++] = own_file(desk, "enclosed_annex", "-annex.pdf");
    texts[count++] = own_file(desk, "enclosed_dossier", ".xml");
    for (size_t i = 0; i < claim->enclosure_count; i++) {
        const ClaimEnclosure *const enclosure = &claim->enclosures[i];

        if (enclosure->present)
            texts[count++] = desk_fill(desk, "enclosed", "name", enclosure_name(desk, enclosure),
                "reference", enclosure->reference, NULL);
    }
    folio_list(desk->folio, texts, count);
}

static bool
has_absent(const Desk *desk)
{
    for (size_t i = 0; i < desk->claim->enclosure_count; i++)
        if (!desk->claim->enclosures[i].present)
            return true;
    return false;
}

static void
draw_absent(Desk *desk)
{
    const Claim *const claim = desk->claim;
    const FolioColumn columns[] = {
        {.name = desk_word(desk, "document"), .share = .38},
        {.name = desk_word(desk, "required"), .share = .12},
        {.name = desk_word(desk, "absence"), .share = .50},
    };
    FolioRow *const rows = ARENA_ARRAY(desk->arena, FolioRow, claim->enclosure_count);
    size_t count = 0;

    for (size_t i = 0; i < claim->enclosure_count; i++) {
        const ClaimEnclosure *const enclosure = &claim->enclosures[i];
        const char **const cells = ARENA_ARRAY(desk->arena, const char *, 3);

        if (enclosure->present)
            continue;
        cells[0] = enclosure_name(desk, enclosure);
        cells[1] = enclosure->required ? desk_word(desk, "yes") : "";
        cells[2] = enclosure->absence;
        rows[count++] = (FolioRow){.cells = cells};
    }
    folio_table(desk->folio, columns, sizeof columns / sizeof columns[0], rows, count);
}

static const DeskPart parts[] = {
    {"facts", NULL, desk_draw_facts},
    {"amount", has_lines, draw_amount},
    {"enclosed", NULL, draw_enclosed},
    {"absent", has_absent, draw_absent},
    {"signature", NULL, desk_draw_signature},
};

static Slots
letter_slots(const Desk *desk)
{
    const Claim *const claim = desk->claim;
    const Day opens = claim->opens_on;
    Slots slots = {.arena = desk->arena};

    for (ClaimGround ground = GROUND_LOSS; ground < GROUND_COUNT; ground++)
        desk_put_condition(&slots, claim_ground_name(ground), ground == claim->ground);
    desk_put_condition(&slots, "demand", !is_draft(desk));
    desk_put_condition(&slots, "draft", is_draft(desk));
    desk_put(&slots, "accepted", desk_day(desk, claim->accepted_at));
    desk_put(&slots, "promised", desk_day(desk, claim->promised_at));
    desk_put(&slots, "last_scan", desk_time(desk, claim->last_scan_at));
    desk_put(&slots, "last_scan_at", desk_time(desk, claim->last_scan_at));
    desk_put(&slots, "account", desk->dossier->claimant.account);
    desk_put(&slots, "amount", desk_money(desk, claim->payable));
    desk_put(&slots, "missing", missing_words(desk->arena, desk->tongue, claim->missing));
    desk_put(&slots, "clause", claim->clause);
    desk_put(&slots, "source", claim->source);
    desk_put(&slots, "opens",
        opens == DAY_NONE ? "" : words_day(desk->arena, tongue_language(desk->tongue), opens));
    desk_put(&slots, "opening_clause", claim->opening_clause);
    return slots;
}

bool
paper_letter(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err)
{
    Desk desk;

    if (!desk_set(&desk, press, arena, dossier, err))
        return false;

    const char *const key =
        arena_printf(arena, "letter_title.%s", claim_ground_name(dossier->claim.ground));
    const char *const title =
        desk_fill(&desk, key, "parcel", desk_parcel(&desk), "reference", desk.reference, NULL);
    const Slots slots = letter_slots(&desk);

    desk_begin(&desk, title, is_draft(&desk) ? desk_word(&desk, "draft") : "");
    if (is_draft(&desk))
        folio_banner(
            desk.folio, desk_fill(&desk, "letter_draft", "missing",
                            missing_words(arena, desk.tongue, dossier->claim.missing), NULL));
    desk_head(&desk, title);
    desk_print(
        &desk, tongue_text(desk.tongue, "letter"), &slots, parts, sizeof parts / sizeof parts[0]);
    return desk_end(&desk, "letter.pdf", out, err);
}
