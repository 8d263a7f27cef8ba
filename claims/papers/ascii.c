#include "claims/papers/ascii.h"

#include "core/text.h"

#include <glib.h>

char *
ascii_text(Arena *arena, const char *text)
{
    gchar *const ascii = g_str_to_ascii(text_clean(arena, text), "C");
    char *const copy = arena_copy(arena, ascii);

    g_free(ascii);
    for (char *c = copy; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = ' ';
    return copy;
}
