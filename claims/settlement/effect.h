/*
 * effect.h - what a line does to the claim that it means.
 */
#ifndef CLAIMS_SETTLEMENT_EFFECT_H
#define CLAIMS_SETTLEMENT_EFFECT_H

#include "core/settlement.h"

// Matched, with the moves (all of them in the ledger's table) and the amounts afterwards; or set aside, with the reason. The
// claim stays as it is. Texts are owned by the arena.
SettlementAnswer
settlement_effect(Arena *arena, const SettlementClaim *claim, const SettlementLine *line);

#endif
