#include "core/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// vsnprintf cuts between bytes; a cut inside a UTF-8 sequence would make the message unprintable.
static void
drop_half_character(char *text)
{
    size_t end = strlen(text);
    size_t start = end;

    while (start > 0 && end - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;

    const unsigned char lead = (unsigned char)text[start - 1];
    const size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;

    if (end - start + 1 < need)
        text[start - 1] = '\0';
}

bool
err_set(Err *err, ErrKind kind, const char *format, ...)
{
    va_list args;

    err->kind = kind;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    drop_half_character(err->text);
    return false;
}

bool
err_context(Err *err, const char *format, ...)
{
    const Err cause = *err;
    va_list args;

    va_start(args, format);
    const int used = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);

    const int room = (int)sizeof err->text - used;

    if (used >= 0 && room > 0)
        snprintf(err->text + used, (size_t)room, ": %.*s", room, cause.text);
    drop_half_character(err->text);
    return false;
}
