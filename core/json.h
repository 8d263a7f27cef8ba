/*
 * json.h - how values of ours stand in JSON: what is not known is null, never NaN; texts are clean UTF-8; amounts are decimal
 * texts, so that no reader rounds them.
 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include "core/arena.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"

#include <jansson.h>

// Values; the caller owns them, the arena holds what is only needed on the way. json_text() is "" for NULL and for the empty
// text, json_of_text() null.
json_t *json_text(Arena *arena, const char *text);
json_t *json_of_text(Arena *arena, const char *text);
json_t *json_of_real(double value);  // null unless finite
json_t *json_of_instant(Arena *arena, Instant at);
json_t *json_of_day(Arena *arena, Day day);
json_t *json_of_money(Arena *arena, Money money);  // {"amount": "12.50", "currency": "EUR"}

// Append a value as text, by jansson's flags; the value is released. False when it could not be made (NULL, as of text that is not
// UTF-8), or printed for want of memory.
bool json_add_to(Text *out, json_t *json, size_t flags);

// A value as text, by jansson's flags, owned by the arena; the value is released. NULL when it could not be made (NULL, as of
// text that is not UTF-8).
const char *json_to_text(Arena *arena, json_t *json, size_t flags);

#endif
