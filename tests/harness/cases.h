/*
 * cases.h - worked examples in plain data files: one a line, words separated by blanks, lines that begin with # are for
 * readers.
 */
#ifndef TESTS_HARNESS_CASES_H
#define TESTS_HARNESS_CASES_H

#include "core/arena.h"

#define CASE_WORDS_MAX 64

// words are zero-terminated and as many as count; rest[i] is the line from word i to its end. Fails the test when a line
// has more words.
typedef struct Case
{
    const char *file;
    int line;
    const char *words[CASE_WORDS_MAX];
    const char *rest[CASE_WORDS_MAX];
    size_t count;
} Case;

// Call visit for every example of a file in tests/. Returns how many there were; fails the test when it cannot be read.
int cases_read(
    Arena *arena, const char *file, void (*visit)(void *data, const Case *example), void *data);

#endif
