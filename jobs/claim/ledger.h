/*
 * ledger.h - claims whole: what the ledger's columns know, and what their dossiers state.
 */
#ifndef JOBS_CLAIM_LEDGER_H
#define JOBS_CLAIM_LEDGER_H

#include "core/dossier.h"
#include "sql/claims.h"

// A ledger's claim with its dossier read back. State, dates, clauses and amounts are the ledger's. Of one without a
// dossier the members that only papers state are "" or unknown. ERR_DATA when the dossier is damaged. Owned by the arena and by the item.
bool ledger_dossier(Arena *arena, const LedgerClaim *item, Dossier *out, Err *err);

// The same as ledger_dossier() for a list, of which only the claims are wanted.
bool
ledger_claims(Arena *arena, const LedgerClaim *items, size_t count, const Claim **out, Err *err);

#endif
