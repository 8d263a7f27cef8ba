/*
 * claim.h - a demand for indemnity against a carrier for one shipment and one ground, and its ledger.
 */
#ifndef CORE_CLAIM_H
#define CORE_CLAIM_H

#include "core/instant.h"
#include "core/milestone.h"
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

// "VG-000123", on every document of the claim of that number.
char *claim_reference(Arena *arena, int64_t number);

// The one table of allowed moves (design: claims, "The ledger"); the database holds the same table. Some
// other move, also to the same state, is not allowed.
bool claim_move_allowed(ClaimState from, ClaimState to);

// What limits or makes up an indemnity.
typedef enum LiabilityKind
{
    LIABILITY_PROVED_VALUE = 1,  // what the goods are worth by invoice
    LIABILITY_DECLARED_VALUE,    // what was declared to the carrier, where the terms pay it
    LIABILITY_FLAT,              // an amount, whatever the parcel
    LIABILITY_PER_KG,            // an amount per kg of gross weight
    LIABILITY_CAP,               // at most an amount per parcel
    LIABILITY_SDR_FLAT,          // special drawing rights of the International Monetary Fund
    LIABILITY_SDR_PER_KG,        // so many of them per kg of gross weight
    LIABILITY_FREIGHT_REFUND,    // what was paid for carriage, or a share of it
    LIABILITY_FREIGHT_CAP,       // at most so many times what was paid for carriage
    LIABILITY_COUNT,
} LiabilityKind;

// Which of the merchant's figures a value is.
typedef enum ValueBasis
{
    VALUE_UNKNOWN = 0,
    VALUE_DECLARED,
    VALUE_PURCHASE,
    VALUE_SALE,
} ValueBasis;

// One line of a valuation: what could be owed, from what it was reckoned, and whether it decided. Figures that its
// kind does not use, and facts that are not known, are 0, unknown or "".
typedef struct ValuationLine
{
    LiabilityKind kind;
    const char *clause;  // "CPCE R2-2"
    Money amount;        // unknown while a fact is missing
    bool decided;
    Money rate;               // the terms' amount: flat, per kg, cap
    int64_t weight_grams;     // gross, as used
    Money fact;               // the merchant's figure: value of the goods, charge of the carriage
    ValueBasis basis;         // which value that is
    int64_t percent;          // of the carriage charge: 100 for all of it, 300 for three times
    int64_t sdr_micros;       // millionths of an SDR: flat, or per kg
    int64_t sdr_rate_micros;  // millionths of the currency for one SDR
    Day sdr_day;              // of that rate
    const char *sdr_source;
} ValuationLine;

const char *claim_liability_name(LiabilityKind kind);  // "per_kg"
bool claim_liability_parse(const char *name, LiabilityKind *out);
const char *claim_basis_name(ValueBasis basis);  // "purchase"; "" for VALUE_UNKNOWN
bool claim_basis_parse(const char *name, ValueBasis *out);

// One condition of the right, met or not, with the clause that asks for it.
typedef struct ClaimCondition
{
    const char *
        name;  // machine name: "claimant", "possession", "terms", "ground", "service", "weight", "opening"
    bool met;
    const char *words;   // "the carrier scanned the parcel on 2026-11-02"
    const char *clause;  // "" where it is logic, not a rule
} ClaimCondition;

// One thing the terms want enclosed: where it is, or why it is not there.
typedef struct ClaimEnclosure
{
    const char *name;  // "invoice of the goods"
    bool required;     // without it the claim is refused; others help
    bool present;
    const char *reference;  // where it is: "invoice F-2026-17, https://..."; "" when absent
    const char *absence;    // why it is not enclosed; "" when present
} ClaimEnclosure;

// That a claim which reached the carrier, or may have, is not upheld any more, and what became of its parcel.
typedef struct ClaimWithdrawal
{
    Instant as_of;  // of the letter; INSTANT_NONE while the claim stands, or when nothing was filed
    Instant told_as_of;  // when a person had told the carrier; INSTANT_NONE before
    Instant found_at;    // when the parcel turned up; INSTANT_NONE when that is not why
    Milestone found;     // delivered, returned
    const char *place;   // "" when not known
} ClaimWithdrawal;

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
    Money claimed, granted,
        credited;  // what was demanded, accepted and received; unknown until then
    Instant opened_as_of;

    // Dates, DAY_NONE when the terms set none or its anchor is not known; each with the clause that sets it, "" when
    // there is none.
    Day opens_on;    // the loss may be asserted from this day on
    Day enquiry_by;  // last day of the step that keeps the right alive (enquiry, letter of reserve)
    Day claim_deadline;  // last day by which the carrier wants the claim, by the cautious reading
    Day barred_after;    // last day of the right: the law's limit, or an official one
    Day act_by;  // when somebody must have acted: the next of these less a margin; never before opens_on
    const char *opening_clause, *enquiry_clause, *deadline_clause, *bar_clause;
    const char *bar_source;  // where it is written and how far to trust that: "... (secondary)"
    const char *caution;     // what to heed of the dates on the day of asking (words_claim_caution)

    const char *terms, *clause,
        *source;           // which terms file, the clause that grounds it, where it is written
    const char *language;  // of letters to the carrier: "fr", "en"
    const char
        *submit_to;  // where and how claims are filed, for people; "" when the terms do not say
    const char *missing;  // "" or the facts that keep it a draft: "weight_grams"
    const ValuationLine *lines;
    size_t line_count;
    const ClaimCondition *conditions;
    size_t condition_count;
    const ClaimEnclosure *enclosures;
    size_t enclosure_count;
} Claim;

#endif
