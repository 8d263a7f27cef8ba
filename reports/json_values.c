#include "reports/json_values.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>

#define DIGITS 10  // of a real number: a probability is not known better

json_t *
json_text(Arena *arena, const char *text)
{
    return json_string(text_clean(arena, text ? text : ""));
}

json_t *
json_instant(Arena *arena, Instant at)
{
    return at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at));
}

json_t *
json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

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
    json_put(object, name, json_number(value));
}

void
json_put_instant(Arena *arena, json_t *object, const char *name, Instant at)
{
    json_put(object, name, json_instant(arena, at));
}

// The size is asked first: growing a buffer by doubling, beside the tree of a night of 50,000 cases, took three times the text.
bool
json_print(
    Arena *arena, json_t *json, const char *what, const char **bytes, size_t *length, Err *err)
{
    const size_t flags = JSON_SORT_KEYS | JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS);
    const size_t size = json ? json_dumpb(json, NULL, 0, flags) : 0;
    char *const text = arena_alloc(arena, size + 2);
    const bool printed = size > 0 && json_dumpb(json, text, size, flags) == size;

    json_decref(json);
    if (!printed)
        return err_set(err, ERR_FAILED, "cannot print %s as JSON", what);
    text[size] = '\n';
    *bytes = text;
    *length = size + 1;
    return true;
}
