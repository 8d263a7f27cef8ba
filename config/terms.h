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
    Money amount;        // of FLAT, PER_KG, CAP
    const char *clause;  // "CPCE R.2-1"
} Liability;

typedef enum TermsAnchor
{
    ANCHOR_ANNOUNCED = 1,
    ANCHOR_ACCEPTED,
    ANCHOR_PROMISED,
    ANCHOR_LAST_SCAN,
} TermsAnchor;

typedef struct TermsDate
{
    TermsAnchor anchor;
    int32_t after;  // so many days, months or hours
    DayCount count;
    const char *clause;  // "" when the rule sets no such date; the rest is then meaningless
    const char *source, *confidence;  // the rule's own unless the file says otherwise
} TermsDate;

// One rule: a ground on which a claim exists, until when, for how much.
typedef struct TermsRule
{
    ClaimGround ground;
    Day valid_from, valid_to;  // by day of acceptance; DAY_NONE for open ends
    TextList services;         // empty: all
    TextList countries;        // of destination; empty: all
    const char *clause, *source, *url;
    Day seen;                // when the source was last looked at
    const char *confidence;  // "official", "secondary", "conflicting" or "unverified"
    const char *note;        // what to verify against the contract; "" when nothing
    TermsDate opening;       // loss may be asserted from then on
    TermsDate deadline;      // last day by which the carrier wants the claim: the cautious reading
    TermsDate bar;           // last day of the right, by law or officially; always with a source
    bool sum;                // liabilities add up; else the least of them is payable
    const Liability *liabilities;
    size_t liability_count;
    TextList evidence;  // what must be enclosed
} TermsRule;

typedef struct Terms
{
    const char *id, *name;       // "correios", "Correios: Sedex and PAC"
    TextList carriers;           // as slugs
    const char *language;        // of letters to the carrier
    const char *claims_address;  // where claims go, as text
    const char *file;
    const TermsRule *rules;
    size_t rule_count;
} Terms;

typedef struct TermsBook
{
    const Terms *terms;
    size_t count;
} TermsBook;

// Load the shipped terms and then the user's; a file of the same id replaces ours whole. A rule without clause or
// source is a problem. NULL with ERR_CONFIG when there was any; all are in problems. Owned by the arena.
const TermsBook *terms_load(Arena *arena, TextList extra, Problems *problems, Err *err);

// The terms that govern a carrier (compared as slug), NULL when there are none. The user's come before the shipped.
const Terms *terms_of_carrier(const TermsBook *book, const char *carrier_slug);

#endif
