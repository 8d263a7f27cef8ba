/*
 * deadlines.h - the dates of a claim: anchor + count + convention, as its rule sets them.
 */
#ifndef CLAIMS_DEADLINES_H
#define CLAIMS_DEADLINES_H

#include "claims/rules.h"
#include "core/text.h"

// Set the claim's dates with their clauses. The opening's anchor, when it is not known, is added to missing: only the
// opening keeps a claim waiting; one whose deadline cannot be reckoned had better be filed.
void deadlines_set(const ClaimContext *context, const ClaimFacts *facts, const RuleFound *found,
    Arena *arena, Text *missing, Claim *claim);

// The state that dates and missing facts give a claim which was not submitted, on a day of the context's zone.
ClaimState deadlines_state(const Claim *claim, Day today);

// Add what the dates mean that day to the conditions of the right.
void deadlines_conditions(const Claim *claim, Day today, Arena *arena, Conditions *conditions);

#endif
