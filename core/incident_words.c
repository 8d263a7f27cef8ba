#include "core/incident_words.h"

#include "core/milestone.h"

// What stands before the name, between name and carrier, and after the carrier.
typedef struct Pattern
{
    const char *before, *between, *after;
} Pattern;

static const Pattern english[INCIDENT_KIND_COUNT] = {
    [INCIDENT_FEED] = {"silent feed of ", "", ""},
    [INCIDENT_CARRIER] = {"slow carrier ", "", ""},
    [INCIDENT_SERVICE] = {"slow service ", " of ", ""},
    [INCIDENT_HUB] = {"slow hub ", " of ", ""},
    [INCIDENT_LANE] = {"slow lane ", " of ", ""},
    [INCIDENT_DRIFT] = {"later parcels of ", "", ""},
};

static const Pattern french[INCIDENT_KIND_COUNT] = {
    [INCIDENT_FEED] = {"flux muet de ", "", ""},
    [INCIDENT_CARRIER] = {"transporteur ", "", " au ralenti"},
    [INCIDENT_SERVICE] = {"service ", " de ", " au ralenti"},
    [INCIDENT_HUB] = {"plateforme ", " de ", " au ralenti"},
    [INCIDENT_LANE] = {"liaison ", " de ", " au ralenti"},
    [INCIDENT_DRIFT] = {"colis plus tardifs de ", "", ""},
};

const char *
incident_scan_kind(Language language, const Incident *incident)
{
    Milestone milestone;

    return incident->kind == INCIDENT_FEED && milestone_parse(incident->name, &milestone)
               ? words_milestone(language, milestone)
               : "";
}

// Of a feed from which one kind of scan is missing.
static const Pattern english_kind = {"missing scans \"", "\" of ", ""};
static const Pattern french_kind = {"passages \302\253 ", " \302\273 absents de ", ""};

const char *
words_incident(Arena *arena, Language language, const Incident *incident)
{
    const bool in_french = language == LANGUAGE_FRENCH;
    const char *const kind = incident_scan_kind(language, incident);
    const Pattern *const pattern = *kind != '\0' ? in_french ? &french_kind : &english_kind
                                   : in_french   ? &french[incident->kind]
                                                 : &english[incident->kind];
    const bool named = *pattern->between != '\0';

    return arena_printf(arena, "%s%s%s%s%s", pattern->before,
        *kind != '\0' ? kind
        : named       ? incident->name
                      : "",
        pattern->between, incident->carrier, pattern->after);
}

const char *
words_incident_event(Language language, IncidentEvent event)
{
    const bool spoken_french = language == LANGUAGE_FRENCH;

    switch (event) {
    case INCIDENT_OPENED:
        return spoken_french ? "nouveau" : "new";
    case INCIDENT_CLOSED:
        return spoken_french ? "termin\303\251" : "over";
    default:
        return "";
    }
}
