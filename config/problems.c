#include "config/problems.h"

#include "core/text.h"

#include <stdarg.h>

void
problem_add(Problems *problems, const char *file, size_t line, size_t column, const char *path,
    const char *format, ...)
{
    Text text = {.arena = problems->arena};
    va_list args;

    if (!text_is_empty(file))
        text_add(&text, file);
    if (!text_is_empty(file) && line > 0)
        text_add_format(&text, ":%zu", line);
    if (!text_is_empty(file) && line > 0 && column > 0)
        text_add_format(&text, ":%zu", column);
    if (!text_is_empty(file))
        text_add(&text, ": ");
    if (!text_is_empty(path))
        text_add_format(&text, "%s: ", path);

    va_start(args, format);
    text_add(&text, arena_vprintf(problems->arena, format, args));
    va_end(args);
    ARENA_PUSH(problems, text_clean(problems->arena, text_get(&text)));
}
