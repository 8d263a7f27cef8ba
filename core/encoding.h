/*
 * encoding.h - texts of other encodings as UTF-8, by iconv. The one door to it.
 */
#ifndef CORE_ENCODING_H
#define CORE_ENCODING_H

#include "core/arena.h"

#include <stdbool.h>

typedef enum Encoding
{
    ENCODING_UTF8 = 0,
    ENCODING_LATIN1,        // ISO 8859-1
    ENCODING_LATIN9,        // ISO 8859-15
    ENCODING_WINDOWS_1252,  // what spreadsheets in Western Europe save
    ENCODING_COUNT,
} Encoding;

// Names as people write them, in the order of the enumeration: "utf-8", "windows-1252".
extern const char *const ENCODING_NAMES[ENCODING_COUNT];

// length bytes as UTF-8, zero-terminated, owned by the arena. False when they are not of the encoding or hold a zero byte;
// *out is then untouched.
bool encoding_to_utf8(
    Arena *arena, Encoding encoding, const char *bytes, size_t length, const char **out);

#endif
