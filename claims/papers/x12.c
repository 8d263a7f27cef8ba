#include "claims/papers/x12.h"

#include "claims/papers/ascii.h"

#include <stdarg.h>
#include <string.h>

static void
undelimit(char *text)
{
    for (char *c = text; *c != '\0'; c++)
        if (*c == X12_ELEMENT || *c == X12_REPETITION || *c == X12_COMPONENT || *c == X12_SEGMENT)
            *c = ' ';
}

const char *
x12_text(Arena *arena, const char *text, size_t max)
{
    char *const ascii = ascii_text(arena, text);
    size_t start = 0, end;

    undelimit(ascii);
    while (ascii[start] == ' ')
        start++;
    end = strlen(ascii) - start > max ? start + max : strlen(ascii);
    while (end > start && ascii[end - 1] == ' ')
        end--;
    ascii[end] = '\0';
    return ascii + start;
}

const char *
x12_fixed(Arena *arena, const char *text, size_t width)
{
    return arena_printf(arena, "%-*s", (int)width, x12_text(arena, text, width));
}

void
x12_add(X12 *x12, const char *name, ...)
{
    Text *const text = &x12->text;
    size_t used;
    va_list args;

    text_add(text, name);
    used = text->length;
    va_start(args, name);
    for (const char *element = va_arg(args, const char *); element;
         element = va_arg(args, const char *)) {
        text_add_format(text, "%c%s", X12_ELEMENT, element);
        if (*element != '\0')
            used = text->length;
    }
    va_end(args);
    text->length = used;
    text_add_format(text, "%c\n", X12_SEGMENT);
    x12->segments++;
}
