/*
 * incidents.h - what went wrong tonight with whole groups of parcels, and what that says about each of them.
 */
#ifndef DETECTORS_INCIDENTS_INCIDENTS_H
#define DETECTORS_INCIDENTS_INCIDENTS_H

#include "config/calendar.h"
#include "core/incident.h"
#include "core/zone.h"
#include "detectors/baseline/baseline.h"
#include "detectors/incidents/flow.h"
#include "detectors/journey/history.h"

#define INCIDENT_HISTORY_DAYS 28  // nights behind a group's own pace and spread
#define INCIDENT_CALM_NIGHTS  3   // after so many in a row it is over

// All that incidents_find() looks at. Incidents of other kinds (drift) are none of its business.
typedef struct IncidentNight
{
    Instant after, as_of;      // the night is (after, as_of]
    const Zone *zone;          // of the words, and of weekdays
    Language language;         // of the words
    const Calendar *calendar;  // a holiday is compared with Sundays
    const FlowMeter *meter;    // that has counted the night
    const Flow *history;       // flows of the nights before, each group's in the order of nights
    size_t history_count;
    const Incident *open;  // incidents that were open before it
    size_t open_count;
} IncidentNight;

typedef struct IncidentsFound
{
    Incident *items;  // those that were open, confirmed or closed; then new ones, without a number
    size_t count;
    const Flow *flows;  // to be remembered for the next nights
    size_t flow_count;
} IncidentsFound;

// Silent feeds first, and those that leave out one kind of scan (missing.h); then slow carriers, services, hubs and lanes, each told once (suspects.h). One that was open is
// confirmed while its group is slow (chance at most .05) or its feed silent, and closed when scans come again, or after
// INCIDENT_CALM_NIGHTS nights in which its group was not slow or too small to tell. None begins while depots rest by a holiday
// (night_day.h): what should come then is not known well enough. Texts are owned by the arena.
IncidentsFound incidents_find(Arena *arena, const IncidentNight *night);

#endif
