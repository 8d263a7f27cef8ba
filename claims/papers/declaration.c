/*
 * The declaration of non-receipt that carriers want from the recipient (Sendcloud, Boxtal, DPD Belgium:
 * signed by hand). Name and address are left to the recipient: a dossier holds no personal data.
 */
#include "claims/papers/desk.h"

#include "core/text.h"

#include <string.h>

#define ROOM_TO_SIGN 24  // points

static void
draw_facts(Desk *desk)
{
    const Claim *const claim = desk->claim;
    const FolioFact facts[] = {
        {desk_word(desk, "tracking_number"), desk_parcel(desk)},
        {desk_word(desk, "carrier"), desk->dossier->carrier.name},
        {desk_word(desk, "sender"), desk->dossier->claimant.name},
        {desk_word(desk, "order_reference"), claim->order_reference},
        {desk_word(desk, "contents"), claim->contents},
        {desk_word(desk, "accepted_at"), desk_day(desk, claim->accepted_at)},
        {desk_word(desk, "reference"), desk->reference},
    };

    folio_facts(desk->folio, facts, sizeof facts / sizeof facts[0]);
}

static void
draw_blanks(Desk *desk)
{
    // An address has two lines.
    static const char *const names[] = {
        "declaration_name", "declaration_address", "", "declaration_place", "declaration_date"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        folio_blank(desk->folio, *names[i] != '\0' ? desk_word(desk, names[i]) : "");
    folio_space(desk->folio, ROOM_TO_SIGN);
    folio_blank(desk->folio, desk_word(desk, "declaration_signature"));
}

static const DeskPart parts[] = {
    {"facts", NULL, draw_facts},
    {"blanks", NULL, draw_blanks},
};

bool
paper_declaration(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err)
{
    Slots slots = {.arena = arena};
    Desk desk;

    if (!desk_set(&desk, press, arena, dossier, err))
        return false;
    desk_begin(&desk, desk_word(&desk, "declaration_title"), "");
    folio_title(desk.folio, desk_word(&desk, "declaration_title"));
    desk_print(&desk, tongue_text(desk.tongue, "declaration"), &slots, parts,
        sizeof parts / sizeof parts[0]);
    return desk_end(&desk, "declaration.pdf", out, err);
}

// Terms name their enclosures in words.
static bool
names_declaration(const char *name)
{
    return strstr(name, "non-receipt") || strstr(name, "non-r\u00e9ception");
}

bool
paper_declaration_wanted(const Dossier *dossier)
{
    for (size_t i = 0; i < dossier->claim.enclosure_count; i++)
        if (names_declaration(dossier->claim.enclosures[i].name))
            return true;
    return dossier->claim.ground == GROUND_NOT_RECEIVED;
}
