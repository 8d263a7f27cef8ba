#include "core/width.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Range
{
    uint32_t first, last;
} Range;

// Ranges that a terminal shows in no cell or in two (Unicode's East Asian Width, the blocks that
// occur in addresses and messages).
static const Range combining[] = {
    {0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
static const Range wide[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static bool
within(const Range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

// The next character of valid UTF-8, and its bytes.
static size_t
character(const char *text, uint32_t *code)
{
    const unsigned char lead = (unsigned char)text[0];
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    *code = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        *code = *code << 6 | ((unsigned char)text[i] & 0x3Fu);
    return size;
}

static size_t
cells_of(uint32_t code)
{
    if (within(combining, sizeof combining / sizeof combining[0], code))
        return 0;
    return within(wide, sizeof wide / sizeof wide[0], code) ? 2 : 1;
}

size_t
width_of(const char *text)
{
    size_t cells = 0;
    uint32_t code = 0;

    while (*text != '\0') {
        text += character(text, &code);
        cells += cells_of(code);
    }
    return cells;
}

size_t
width_fit(const char *text, size_t columns)
{
    const char *at = text;
    uint32_t code = 0;

    while (*at != '\0') {
        const size_t size = character(at, &code);

        if (cells_of(code) > columns)
            break;
        columns -= cells_of(code);
        at += size;
    }
    return (size_t)(at - text);
}
