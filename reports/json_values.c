#include "reports/json_values.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 10  // of a real number: a probability is not known better

void
json_put(json_t *object, const char *name, json_t *value)
{
    json_object_set_new_nocheck(object, name, value);
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
write_elements(FILE *file, const JsonList *list)
{
    Arena *const scratch = arena_create();
    bool done = true;

    for (size_t i = 0; done && i < list->count; i++) {
        Text line = {.arena = scratch};

        text_add(&line, i == 0 ? "\n  " : ",\n  ");
        done = json_add_to(&line, list->element(scratch, list->data, i),
            JSON_SORT_KEYS | JSON_REAL_PRECISION(DIGITS));
        fwrite(text_get(&line), 1, line.length, file);
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    if (list->count > 0)
        fputs("\n ", file);
    return done;
}

bool
json_write_long(FILE *file, json_t *json, const JsonList *list, const char *what, Err *err)
{
    Arena *const work = arena_create();
    const char *const place = arena_printf(work, "\n \"%s\": []", list->member);

    json_put(json, list->member, json_array());

    char *const dumped = dump(json, JSON_INDENT(1));
    const char *const at = dumped ? strstr(dumped, place) : NULL;
    const char *const end = at ? at + strlen(place) - 1 : NULL;  // the closing bracket

    if (at)
        fwrite(dumped, 1, (size_t)(end - dumped), file);

    const bool done = at && write_elements(file, list);

    if (done)
        fprintf(file, "%s\n", end);
    free(dumped);
    arena_destroy(work);
    return done || err_set(err, ERR_FAILED, "cannot print %s as JSON", what);
}
