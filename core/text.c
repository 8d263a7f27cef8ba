#include "core/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_BYTES 32

static void
reserve(Text *text, size_t more)
{
    if (text->capacity - text->length > more)
        return;

    size_t capacity = text->capacity > 0 ? text->capacity : 64;

    while (capacity - text->length <= more)
        capacity *= 2;
    text->bytes = arena_move_array(text->arena, text->bytes, 1, text->length, capacity);
    text->capacity = capacity;
}

void
text_add_bytes(Text *text, const char *bytes, size_t length)
{
    reserve(text, length);
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void
text_add(Text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

// Most of what is added is short, so it is printed where it belongs, and again only where that had no room.
void
text_add_format(Text *text, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    reserve(text, SHORT_BYTES);

    const size_t room = text->capacity - text->length;
    const int length = vsnprintf(text->bytes + text->length, room, format, args);

    va_end(args);
    if (length >= 0 && (size_t)length >= room) {
        reserve(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    text->length += length > 0 ? (size_t)length : 0;
    text->bytes[text->length] = '\0';
}

const char *
text_get(const Text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

bool
text_is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

bool
text_equal(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static char
fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
text_equal_folded(const char *a, const char *b)
{
    while (*a != '\0' && fold(*a) == fold(*b)) {
        a++;
        b++;
    }
    return fold(*a) == fold(*b);
}

bool
text_starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

// Length of the valid UTF-8 sequence at bytes, 0 when there is none (RFC 3629: no overlong forms, no surrogates,
// nothing beyond U+10FFFF). *code receives the character.
static size_t
sequence(const unsigned char *bytes, size_t length, uint32_t *code)
{
    const unsigned char lead = bytes[0];
    const size_t size = lead < 0x80   ? 1
                        : lead < 0xC2 ? 0
                        : lead < 0xE0 ? 2
                        : lead < 0xF0 ? 3
                        : lead < 0xF5 ? 4
                                      : 0;

    if (size == 0 || size > length)
        return 0;
    *code = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *code = *code << 6 | (bytes[i] & 0x3Fu);
    }
    if ((size == 3 && *code < 0x800) || (size == 4 && (*code < 0x10000 || *code > 0x10FFFF)) ||
        (*code >= 0xD800 && *code <= 0xDFFF))
        return 0;
    return size;
}

bool
text_is_utf8(const char *bytes, size_t length)
{
    uint32_t code = 0;

    for (size_t i = 0; i < length;) {
        const size_t size = sequence((const unsigned char *)bytes + i, length - i, &code);

        if (size == 0 || code == 0)
            return false;
        i += size;
    }
    return true;
}

// Controls, and the characters that reorder or hide neighbouring text (UAX 9; "Trojan Source", 2021).
static bool
is_unwanted(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F ||
           code == 0x061C || code == 0xFEFF || code == 0x2028 || code == 0x2029 ||
           (code & 0xFFFE) == 0xFFFE;
}

static bool
is_blank(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;
}

// Most texts are printable ASCII, which is clean byte by byte.
static bool
is_clean(const char *text, size_t length)
{
    uint32_t code = 0;

    for (size_t i = 0; i < length;) {
        if (text[i] >= 0x20 && text[i] < 0x7F) {
            i++;
            continue;
        }

        const size_t size = sequence((const unsigned char *)text + i, length - i, &code);

        if (size == 0 || is_unwanted(code))
            return false;
        i += size;
    }
    return true;
}

const char *
text_clean(Arena *arena, const char *text)
{
    const size_t length = strlen(text);
    Text out = {.arena = arena};
    uint32_t code = 0;

    if (is_clean(text, length))
        return text;
    for (size_t i = 0; i < length;) {
        const size_t size = sequence((const unsigned char *)text + i, length - i, &code);

        if (size > 0 && is_blank(code))
            text_add(&out, " ");
        else if (size == 0 || is_unwanted(code))
            text_add(&out, "\xEF\xBF\xBD");
        else
            text_add_bytes(&out, text + i, size);
        i += size > 0 ? size : 1;
    }
    return text_get(&out);
}

char *
text_slug(Arena *arena, const char *text)
{
    char *const slug = arena_alloc(arena, strlen(text) + 1);
    size_t length = 0;
    bool gap = false;

    for (const char *c = text; *c != '\0'; c++) {
        const char folded = fold(*c);

        if ((folded >= 'a' && folded <= 'z') || (folded >= '0' && folded <= '9')) {
            if (gap && length > 0)
                slug[length++] = '_';
            slug[length++] = folded;
            gap = false;
        } else if ((unsigned char)*c < 0x80)
            gap = true;
    }
    return slug;
}

// Levenshtein's distance, one row at a time; words longer than the row are never typing errors of one another.
static size_t
edit_distance(const char *a, const char *b)
{
    size_t row[64];
    const size_t n = strlen(a), m = strlen(b);

    if (n >= 64 || m >= 64)
        return 64;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = diagonal + (fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1);
            const size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;

            diagonal = row[j];
            row[j] = change < least ? change : least;
        }
    }
    return row[m];
}

size_t
text_fitting(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);

    if (length <= most)
        return length;
    length = most;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

const char *
text_nearest(const char *word, const char *const *candidates, size_t count)
{
    const size_t limit = strlen(word) / 3 > 1 ? strlen(word) / 3 : 1;
    const char *nearest = NULL;
    size_t best = limit + 1;

    for (size_t i = 0; i < count && candidates[i] != NULL; i++) {
        const size_t distance = edit_distance(word, candidates[i]);

        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

bool
text_parse_int(const char *text, int64_t *out)
{
    char *end;

    if (*text != '-' && (*text < '0' || *text > '9'))
        return false;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0)
        return false;
    *out = value;
    return true;
}

// The program never calls setlocale, so strtod reads a point; hexadecimal, "inf" and "nan" are kept out.
bool
text_parse_real(const char *text, double *out)
{
    char *end;

    if (*text == '\0' || strspn(text, "0123456789.eE+-") != strlen(text))
        return false;
    const double value = strtod(text, &end);
    if (*end != '\0' || !isfinite(value))
        return false;
    *out = value;
    return true;
}

uint64_t
text_hash(const char *bytes, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return hash;
}
