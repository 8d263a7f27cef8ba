/*
 * lines.h - what the readers of settlements share.
 */
#ifndef CLAIMS_SETTLEMENT_LINES_H
#define CLAIMS_SETTLEMENT_LINES_H

#include "claims/settlement/settlement.h"

// Cut texts that no ledger should hold; a reference or an amount that was cut is a problem of the line.
void settlement_limit(Arena *arena, SettlementLine *line);

#endif
