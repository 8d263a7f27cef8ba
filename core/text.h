/*
 * text.h - text that grows in an arena, and small questions about texts.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

// A growing text. Start with { .arena = arena }; bytes is zero-terminated once anything was added.
typedef struct Text
{
    Arena *arena;
    char *bytes;
    size_t length, capacity;
} Text;

// Append a text, some bytes, or a formatted text.
void text_add(Text *text, const char *more);
void text_add_bytes(Text *text, const char *bytes, size_t length);
void text_add_format(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *text_get(const Text *text);  // "" when nothing was added

bool text_is_empty(const char *text);                  // NULL or ""
bool text_equal(const char *a, const char *b);         // NULL counts as ""
bool text_equal_folded(const char *a, const char *b);  // ASCII letters compare without case
bool text_starts_with(const char *text, const char *start);

// Valid UTF-8 without control characters: invalid bytes and controls (also the Unicode direction overrides)
// become U+FFFD, tabs and line breaks a space. Returns text itself when there is nothing to mend.
const char *text_clean(Arena *arena, const char *text);

// How many bytes of a text are at most `most` and end with a whole character.
size_t text_fitting(const char *text, size_t most);

// Whether length bytes are valid UTF-8 without a zero byte.
bool text_is_utf8(const char *bytes, size_t length);

// Lower-case ASCII letters and digits only, words joined by '_': "DHL Express" -> "dhl_express". Bytes beyond
// ASCII are dropped, so accents do not tell names apart. Owned by the arena.
char *text_slug(Arena *arena, const char *text);

// The candidate nearest to word by edit distance, NULL when none is near enough to be a typing error
// (distance at most a third of the word's length, at least 1). Candidates may be NULL-terminated.
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

// A whole number in decimal, nothing before or after it. False leaves out untouched.
bool text_parse_int(const char *text, int64_t *out);

// A finite number in decimal notation with a point, whatever the locale. False leaves out untouched.
bool text_parse_real(const char *text, double *out);

// 64-bit FNV-1a, for hash maps and fingerprints inside one process; not for security.
uint64_t text_hash(const char *bytes, size_t length);

#endif
