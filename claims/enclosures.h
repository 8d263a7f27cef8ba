/*
 * enclosures.h - what the terms want enclosed, and which of it is at hand.
 */
#ifndef CLAIMS_ENCLOSURES_H
#define CLAIMS_ENCLOSURES_H

#include "claims/claims.h"

// The checklist of a rule for a shipment, in the rule's order: present with where it is, or absent with the reason, in the
// language of the terms. Owned by the arena.
const ClaimEnclosure *enclosures_of(Arena *arena, const Terms *terms, const TermsRule *rule,
    const ClaimFacts *facts, size_t *count);

#endif
