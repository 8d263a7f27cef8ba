/*
 * bordereau.h - what the papers of a bordereau share: names and control totals.
 */
#ifndef CLAIMS_PAPERS_BORDEREAU_H
#define CLAIMS_PAPERS_BORDEREAU_H

#include "claims/papers/papers.h"

// "bordereau-colissimo-2026-11-20.csv": of the slug only ASCII letters, digits and '_' stay, at most 60 of them.
const char *
bordereau_name(Arena *arena, const Bordereau *bordereau, const char *kind, const char *extension);

typedef struct BordereauTotal
{
    Money sum;  // unknown: claims without an amount
    size_t count;
} BordereauTotal;

// Count and sum of payable by currency, in the order in which currencies come. Amounts stay below MONEY_MINOR_MAX, so that a
// sum of a night's claims cannot overflow.
size_t bordereau_totals(Arena *arena, const Bordereau *bordereau, BordereauTotal **totals);

#endif
