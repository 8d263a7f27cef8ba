#include "detectors/incident_evidence.h"

#include "core/incident_words.h"
#include "core/words.h"
#include "detectors/incidents.h"

#include <math.h>
#include <string.h>

// "from LIL", "on the lane IDF>PAC", "under home", "in all".
static const char *
group_words(Arena *arena, const Incident *incident)
{
    switch (incident->kind) {
    case INCIDENT_HUB:
        return arena_printf(arena, "from %s", incident->name);
    case INCIDENT_LANE:
        return arena_printf(arena, "on the lane %s", incident->name);
    case INCIDENT_SERVICE:
        return arena_printf(arena, "under the service %s", incident->name);
    default:
        return "in all";
    }
}

static const char *
chance_words(Arena *arena, double chance)
{
    if (!(chance < .1))
        return "";
    if (chance < 1e-9)
        return " (less than 1 chance in a billion when nothing is wrong)";
    return arena_printf(arena, " (1 chance in %s when nothing is wrong)",
        words_count(arena, LANGUAGE_ENGLISH, llround(1 / chance)));
}

static const char *
count_words(Arena *arena, double count)
{
    return words_count(arena, LANGUAGE_ENGLISH, llround(count));
}

const char *
incident_evidence_open(Arena *arena, const Zone *zone, const Incident *incident)
{
    const char *const since = zone_print(arena, zone, incident->since);

    if (*incident_scan_kind(incident) != '\0')
        return arena_printf(arena,
            "no scan \"%s\" since %s, while others came; %s parcels wait for one%s",
            incident_scan_kind(incident), since,
            words_count(arena, LANGUAGE_ENGLISH, incident->members),
            chance_words(arena, incident->p_value));
    if (incident->kind == INCIDENT_FEED)
        return arena_printf(arena, "no scan since %s, %s parcels should have moved on since", since,
            count_words(arena, incident->expected));
    return arena_printf(arena,
        "%s parcels moved on %s since %s; in the hours they waited %s would have at the usual "
        "pace: "
        "%s of it%s",
        count_words(arena, incident->observed), group_words(arena, incident), since,
        count_words(arena, incident->expected),
        words_share(arena, LANGUAGE_ENGLISH, incident->pace),
        chance_words(arena, incident->p_value));
}

const char *
incident_evidence_closed(Arena *arena, const Zone *zone, const Incident *incident)
{
    const char *const since = zone_print(arena, zone, incident->since);

    if (incident->kind == INCIDENT_FEED && incident->calm_nights >= INCIDENT_CALM_NIGHTS)
        return arena_printf(arena,
            "too few parcels to tell for %d nights; there was no such scan since %s",
            INCIDENT_CALM_NIGHTS, since);
    if (incident->kind == INCIDENT_FEED)
        return arena_printf(arena, "%sscans come again; there was none since %s",
            *incident_scan_kind(incident) != '\0' ? "such " : "", since);
    return arena_printf(arena,
        "back at its pace, or too few parcels to tell, for %d nights; %s parcels moved on %s since "
        "%s where %s would have",
        INCIDENT_CALM_NIGHTS, count_words(arena, incident->observed), group_words(arena, incident),
        since, count_words(arena, incident->expected));
}
