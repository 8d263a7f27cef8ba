#include "core/incident.h"

#include <string.h>

static const struct
{
    const char *name, *label;
} kinds[INCIDENT_KIND_COUNT] = {
    [INCIDENT_FEED] = {"feed", "silent feed"},
    [INCIDENT_HUB] = {"hub", "slow hub"},
    [INCIDENT_LANE] = {"lane", "slow lane"},
    [INCIDENT_SERVICE] = {"service", "slow service"},
    [INCIDENT_DRIFT] = {"drift", "drift of promises"},
};

const char *
incident_kind_name(IncidentKind kind)
{
    return kind > 0 && kind < INCIDENT_KIND_COUNT ? kinds[kind].name : "";
}

const char *
incident_kind_label(IncidentKind kind)
{
    return kind > 0 && kind < INCIDENT_KIND_COUNT ? kinds[kind].label : "";
}

bool
incident_kind_parse(const char *name, IncidentKind *out)
{
    for (IncidentKind kind = INCIDENT_FEED; kind < INCIDENT_KIND_COUNT; kind++)
        if (strcmp(kinds[kind].name, name) == 0) {
            *out = kind;
            return true;
        }
    return false;
}
