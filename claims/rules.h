/*
 * rules.h - which rule of which terms governs a claim, or why none does.
 */
#ifndef CLAIMS_RULES_H
#define CLAIMS_RULES_H

#include "claims/claims.h"

// The first rule, in the order of the file, that fits ground, service, country of destination and
// day of acceptance; *terms is the file it stands in. NULL with reason, in words that follow
// "cannot be claimed, because".
const TermsRule *claim_rule(const ClaimContext *context, const ClaimFacts *facts,
    ClaimGround ground, Arena *arena, const Terms **terms, const char **reason);

#endif
