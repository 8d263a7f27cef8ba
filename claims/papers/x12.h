/*
 * x12.h - segments of ASC X12, from texts of any kind.
 */
#ifndef CLAIMS_PAPERS_X12_H
#define CLAIMS_PAPERS_X12_H

#include "core/text.h"

#include <stdint.h>

#define X12_ELEMENT    '*'
#define X12_REPETITION '^'
#define X12_COMPONENT  '>'
#define X12_SEGMENT    '~'

// An interchange under construction. Start with { .text.arena = arena }.
typedef struct X12
{
    Text text;
    size_t segments;  // of the transaction set under way, ST included
} X12;

// Append a segment: its name and its elements, NULL-terminated; empty ones at the end fall away. Elements stand as they are:
// what came from outside goes through x12_text() first.
void x12_add(X12 *x12, const char *name, ...) __attribute__((sentinel));

// A text for an element of at most so many characters: printable ASCII without delimiters, which become spaces, and without
// spaces around it.
const char *x12_text(Arena *arena, const char *text, size_t max);

// A text of exactly so many characters: cut, or filled with spaces.
const char *x12_fixed(Arena *arena, const char *text, size_t width);

#endif
