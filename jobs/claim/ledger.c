#include "jobs/claim/ledger.h"

#include "claims/dossier.h"
#include "core/text.h"

#include <string.h>

// What a claim without papers states: nothing.
static Claim
claim_without_papers(void)
{
    return (Claim){
        .reference = "",
        .service = "",
        .origin = "",
        .destination = "",
        .destination_postcode = "",
        .order_reference = "",
        .invoice_reference = "",
        .contents = "",
        .accepted_at = INSTANT_NONE,
        .promised_at = INSTANT_NONE,
        .last_scan_at = INSTANT_NONE,
        .last_scan = "",
        .source = "",
        .language = "en",
        .submit_to = "",
    };
}

// The ledger's columns over what the papers state. Amounts and the opening are those of the papers: the dossier may be that
// of an earlier night.
static Claim
claim_of(const Claim *papers, const Claim *ledger)
{
    Claim claim = *ledger;

    if (!text_is_empty(papers->reference)) {
        claim.value = papers->value;
        claim.payable = papers->payable;
        claim.opens_on = papers->opens_on;
        if (!money_is_known(papers->payable))
            claim.missing = papers->missing;
    }
    claim.service = papers->service;
    claim.origin = papers->origin;
    claim.destination = papers->destination;
    claim.destination_postcode = papers->destination_postcode;
    claim.order_reference = papers->order_reference;
    claim.invoice_reference = papers->invoice_reference;
    claim.contents = papers->contents;
    claim.accepted_at = papers->accepted_at;
    claim.promised_at = papers->promised_at;
    claim.last_scan_at = papers->last_scan_at;
    claim.last_scan = papers->last_scan;
    claim.weight_grams = papers->weight_grams;
    claim.source = papers->source;
    claim.language = papers->language;
    claim.submit_to = papers->submit_to;
    claim.lines = papers->lines;
    claim.line_count = papers->line_count;
    claim.enclosures = papers->enclosures;
    claim.enclosure_count = papers->enclosure_count;
    return claim;
}

bool
ledger_dossier(Arena *arena, const LedgerClaim *item, Dossier *out, Err *err)
{
    Dossier dossier = {.claim = claim_without_papers(), .time_zone = ""};

    if (!text_is_empty(item->dossier) &&
        !dossier_read(arena, item->dossier, strlen(item->dossier), &dossier, err))
        return err_context(err, "claim %s", item->claim.reference);
    dossier.claim = claim_of(&dossier.claim, &item->claim);
    *out = dossier;
    return true;
}

bool
ledger_claims(Arena *arena, const LedgerClaim *items, size_t count, const Claim **out, Err *err)
{
    Claim *const claims = ARENA_ARRAY(arena, Claim, count);
    Dossier dossier;

    for (size_t i = 0; i < count; i++) {
        if (!ledger_dossier(arena, &items[i], &dossier, err))
            return false;
        claims[i] = dossier.claim;
    }
    *out = claims;
    return true;
}
