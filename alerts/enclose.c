/*
 * What a message tells, as a file that goes with it where its rule asks for one: made from its facts when it is sent, so that the
 * outbox keeps nothing twice.
 */
#include "alerts/channel.h"

#include "core/csv.h"
#include "core/text.h"

#include <jansson.h>
#include <string.h>

// A column for each member that any of the things has, in the order in which they come.
static json_t *
columns_of(const json_t *things)
{
    json_t *const columns = json_object();
    size_t i;
    json_t *thing;

    json_array_foreach(things, i, thing) json_object_update_missing(columns, thing);
    return columns;
}

static const char *
cell_of(Arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_integer(value))
        return arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        return arena_printf(arena, "%.10g", json_real_value(value));
    if (json_is_object(value))
        return arena_printf(arena, "%s %s", json_string_value(json_object_get(value, "amount")),
            json_string_value(json_object_get(value, "currency")));
    return "";
}

static const char *
sheet_of(Arena *arena, const json_t *things)
{
    json_t *const columns = columns_of(things);
    Text out = {.arena = arena};
    size_t i;
    const char *name;
    json_t *thing, *ignored;

    json_object_foreach(columns, name, ignored) csv_add(&out, name);
    csv_end(&out);
    json_array_foreach(things, i, thing)
    {
        json_object_foreach(columns, name, ignored)
            csv_add_outside(&out, cell_of(arena, json_object_get(thing, name)));
        csv_end(&out);
    }
    json_decref(columns);
    return text_get(&out);
}

static const Attachment *
file_of(Arena *arena, const Message *message, const char *form, const char *bytes)
{
    Attachment *const file = ARENA_NEW(arena, Attachment);

    *file = (Attachment){
        .name = arena_printf(arena, "%s.%s", message->rule, form),
        .type = text_equal(form, "csv") ? "text/csv; charset=utf-8" : "application/json",
        .bytes = bytes,
        .length = strlen(bytes),
    };
    return file;
}

const Attachment *
alert_enclosure(Arena *arena, const Message *message)
{
    json_t *const facts =
        text_is_empty(message->facts) ? NULL : json_loads(message->facts, 0, NULL);
    const char *const wanted = json_string_value(json_object_get(facts, "attach"));
    const char *const form = wanted ? arena_copy(arena, wanted) : "";
    const Attachment *file = NULL;

    if (text_equal(form, "csv"))
        file = file_of(arena, message, form, sheet_of(arena, json_object_get(facts, "things")));
    else if (text_equal(form, "json"))
        file = file_of(arena, message, form, message->facts);
    json_decref(facts);
    return file;
}
