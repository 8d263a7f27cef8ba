#include "core/incident.h"

#include <string.h>

static const char *const kinds[INCIDENT_KIND_COUNT] = {
    [INCIDENT_FEED] = "feed",
    [INCIDENT_CARRIER] = "carrier",
    [INCIDENT_SERVICE] = "service",
    [INCIDENT_HUB] = "hub",
    [INCIDENT_LANE] = "lane",
    [INCIDENT_DRIFT] = "drift",
};

static const char *const events[INCIDENT_EVENT_COUNT] = {
    [INCIDENT_OPENED] = "opened",
    [INCIDENT_CONFIRMED] = "confirmed",
    [INCIDENT_CLOSED] = "closed",
};

const char *
incident_kind_name(IncidentKind kind)
{
    return kind > 0 && kind < INCIDENT_KIND_COUNT ? kinds[kind] : "";
}

bool
incident_kind_parse(const char *name, IncidentKind *out)
{
    for (IncidentKind kind = INCIDENT_FEED; kind < INCIDENT_KIND_COUNT; kind++)
        if (strcmp(kinds[kind], name) == 0) {
            *out = kind;
            return true;
        }
    return false;
}

const char *
incident_event_name(IncidentEvent event)
{
    return event > 0 && event < INCIDENT_EVENT_COUNT ? events[event] : "";
}

bool
incident_event_parse(const char *name, IncidentEvent *out)
{
    for (IncidentEvent event = INCIDENT_OPENED; event < INCIDENT_EVENT_COUNT; event++)
        if (strcmp(events[event], name) == 0) {
            *out = event;
            return true;
        }
    return false;
}
