/*
 * claims.h - from a lost parcel to files that get money back: what the terms grant, what it is
 * worth, and the documents. Needs no database; the ledger is kept by sql/claims.h.
 */
#ifndef CLAIMS_CLAIMS_H
#define CLAIMS_CLAIMS_H

#include "config/calendar.h"
#include "config/terms.h"
#include "core/claim.h"
#include "core/shipment.h"
#include "core/zone.h"

// Facts of the shipment that terms count from.
typedef struct ClaimFacts
{
    const Shipment *shipment;
    const char *carrier_slug;  // the catalogue's id, or the slug of the carrier's name
    // INSTANT_NONE for what did not happen: acceptance and last scan are physical ones.
    Instant accepted_at, last_scan_at, presented_at, delivered_at;
    const char *last_scan;
    Instant as_of;
} ClaimFacts;

typedef struct ClaimContext
{
    const TermsBook *book;
    const Calendar *calendar;  // the merchant's
    const Zone *zone;
    int32_t margin_days;  // of safety: act_by lies so many calendar days before the date it is for
} ClaimContext;

// Draft a claim by the first rule that fits: of the user's terms, the carrier's own, then regimes; its conditions and
// dates, the valuation line by line, the enclosures, and what is missing.
//   state       TIME_BARRED once the bar has passed, and only then (days are those of the zone); READY when nothing is
//               missing and the opening has come (or would come too late); ENQUIRY while the loss cannot be asserted but
//               the terms want a step that keeps the right alive and its last day has not passed; else DRAFT
//   caution     what to heed about the dates on the day of as-of, a passed deadline above all
//   conditions  each with its clause; those about dates may be unmet
//   payable     the least of the rule's amounts, or their sum limited by its caps, and what is paid on top; unknown while
//               a fact is missing. A value in another currency than the terms' is such a fact
//   missing     names of facts: "value, weight_grams", "value in EUR", "promised_at", "rate of the SDR in EUR"
// number and reference are left for the ledger (0 and ""). Owned by the arena and by the terms; nothing of the shipment is
// kept by reference. False when no terms give a right: reason then tells in words (never NULL) that follow "cannot be
// claimed, because", "no terms file names carrier \"dhl\"", and of out only the conditions are set, those of the rule that
// came nearest.
bool claim_draft(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground,
    Arena *arena, Claim *out, const char **reason);

// What a claim on the ground would pay by the terms, also before its opening; unknown when nothing,
// or while a fact is missing. For ranking.
Money claim_expected(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground);

#endif
