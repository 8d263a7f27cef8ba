/*
 * likeness.h - which known code a text is most like: a hint for people who map codes, never a meaning by itself.
 */
#ifndef CONFIG_LIKENESS_H
#define CONFIG_LIKENESS_H

#include "config/catalogue.h"

typedef struct Likeness Likeness;

// The words of all labels of a catalogue's rows. Owned by the arena, lives no longer than the catalogue.
Likeness *likeness_create(Arena *arena, const Catalogue *catalogue);

// A known row whose label is like a text. row is NULL when none is near enough.
typedef struct Like
{
    const CodeRow *row;
    const char *text;  // of the row: its English or French label, or its code
    double nearness;   // 0 to 1: the same words
} Like;

// The row nearest to a text as a carrier writes it; of equals the first. "OutForDelivery" is three words.
Like likeness_find(Likeness *likeness, const char *text);

#endif
