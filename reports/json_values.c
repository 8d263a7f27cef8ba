#include "reports/json_values.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 10  // of a real number: a probability is not known better

void
json_put(json_t *object, const char *name, json_t *value)
{
    json_object_set_new(object, name, value);
}

void
json_put_text(Arena *arena, json_t *object, const char *name, const char *text)
{
    json_put(object, name, json_text(arena, text));
}

void
json_put_integer(json_t *object, const char *name, int64_t value)
{
    json_put(object, name, json_integer(value));
}

void
json_put_real(json_t *object, const char *name, double value)
{
    json_put(object, name, json_of_real(value));
}

void
json_put_instant(Arena *arena, json_t *object, const char *name, Instant at)
{
    json_put(object, name, json_of_instant(arena, at));
}

// Releases json. To be freed; NULL without memory.
static char *
dump(json_t *json, size_t layout)
{
    char *const dumped = json_dumps(json, JSON_SORT_KEYS | layout | JSON_REAL_PRECISION(DIGITS));

    json_decref(json);
    return dumped;
}

bool
json_print(
    Arena *arena, json_t *json, const char *what, const char **bytes, size_t *length, Err *err)
{
    char *const dumped = dump(json, JSON_INDENT(1));
    Text out = {.arena = arena};

    if (!dumped)
        return err_set(err, ERR_FAILED, "cannot print %s as JSON", what);
    text_add(&out, dumped);
    text_add(&out, "\n");
    free(dumped);
    *bytes = text_get(&out);
    *length = out.length;
    return true;
}

// Each on a line of its own.
static bool
add_elements(Text *out, const JsonList *list)
{
    Arena *const scratch = arena_create();
    bool done = true;

    for (size_t i = 0; done && i < list->count; i++) {
        char *const dumped = dump(list->element(scratch, list->data, i), 0);

        done = dumped != NULL;
        text_add(out, i == 0 ? "\n  " : ",\n  ");
        text_add(out, done ? dumped : "");
        free(dumped);
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    if (list->count > 0)
        text_add(out, "\n ");
    return done;
}

bool
json_print_long(Arena *arena, json_t *json, const JsonList *list, const char *what,
    const char **bytes, size_t *length, Err *err)
{
    const char *const place = arena_printf(arena, "\n \"%s\": []", list->member);
    Text out = {.arena = arena};

    json_put(json, list->member, json_array());

    char *const dumped = dump(json, JSON_INDENT(1));
    const char *const at = dumped ? strstr(dumped, place) : NULL;
    const char *const end = at ? at + strlen(place) - 1 : NULL;  // the closing bracket

    if (at)
        text_add_bytes(&out, dumped, (size_t)(end - dumped));

    const bool done = at && add_elements(&out, list);

    if (done) {
        text_add(&out, end);
        text_add(&out, "\n");
    }
    free(dumped);
    if (!done)
        return err_set(err, ERR_FAILED, "cannot print %s as JSON", what);
    *bytes = text_get(&out);
    *length = out.length;
    return true;
}
