#include "reports/json_incidents.h"

#include "core/text.h"

#include <math.h>

static json_t *
text_json(Arena *arena, const char *text)
{
    return json_string(text_clean(arena, text));
}

static json_t *
instant_json(Arena *arena, Instant at)
{
    return at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at));
}

static json_t *
real_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *
incident_json(Arena *arena, const Incident *incident)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o}",
        "number", (json_int_t)incident->number, "kind", incident_kind_name(incident->kind), "event",
        incident_event_name(incident->event), "carrier", text_json(arena, incident->carrier),
        "name", text_json(arena, incident->name), "since", instant_json(arena, incident->since),
        "opened_as_of", instant_json(arena, incident->opened_as_of), "judged_as_of",
        instant_json(arena, incident->judged_as_of), "closed_as_of",
        instant_json(arena, incident->closed_as_of), "observed", real_json(incident->observed),
        "expected", real_json(incident->expected), "p_value", real_json(incident->p_value), "pace",
        real_json(incident->pace), "members", (json_int_t)incident->members, "evidence",
        text_json(arena, incident->evidence));
}

json_t *
json_incidents(Arena *arena, const Incident *incidents, size_t count)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, incident_json(arena, &incidents[i]));
    return list;
}
