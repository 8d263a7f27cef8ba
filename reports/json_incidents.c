#include "reports/json_incidents.h"

#include "reports/json_values.h"

static json_t *
incident_json(Arena *arena, const Incident *incident)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o}",
        "number", (json_int_t)incident->number, "kind", incident_kind_name(incident->kind), "event",
        incident_event_name(incident->event), "carrier", json_text(arena, incident->carrier),
        "name", json_text(arena, incident->name), "since", json_of_instant(arena, incident->since),
        "opened_as_of", json_of_instant(arena, incident->opened_as_of), "judged_as_of",
        json_of_instant(arena, incident->judged_as_of), "closed_as_of",
        json_of_instant(arena, incident->closed_as_of), "observed",
        json_of_real(incident->observed), "expected", json_of_real(incident->expected), "p_value",
        json_of_real(incident->p_value), "pace", json_of_real(incident->pace), "members",
        (json_int_t)incident->members, "evidence", json_text(arena, incident->evidence));
}

json_t *
json_incidents(Arena *arena, const Incident *incidents, size_t count)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, incident_json(arena, &incidents[i]));
    return list;
}
