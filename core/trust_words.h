/*
 * trust_words.h - how true the last nights were, in sentences for people.
 */
#ifndef CORE_TRUST_WORDS_H
#define CORE_TRUST_WORDS_H

#include "core/forecast.h"
#include "core/words.h"

// What was said of lateness and of losses that have come due, and of the lists of lost parcels with what people made of
// them; "" for what nothing is known of. Owned by the arena.
const char *trust_words_late(Arena *arena, Language language, const TrustReport *trust);
const char *trust_words_lost(Arena *arena, Language language, const TrustReport *trust);
const char *trust_words_lists(Arena *arena, Language language, const TrustReport *trust);

#endif
