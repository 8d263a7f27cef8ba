/*
 * terms.h - the dated, sourced rules of a contract or a law, from the YAML files in config/terms. Nothing about a
 * carrier's liability is written in C.
 */
#ifndef CONFIG_TERMS_H
#define CONFIG_TERMS_H

#include "config/day_count.h"
#include "config/problems.h"
#include "config/settings.h"
#include "core/claim.h"
#include "core/err.h"
#include "core/instant.h"

// An amount that limits or makes up the indemnity.
typedef struct Liability
{
    LiabilityKind kind;
    Money amount;  // of FLAT, PER_KG, CAP; of SDR kinds only the currency they are paid in counts
    int64_t sdr_micros;  // of SDR kinds: millionths of an SDR
    int64_t percent;     // of FREIGHT kinds: of the carriage charge
    ValueBasis
        basis;  // of PROVED_VALUE: the figure that the regime wants; VALUE_UNKNOWN for what there is
    bool on_top;         // paid besides what the others come to
    const char *clause;  // "CPCE R.2-1"
} Liability;

// What a date is counted from.
typedef enum TermsAnchor
{
    ANCHOR_ANNOUNCED = 1,
    ANCHOR_ACCEPTED,
    ANCHOR_PROMISED,
    ANCHOR_FIRST_PRESENTATION,
    ANCHOR_DELIVERED,
    ANCHOR_LAST_SCAN,
    ANCHOR_OPENING,  // the rule's own opening
    ANCHOR_COUNT,
} TermsAnchor;

// One way to reckon a date: so many days, months or hours after an anchor.
typedef struct TermsCount
{
    TermsAnchor anchor;
    int32_t after;
    DayCount count;
} TermsCount;

// A date of a rule. Several ways are tried in order; the first whose anchor is known holds (CMR article 20: 30 days after
// the agreed limit, failing that 60 days after taking over).
typedef struct TermsDate
{
    const TermsCount *ways;
    size_t way_count;  // 0 when the rule sets no such date; the rest is then ""
    const char *clause;
    const char *source, *confidence;  // the rule's own unless the file says otherwise
} TermsDate;

// What the terms want enclosed, and where it comes from.
typedef enum EvidenceOrigin
{
    EVIDENCE_BY_HAND = 1,  // somebody must add it
    EVIDENCE_INVOICE,      // the shipment's invoice reference names it
    EVIDENCE_SCANS,        // the carrier's own scans show it: the annex
    EVIDENCE_LETTER,       // the letter itself
    EVIDENCE_DECLARATION,  // the recipient's declaration of non-receipt, prefilled, to be signed
    EVIDENCE_CONTENTS,     // the shipment's description of its contents
} EvidenceOrigin;

typedef struct TermsEvidence
{
    const char *name;  // in the language of the terms
    EvidenceOrigin origin;
    bool required;
} TermsEvidence;

// Who may claim.
typedef enum ClaimantRole
{
    CLAIMANT_SENDER = 1,
    CLAIMANT_CONTRACT_HOLDER = 2,
    CLAIMANT_RECIPIENT = 4,
} ClaimantRole;

// One rule: a ground on which a claim exists, for whom, until when, for how much.
typedef struct TermsRule
{
    ClaimGround ground;
    unsigned who;                        // ClaimantRole bits
    Day valid_from, valid_to;            // by day of acceptance; DAY_NONE for open ends
    TextList services, services_except;  // compared as slugs; empty: all, none
    TextList origins, countries;         // of origin and of destination; empty: all
    bool international;                  // origin and destination must be known and differ
    int64_t weight_over,
        weight_most;  // grams: above the first, at most the second; 0 for no such limit
    const char *clause, *source, *url;
    Day seen;                // when the source was last looked at
    const char *confidence;  // "official", "secondary", "conflicting" or "unverified"
    const char *note;        // what to verify against the contract; "" when nothing
    TermsDate opening;       // loss may be asserted from then on
    TermsDate enquiry;       // last day of the step that keeps the right alive
    TermsDate deadline;      // last day by which the carrier wants the claim: the cautious reading
    TermsDate bar;           // last day of the right, by law or officially; always with a source
    bool sum;                // liabilities add up; else the least of them is payable
    Rounding rounding;       // of amounts per kg, shares and conversions
    const Liability *liabilities;
    size_t liability_count;
    const TermsEvidence *evidence;
    size_t evidence_count;
    TextList exclusions;  // what the carrier will not pay, for people to heed
} TermsRule;

// How claims reach the carrier.
typedef enum SubmissionChannel
{
    SUBMIT_FOLDER = 0,  // files for a portal or a drop box
    SUBMIT_EMAIL,
    SUBMIT_HTTP,
} SubmissionChannel;

typedef struct Terms
{
    const char *id, *name;  // "correios", "Correios: Sedex and PAC"
    TextList carriers;      // as slugs
    bool
        regime;  // a law or a general contract, which holds where the carrier's own terms are silent
    const char *language;        // of letters to the carrier
    const Calendar *calendar;    // by whose holidays its days are counted; NULL for the merchant's
    const char *claims_address;  // where claims go, as text
    SubmissionChannel channel;
    const char *submit_to;  // address or URL of the channel; "" for a folder
    Money automatic_up_to;  // sent without a person's approval up to this; unknown: never
    const char *file;
    const struct Terms
        *french;  // the same with clauses and sources in French; NULL when the file has none
    const TermsRule *rules;
    size_t rule_count;
} Terms;

// What one SDR was worth.
typedef struct SdrRate
{
    Day day;
    const char *currency, *source;
    int64_t micros;  // millionths of the currency
} SdrRate;

typedef struct TermsBook
{
    const Terms *
        terms;  // in the order in which they are asked: the user's, the carriers' own, regimes; by id
    size_t count;
    const SdrRate *rates;  // by currency and day
    size_t rate_count;
} TermsBook;

// Load the shipped terms and then the user's; a file of the same id replaces ours whole. A rule without clause or
// source is a problem. NULL with ERR_CONFIG when there was any; all are in problems. Owned by the arena.
const TermsBook *terms_load(Arena *arena, TextList extra, Problems *problems, Err *err);

// The next terms that govern a carrier (compared as slug) after *at, which starts at 0 and is moved on; NULL at the end.
const Terms *terms_next(const TermsBook *book, const char *carrier_slug, size_t *at);

// The newest rate of the SDR in a currency that was published by a day and is at most SDR_DAYS older; NULL without one.
#define SDR_DAYS 45
const SdrRate *terms_sdr(const TermsBook *book, const char *currency, Day day);

// The same terms with clauses in a language ("fr"), where the file has them in it; else as they are.
const Terms *terms_in(const Terms *terms, const char *language);

#endif
