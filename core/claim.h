/*
 * claim.h - a demand for indemnity against a carrier for one shipment and one ground, and its ledger.
 */
#ifndef CORE_CLAIM_H
#define CORE_CLAIM_H

#include "core/instant.h"
#include "core/money.h"

#include <stddef.h>

typedef enum ClaimState
{
    CLAIM_ENQUIRY = 1,
    CLAIM_DRAFT,
    CLAIM_READY,
    CLAIM_SUBMITTED,
    CLAIM_ACKNOWLEDGED,
    CLAIM_IN_REVIEW,
    CLAIM_DOCUMENTS_REQUESTED,
    CLAIM_APPROVED,
    CLAIM_APPROVED_IN_PART,
    CLAIM_REFUSED,
    CLAIM_DISPUTED,
    CLAIM_CREDITED,
    CLAIM_RECONCILED,
    CLAIM_CLOSED,
    CLAIM_VOIDED,
    CLAIM_TIME_BARRED,
    CLAIM_WAIVED,
    CLAIM_STATE_COUNT,
} ClaimState;

typedef enum ClaimGround
{
    GROUND_LOSS = 1,
    GROUND_DAMAGE,
    GROUND_DELAY,
    GROUND_NOT_RECEIVED,
    GROUND_UNJUST_RETURN,
    GROUND_COUNT,
} ClaimGround;

const char *claim_state_name(ClaimState state);  // "documents_requested"
bool claim_state_parse(const char *name, ClaimState *out);
const char *claim_ground_name(ClaimGround ground);
bool claim_ground_parse(const char *name, ClaimGround *out);

// The one table of allowed moves (design: claims, "The ledger"); the database holds the same table. Some
// other move, also to the same state, is not allowed.
bool claim_move_allowed(ClaimState from, ClaimState to);

// One line of a valuation: what could be owed, why, and whether it decided.
typedef struct ValuationLine
{
    const char *name;    // "proved value", "per kg cap"
    const char *detail;  // "1200 g x 33.00 EUR/kg"
    const char *clause;  // "LPCE R.2-1"
    Money amount;
    bool decided;
} ValuationLine;

// A claim with what its documents state. Texts are valid UTF-8, never NULL.
typedef struct Claim
{
    int64_t number;
    ClaimGround ground;
    ClaimState state;
    const char *reference;  // "VG-000123": ours, on every document
    const char *shipment_id, *tracking_number, *carrier, *service;
    const char *origin, *destination, *destination_postcode, *order_reference, *invoice_reference,
        *contents;
    Instant accepted_at, promised_at, last_scan_at;  // INSTANT_NONE when unknown
    const char *last_scan;                           // "in transit at LIL"
    int64_t weight_grams;                            // 0 when unknown
    Money value;    // proved value, unknown when the source has none
    Money payable;  // by the terms; unknown while a fact is missing
    Instant opened_as_of;

    // Three dates, DAY_NONE when the terms set none or its anchor is not known; each with the clause that sets it, ""
    // when there is none.
    Day opens_on;        // the loss may be asserted from this day on
    Day claim_deadline;  // last day by which the carrier wants the claim, by the cautious reading
    Day barred_after;    // last day of the right: the law's limit, or an official one
    const char *opening_clause, *deadline_clause, *bar_clause;
    const char *bar_source;  // where it is written and how far to trust that: "... (secondary)"
    const char *caution;     // what to heed of the three on the day of asking (words_claim_caution)

    const char *terms, *clause,
        *source;           // which terms file, the clause that grounds it, where it is written
    const char *evidence;  // what must be enclosed: "invoice of the goods; proof of hand-over"
    const char *missing;   // "" or the facts that keep it a draft: "weight_grams"
    const ValuationLine *lines;
    size_t line_count;
} Claim;

#endif
