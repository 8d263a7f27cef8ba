/*
 * written.h - what was written to a file, as a text.
 */
#ifndef TESTS_HARNESS_WRITTEN_H
#define TESTS_HARNESS_WRITTEN_H

#include "core/arena.h"

#include <stdio.h>

typedef struct Written
{
    FILE *file;  // to write to
    char *bytes;
    size_t length;
} Written;

void written_begin(Written *written);

// The bytes, zero-terminated, owned by the arena; their number is in written->length.
const char *written_end(Written *written, Arena *arena);

#endif
