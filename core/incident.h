/*
 * incident.h - an anomaly of a group of parcels: a hub, a lane, a service, a carrier's feed, a carrier's promises.
 */
#ifndef CORE_INCIDENT_H
#define CORE_INCIDENT_H

#include "core/instant.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum IncidentKind
{
    INCIDENT_FEED =
        1,  // a carrier (or a kind of scan of it) has gone silent: nothing is known of its parcels
    INCIDENT_HUB,      // fewer parcels leave a place than should
    INCIDENT_LANE,     // or move on along a lane
    INCIDENT_SERVICE,  // or under a service
    INCIDENT_DRIFT,    // a carrier keeps fewer promises than it used to
    INCIDENT_KIND_COUNT,
} IncidentKind;

// At most one is open per kind, carrier and name.
typedef struct Incident
{
    int64_t number;  // 0 until it is remembered
    IncidentKind kind;
    const char *carrier;
    const char
        *name;      // the hub's place, "ORIGIN>DESTINATION", the service, the milestone, "" for all
    Instant since;  // when the anomaly began, as far as the data tell
    Instant opened_as_of, judged_as_of;
    Instant closed_as_of;  // INSTANT_NONE while open
    double observed,
        expected;  // parcels that moved on, promises kept, by judged_as_of; and how many should have
    double p_value;        // chance of so few (or of such a drift) when nothing is wrong
    double pace;           // of normal: 0 for a silent feed, .5 for a hub at half speed
    int64_t members;       // parcels concerned and still open
    const char *evidence;  // one sentence for people, with its numbers
} Incident;

const char *incident_kind_name(IncidentKind kind);   // "feed"
const char *incident_kind_label(IncidentKind kind);  // "carrier's feed is silent"
bool incident_kind_parse(const char *name, IncidentKind *out);

#endif
