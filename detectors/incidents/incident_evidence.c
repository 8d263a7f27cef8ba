#include "detectors/incidents/incident_evidence.h"

#include "core/incident_words.h"
#include "core/words.h"
#include "detectors/incidents/incidents.h"

#include <math.h>
#include <string.h>

// "from LIL", "on the lane IDF>PAC", "under home", "in all".
static const char *
group_words(Arena *arena, Language language, const Incident *incident)
{
    switch (incident->kind) {
    case INCIDENT_HUB:
        return arena_printf(arena, IN_LANGUAGE(language, "from %s", "de %s"), incident->name);
    case INCIDENT_LANE:
        return arena_printf(
            arena, IN_LANGUAGE(language, "on the lane %s", "sur la liaison %s"), incident->name);
    case INCIDENT_SERVICE:
        return arena_printf(arena,
            IN_LANGUAGE(language, "under the service %s", "sous le service %s"), incident->name);
    default:
        return IN_LANGUAGE(language, "in all", "en tout");
    }
}

static const char *
chance_words(Arena *arena, Language language, double chance)
{
    if (!(chance < .1))
        return "";
    if (chance < 1e-9)
        return IN_LANGUAGE(language, " (less than 1 chance in a billion when nothing is wrong)",
            " (moins d'1 chance sur un milliard si tout va bien)");
    return arena_printf(arena,
        IN_LANGUAGE(language, " (1 chance in %s when nothing is wrong)",
            " (1 chance sur %s si tout va bien)"),
        words_count(arena, language, llround(1 / chance)));
}

static const char *
count_words(Arena *arena, Language language, double count)
{
    return words_count(arena, language, llround(count));
}

const char *
incident_evidence_open(Arena *arena, Language language, const Zone *zone, const Incident *incident)
{
    const char *const since = zone_print(arena, zone, incident->since);

    if (*incident_scan_kind(language, incident) != '\0')
        return arena_printf(arena,
            IN_LANGUAGE(language,
                "no scan \"%s\" since %s, while others came; %s parcels wait for one%s",
                "aucun passage \u00ab\u00a0%s\u00a0\u00bb depuis le %s, alors que d'autres "
                "arrivaient\u00a0; %s colis en attendent un%s"),
            incident_scan_kind(language, incident), since,
            words_count(arena, language, incident->members),
            chance_words(arena, language, incident->p_value));
    if (incident->kind == INCIDENT_FEED)
        return arena_printf(arena,
            IN_LANGUAGE(language, "no scan since %s, %s parcels should have moved on since",
                "aucun passage depuis le %s, %s colis auraient d\u00fb avancer depuis"),
            since, count_words(arena, language, incident->expected));
    return arena_printf(arena,
        IN_LANGUAGE(language,
            "%s parcels moved on %s since %s; in the hours they waited %s would have at the usual "
            "pace: %s of it%s",
            "%s colis ont avanc\u00e9 %s depuis le %s\u00a0; dans leurs heures d'attente, %s "
            "l'auraient fait \u00e0 l'allure habituelle\u00a0: %s de celle-ci%s"),
        count_words(arena, language, incident->observed), group_words(arena, language, incident),
        since, count_words(arena, language, incident->expected),
        words_share(arena, language, incident->pace),
        chance_words(arena, language, incident->p_value));
}

const char *
incident_evidence_closed(
    Arena *arena, Language language, const Zone *zone, const Incident *incident)
{
    const char *const since = zone_print(arena, zone, incident->since);

    if (incident->kind == INCIDENT_FEED && incident->calm_nights >= INCIDENT_CALM_NIGHTS)
        return arena_printf(arena,
            IN_LANGUAGE(language,
                "too few parcels to tell for %d nights; there was no such scan since %s",
                "trop peu de colis pour le dire depuis %d nuits\u00a0; aucun passage de ce genre "
                "depuis le %s"),
            INCIDENT_CALM_NIGHTS, since);
    if (incident->kind == INCIDENT_FEED)
        return arena_printf(arena,
            IN_LANGUAGE(language, "%sscans come again; there was none since %s",
                "les passages %sarrivent de nouveau\u00a0; aucun depuis le %s"),
            *incident_scan_kind(language, incident) != '\0'
                ? IN_LANGUAGE(language, "such ", "de ce genre ")
                : "",
            since);
    return arena_printf(arena,
        IN_LANGUAGE(language,
            "back at its pace, or too few parcels to tell, for %d nights; %s parcels moved on %s "
            "since %s where %s would have",
            "revenu \u00e0 son allure, ou trop peu de colis pour le dire, depuis %d nuits\u00a0; "
            "%s colis ont avanc\u00e9 %s depuis le %s, l\u00e0 o\u00f9 %s l'auraient fait"),
        INCIDENT_CALM_NIGHTS, count_words(arena, language, incident->observed),
        group_words(arena, language, incident), since,
        count_words(arena, language, incident->expected));
}
