#include "core/encoding.h"

#include "core/text.h"

#include <iconv.h>
#include <string.h>

#define GROWTH 3  // a byte of a western encoding is at most three bytes of UTF-8

const char *const ENCODING_NAMES[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_LATIN1] = "iso-8859-1",
    [ENCODING_LATIN9] = "iso-8859-15",
    [ENCODING_WINDOWS_1252] = "windows-1252",
};

static bool
convert(Arena *arena, Encoding encoding, const char *bytes, size_t length, const char **out)
{
    const iconv_t converter = iconv_open("UTF-8", ENCODING_NAMES[encoding]);
    char *const from = arena_copy_bytes(arena, bytes, length);
    char *const to = arena_alloc(arena, GROWTH * length + 1);
    char *source = from, *target = to;
    size_t left = length, room = GROWTH * length;

    if (converter == (iconv_t)-1)
        return false;

    const bool done = iconv(converter, &source, &left, &target, &room) != (size_t)-1;

    iconv_close(converter);
    if (done)
        *out = to;
    return done;
}

bool
encoding_to_utf8(
    Arena *arena, Encoding encoding, const char *bytes, size_t length, const char **out)
{
    if (memchr(bytes, '\0', length) != NULL)
        return false;
    if (encoding != ENCODING_UTF8)
        return convert(arena, encoding, bytes, length, out);
    if (!text_is_utf8(bytes, length))
        return false;
    *out = arena_copy_bytes(arena, bytes, length);
    return true;
}
