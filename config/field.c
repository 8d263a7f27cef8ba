#include "config/fields.h"

#include <ctype.h>

const char *
field_environment(Arena *arena, const Field *field)
{
    char *const name = arena_printf(arena, "VIGIE_%s", field->path);

    for (char *at = name; *at != '\0'; at++)
        *at = *at == '.' ? '_' : (char)toupper((unsigned char)*at);
    return name;
}

bool
field_is_list(const Field *field)
{
    return field->type == FIELD_TEXTS || field->type == FIELD_PATHS;
}
