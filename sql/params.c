#include "core/text.h"
#include "sql/rows.h"

#include <math.h>

static void
push(Params *params, const char *text)
{
    ARENA_PUSH(params, text);
}

void
param_text(Params *params, const char *text)
{
    push(params, arena_copy(params->arena, text));
}

void
param_int(Params *params, int64_t value)
{
    push(params, arena_printf(params->arena, "%lld", (long long)value));
}

void
param_real(Params *params, double value)
{
    push(params, isnan(value) ? NULL : arena_printf(params->arena, "%.17g", value));
}

void
param_bool(Params *params, bool value)
{
    push(params, value ? "true" : "false");
}

void
param_instant(Params *params, Instant at)
{
    push(params, at == INSTANT_NONE ? NULL : instant_print(params->arena, at));
}

void
param_day(Params *params, Day day)
{
    push(params, day == DAY_NONE ? NULL : day_print(params->arena, day));
}

// Array literals (PostgreSQL, "8.15.6. Array Input and Output Syntax"): libpq has no encoder for them. Every element
// is quoted, so only quotes and backslashes need care.
void
param_texts(Params *params, const char *const *items, size_t count)
{
    Text out = {.arena = params->arena};

    text_add(&out, "{");
    for (size_t i = 0; i < count; i++) {
        text_add(&out, i > 0 ? ",\"" : "\"");
        for (const char *c = items[i]; *c != '\0'; c++) {
            if (*c == '"' || *c == '\\')
                text_add(&out, "\\");
            text_add_bytes(&out, c, 1);
        }
        text_add(&out, "\"");
    }
    text_add(&out, "}");
    push(params, text_get(&out));
}

void
param_ints(Params *params, const int64_t *items, size_t count)
{
    Text out = {.arena = params->arena};

    text_add(&out, "{");
    for (size_t i = 0; i < count; i++)
        text_add_format(&out, "%s%lld", i > 0 ? "," : "", (long long)items[i]);
    text_add(&out, "}");
    push(params, text_get(&out));
}

void
param_reals(Params *params, const double *items, size_t count)
{
    Text out = {.arena = params->arena};

    text_add(&out, "{");
    for (size_t i = 0; i < count; i++)
        if (isnan(items[i]))
            text_add(&out, i > 0 ? ",NULL" : "NULL");
        else
            text_add_format(&out, "%s%.17g", i > 0 ? "," : "", items[i]);
    text_add(&out, "}");
    push(params, text_get(&out));
}
