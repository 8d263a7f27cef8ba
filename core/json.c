#include "core/json.h"

#include "core/text.h"

#include <math.h>

// What is clean need not be looked through again.
json_t *
json_text(Arena *arena, const char *text)
{
    return json_string_nocheck(text_clean(arena, text ? text : ""));
}

json_t *
json_of_text(Arena *arena, const char *text)
{
    return text_is_empty(text) ? json_null() : json_text(arena, text);
}

json_t *
json_of_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *
json_of_instant(Arena *arena, Instant at)
{
    return at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at));
}

json_t *
json_of_day(Arena *arena, Day day)
{
    return day == DAY_NONE ? json_null() : json_string(day_print(arena, day));
}

json_t *
json_of_money(Arena *arena, Money money)
{
    return money_is_known(money) ? json_pack("{s:s, s:s}", "amount", money_amount(arena, money),
                                       "currency", money.currency)
                                 : json_null();
}

static int
add(const char *bytes, size_t length, void *text)
{
    text_add_bytes(text, bytes, length);
    return 0;
}

bool
json_add_to(Text *out, json_t *json, size_t flags)
{
    const bool done = json != NULL && json_dump_callback(json, add, out, flags) == 0;

    json_decref(json);
    return done;
}

const char *
json_to_text(Arena *arena, json_t *json, size_t flags)
{
    Text text = {.arena = arena};

    return json_add_to(&text, json, flags) ? text_get(&text) : NULL;
}
