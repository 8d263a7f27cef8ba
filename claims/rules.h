/*
 * rules.h - which rule of which terms governs a claim, and by which conditions; or why none does.
 */
#ifndef CLAIMS_RULES_H
#define CLAIMS_RULES_H

#include "claims/claims.h"

// Conditions that were asked, in their order.
typedef struct Conditions
{
    ClaimCondition items[16];
    size_t count;
} Conditions;

// A rule that fits, or the one that came nearest.
typedef struct RuleFound
{
    const Terms *terms;
    const TermsRule *rule;  // NULL when none fits
    Conditions conditions;  // all met when one fits
    const char *
        reason;  // the first that is not met, in words that follow "cannot be claimed, because"; "" when all
} RuleFound;

// The first rule that fits ground, claimant, service, lane, weight and day of acceptance, over the carrier's terms in the
// order of the book and the order of each file. Words belong to the arena.
RuleFound
claim_rule(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground, Arena *arena);

// Add a condition. words say what is the case.
void condition_add(
    Conditions *conditions, const char *name, bool met, const char *words, const char *clause);

#endif
