/*
 * What an incident says about one parcel.
 */
#include "detectors/incident_of.h"

#include "core/incident_words.h"
#include "core/text.h"
#include "detectors/evidence.h"

#include <string.h>

// Of a feed that leaves out one kind of scan.
static bool
waits_for(const Baselines *baselines, const Incident *incident, const Shipment *shipment,
    const History *history)
{
    const Milestone last = shipment->scans[history->last_physical].milestone;
    Milestone missing;

    return milestone_parse(incident->name, &missing) &&
           baselines_wait_for(baselines, shipment->carrier, stage_of(last, history->hubs), missing);
}

// A parcel that nobody has handled yet waits for its first scan: a silent feed may hide it, a slow hub does not.
static bool
concerns(const Baselines *baselines, const Incident *incident, const Shipment *shipment,
    const History *history, Arena *scratch)
{
    const bool handled = history->last_physical >= 0;

    if (incident->event == INCIDENT_CLOSED || strcmp(incident->carrier, shipment->carrier) != 0)
        return false;
    switch (incident->kind) {
    case INCIDENT_FEED:
        return text_is_empty(incident->name) ||
               (handled && waits_for(baselines, incident, shipment, history));
    case INCIDENT_CARRIER:
        return handled;
    case INCIDENT_SERVICE:
        return handled && strcmp(incident->name, shipment->service) == 0;
    case INCIDENT_LANE:
        return handled &&
               strcmp(incident->name, arena_printf(scratch, "%s>%s", shipment_origin(shipment),
                                          shipment_destination(shipment))) == 0;
    case INCIDENT_HUB:
        return handled &&
               strcmp(incident->name,
                   stay_place(scratch, shipment->scans[history->last_physical].place)) == 0;
    default:
        return false;
    }
}

const Incident *
incident_of(const Baselines *baselines, const Incident *items, size_t count,
    const Shipment *shipment, const History *history, Arena *scratch)
{
    const Incident *best = NULL;
    double most = -1;

    for (size_t i = 0; i < count; i++) {
        const double excused =
            (double)(items[i].judged_as_of - items[i].since) * (1 - items[i].pace);

        if (excused > most && concerns(baselines, &items[i], shipment, history, scratch)) {
            best = &items[i];
            most = excused;
        }
    }
    return best;
}

Slowdown
incident_slowdown(const Incident *incident)
{
    return (Slowdown){.since = incident->since, .pace = incident->pace};
}

static const char *
state_words(Arena *arena, Language language, const Incident *incident)
{
    const char *const pace = arena_printf(arena,
        IN_LANGUAGE(language, "at %.0f %% of its pace", "\u00e0 %.0f\u00a0%% de son allure"),
        100 * incident->pace);

    switch (incident->kind) {
    case INCIDENT_FEED:
        if (!text_is_empty(incident->name))
            return arena_printf(arena,
                IN_LANGUAGE(language, "scans \"%s\" of %s were missing",
                    "les passages \u00ab\u00a0%s\u00a0\u00bb de %s manquaient"),
                incident_scan_kind(language, incident), incident->carrier);
        return arena_printf(arena,
            IN_LANGUAGE(language, "the feed of %s was silent", "le flux de %s \u00e9tait muet"),
            incident->carrier);
    case INCIDENT_CARRIER:
        return arena_printf(
            arena, IN_LANGUAGE(language, "%s ran %s", "%s tournait %s"), incident->carrier, pace);
    case INCIDENT_LANE:
        return arena_printf(arena,
            IN_LANGUAGE(language, "the lane %s ran %s", "la liaison %s tournait %s"),
            incident->name, pace);
    default:
        return arena_printf(
            arena, IN_LANGUAGE(language, "%s ran %s", "%s tournait %s"), incident->name, pace);
    }
}

const char *
incident_excuse(
    Arena *arena, Language language, const Incident *incident, Instant last_scan_at, Instant as_of)
{
    const Instant from = last_scan_at > incident->since ? last_scan_at : incident->since;
    const char *const number =
        incident->number > 0 ? arena_printf(arena, " (incident %lld)", (long long)incident->number)
                             : "";

    return arena_printf(arena,
        IN_LANGUAGE(language, "of which %s while %s%s", "dont %s pendant que %s%s"),
        evidence_hours(language, (double)(as_of - from) / (double)HOUR, arena),
        state_words(arena, language, incident), number);
}
