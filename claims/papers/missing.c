#include "claims/papers/missing.h"

#include "core/slots.h"
#include "core/text.h"

#include <string.h>

#define PART ", "
#define OF   " in "

static const char *
one_word(Arena *arena, const Tongue *tongue, const char *name)
{
    const char *const of = strstr(name, OF);
    const int length = of ? (int)(of - name) : (int)strlen(name);
    const char *const key = arena_printf(arena, "missing.%.*s%s", length, name, of ? "_in" : "");
    Slots slots = {.arena = arena};

    if (!tongue_knows(tongue, key))
        return name;
    slots_put(&slots, "currency", of ? of + strlen(OF) : "");
    return template_fill(arena, tongue_word(tongue, key),
        &(TemplateScope){.slots = slots.items, .count = slots.count}, TEMPLATE_FORM_PLAIN);
}

const char *
missing_words(Arena *arena, const Tongue *tongue, const char *missing)
{
    Text out = {.arena = arena};

    while (*missing != '\0') {
        const char *const end = strstr(missing, PART);
        const size_t length = end ? (size_t)(end - missing) : strlen(missing);

        text_add_format(&out, "%s%s", out.length > 0 ? PART : "",
            one_word(arena, tongue, arena_copy_bytes(arena, missing, length)));
        missing += length + (end ? strlen(PART) : 0);
    }
    return text_get(&out);
}
