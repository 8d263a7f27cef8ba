#include "claims/enclosures.h"

#include "core/claim_words.h"

// Words of the checklist, which goes to the carrier.
typedef struct EnclosureWords
{
    const char *invoice, *annex, *letter, *contents;
    const char *by_hand, *no_invoice, *no_scan, *unsigned_yet, *no_contents;
} EnclosureWords;

static const EnclosureWords WORDS[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] =
        {
            .invoice = "invoice",
            .annex = "evidence annex: the carrier's own scans",
            .letter = "this letter",
            .contents = "contents",
            .by_hand = "to be added by the claimant",
            .no_invoice = "the shipment's data name no invoice",
            .no_scan = "the carrier recorded no scan",
            .unsigned_yet = "prefilled; the recipient has not signed it yet",
            .no_contents = "the shipment's data do not describe the contents",
        },
    [LANGUAGE_FRENCH] =
        {
            .invoice = "facture",
            .annex = "annexe\u00a0: les \u00e9v\u00e9nements du transporteur lui-m\u00eame",
            .letter = "la pr\u00e9sente lettre",
            .contents = "contenu",
            .by_hand = "\u00e0 joindre par le r\u00e9clamant",
            .no_invoice = "les donn\u00e9es de l'envoi ne nomment pas de facture",
            .no_scan = "le transporteur n'a enregistr\u00e9 aucun \u00e9v\u00e9nement",
            .unsigned_yet = "pr\u00e9-remplie\u00a0; le destinataire ne l'a pas encore sign\u00e9e",
            .no_contents = "les donn\u00e9es de l'envoi ne d\u00e9crivent pas le contenu",
        },
};

static void
take(ClaimEnclosure *enclosure, bool present, const char *reference, const char *absence)
{
    enclosure->present = present;
    enclosure->reference = present ? reference : "";
    enclosure->absence = present ? "" : absence;
}

// "invoice F-2026-17, https://..."
static const char *
named(Arena *arena, const char *word, const char *what)
{
    return arena_printf(arena, "%s %s", word, text_is_empty(what) ? "" : what);
}

static ClaimEnclosure
enclosure_of(Arena *arena, const EnclosureWords *words, const TermsEvidence *evidence,
    const ClaimFacts *facts)
{
    const Shipment *const shipment = facts->shipment;
    ClaimEnclosure enclosure = {.name = evidence->name, .required = evidence->required};

    switch (evidence->origin) {
    case EVIDENCE_INVOICE:
        take(&enclosure, !text_is_empty(shipment->invoice_reference),
            named(arena, words->invoice, shipment->invoice_reference), words->no_invoice);
        break;
    case EVIDENCE_SCANS:
        take(&enclosure, facts->accepted_at != INSTANT_NONE, words->annex, words->no_scan);
        break;
    case EVIDENCE_LETTER:
        take(&enclosure, true, words->letter, "");
        break;
    case EVIDENCE_DECLARATION:
        take(&enclosure, false, "", words->unsigned_yet);
        break;
    case EVIDENCE_CONTENTS:
        take(&enclosure, !text_is_empty(shipment->contents),
            named(arena, words->contents, shipment->contents), words->no_contents);
        break;
    default:
        take(&enclosure, false, "", words->by_hand);
    }
    return enclosure;
}

const ClaimEnclosure *
enclosures_of(
    Arena *arena, const Terms *terms, const TermsRule *rule, const ClaimFacts *facts, size_t *count)
{
    const EnclosureWords *const words = &WORDS[language_of(terms->language)];
    ClaimEnclosure *const items = ARENA_ARRAY(arena, ClaimEnclosure, rule->evidence_count);

    for (size_t i = 0; i < rule->evidence_count; i++)
        items[i] = enclosure_of(arena, words, &rule->evidence[i], facts);
    *count = rule->evidence_count;
    return items;
}
