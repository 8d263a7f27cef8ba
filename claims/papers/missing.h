/*
 * missing.h - facts that keep a claim a draft, in words.
 */
#ifndef CLAIMS_PAPERS_MISSING_H
#define CLAIMS_PAPERS_MISSING_H

#include "claims/papers/press.h"

// "value in EUR, weight_grams" as a person says it; a name that has no words stands as it is. Owned by the arena.
const char *missing_words(Arena *arena, const Tongue *tongue, const char *missing);

#endif
