/*
 * ascii.h - texts in the characters that every machine has.
 */
#ifndef CLAIMS_PAPERS_ASCII_H
#define CLAIMS_PAPERS_ASCII_H

#include "core/arena.h"

// A text in printable ASCII: accents are taken off, other letters become the nearest or '?', controls and breaks a space.
// Owned by the arena.
char *ascii_text(Arena *arena, const char *text);

#endif
