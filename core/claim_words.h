/*
 * claim_words.h - claims in words, for people and for the papers that carriers read.
 */
#ifndef CORE_CLAIM_WORDS_H
#define CORE_CLAIM_WORDS_H

#include "core/claim.h"
#include "core/words.h"

const char *words_claim_state(Language language, ClaimState state);     // "ready to file"
const char *words_claim_ground(Language language, ClaimGround ground);  // "loss", "perte"

// What to heed today about the dates of a claim that was not submitted: not open yet, its deadline passed or unknown,
// or barred; with the day and the clause. "" when there is nothing, and once it was submitted.
//   "the deadline of 2026-03-02 (CLAUSE) has passed by the cautious reading; file at once and verify against your
//    contract"
char *words_claim_caution(Arena *arena, Language language, const Claim *claim, Day today);

// What a line of a valuation is: "proved value", "per kg of gross weight"; and how it was reckoned: "purchase value
// 180.00 EUR", "1,200 g x 23.00 EUR/kg", "1,200 g x 8.33 SDR/kg at 1.1870 EUR/SDR of 2 November 2026 (IMF)", or which
// fact is wanting.
const char *words_liability(Language language, LiabilityKind kind);
char *words_valuation(Arena *arena, Language language, const ValuationLine *line);

// The names of what must be enclosed, "a; b"; "" for none.
const char *words_enclosures(Arena *arena, const Claim *claim);

// A count of millionths as a decimal without trailing zeros, at least `digits` after the point: "8.33", "1.1870".
char *words_micros(Arena *arena, Language language, int64_t micros, int digits);

#endif
