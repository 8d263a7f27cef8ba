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
    const char *carrier_slug;           // the catalogue's id, or the slug of the carrier's name
    Instant accepted_at, last_scan_at;  // INSTANT_NONE when there was no physical scan
    const char *last_scan;
    Instant as_of;
} ClaimFacts;

typedef struct ClaimContext
{
    const TermsBook *book;
    const Calendar *calendar;
    const Zone *zone;
} ClaimContext;

// Draft a claim: the first rule of the carrier's terms that fits ground, service, destination and
// day of acceptance; its dates; the valuation line by line; and what is missing.
//   state      READY when nothing is missing and the opening has come (or would come too late),
//              else DRAFT; TIME_BARRED once the bar has passed, and only then (days are those of
//              the zone)
//   caution    what to heed about the dates on the day of as-of, a passed deadline above all
//   payable    the least of the rule's amounts, or their sum limited by its caps; unknown while a
//              fact is missing. A value in another currency than the terms' is such a fact
//   missing    names of facts: "value, weight_grams", "value in EUR", "promised_at"
// number and reference are left for the ledger (0 and ""). Owned by the arena and by the terms;
// nothing of the shipment is kept by reference. False, with reason in words (never NULL) that
// follow "cannot be claimed, because", when no terms give a right: "no terms file names carrier
// \"dhl\"".
bool claim_draft(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground,
    Arena *arena, Claim *out, const char **reason);

// What a claim on the ground would pay by the terms, also before its opening; unknown when nothing,
// or while a fact is missing. For ranking.
Money claim_expected(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground);

// The bordereau of one carrier and night: header, one row per claim, control totals (count and sum
// of payable per currency). Claims come sorted by number. Outside text is neutralised for
// spreadsheets. The carrier reads it: what the dossier withholds
// (claims/dossier.h), it withholds too.
const char *claims_bordereau(Arena *arena, const Claim *claims, size_t count, size_t *length);

// File names built from our own numbers only: "VG-000123.xml",
// "bordereau-colissimo-2026-11-20.csv".
char *claim_dossier_name(Arena *arena, const Claim *claim);
char *claims_bordereau_name(Arena *arena, const char *carrier_slug, Day day);

#endif
