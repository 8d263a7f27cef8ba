/*
 * incident.h - an anomaly of a group of parcels: a hub, a lane, a service, a carrier, a carrier's feed, a carrier's
 * promises.
 */
#ifndef CORE_INCIDENT_H
#define CORE_INCIDENT_H

#include "core/instant.h"

#include <stdbool.h>
#include <stdint.h>

// In the order in which people should hear of them.
typedef enum IncidentKind
{
    INCIDENT_FEED =
        1,  // a carrier has gone silent: nothing is known of its parcels; or one kind of scan is missing
    INCIDENT_CARRIER,  // fewer of all its parcels move on than should
    INCIDENT_SERVICE,  // or of those under a service
    INCIDENT_HUB,      // or of those that wait at a place
    INCIDENT_LANE,     // or of those on a lane
    INCIDENT_DRIFT,    // a carrier's parcels come later against their promises than they used to
    INCIDENT_KIND_COUNT,
} IncidentKind;

// What a night made of it.
typedef enum IncidentEvent
{
    INCIDENT_OPENED = 1,
    INCIDENT_CONFIRMED,
    INCIDENT_CLOSED,
    INCIDENT_EVENT_COUNT,
} IncidentEvent;

// At most one is open per kind, carrier and name.
typedef struct Incident
{
    int64_t number;  // 0 until it is remembered
    IncidentKind kind;
    const char *carrier;
    const char *
        name;  // the hub's place, "ORIGIN>DESTINATION", the service, the milestone whose scans are missing; "" for all of a carrier
    Instant since;  // when the anomaly began, as far as the data tell
    Instant opened_as_of, judged_as_of;
    Instant closed_as_of;  // INSTANT_NONE while open
    // Since then: parcels that moved on, promises kept; and how many would have at the usual pace in
    // the hours they waited.
    double observed, expected;
    double
        p_value;  // chance of so few (or of such a drift) when nothing is wrong; NAN when not told
    double
        pace;  // observed over expected, at most 1: 0 for a silent feed, .5 for a hub at half speed
    int64_t members;       // parcels concerned and still open
    int64_t calm_nights;   // in a row up to judged_as_of, in which nothing was wrong
    IncidentEvent event;   // of judged_as_of
    const char *evidence;  // one sentence for people, with its numbers
} Incident;

// What a group of parcels did in one night, for comparison with the next ones. kind says what the group is:
// INCIDENT_CARRIER, _SERVICE, _HUB or _LANE, or _FEED for those that moved on by one kind of scan; carrier and name as in
// Incident.
typedef struct Flow
{
    Instant as_of;
    IncidentKind kind;
    const char *carrier, *name;
    double observed,
        expected;  // parcels that moved on; and how many should have, by what was normal
    // By each parcel's chance: log-likelihood of a slower pace less that of the normal one; its mean and variance at the normal
    // pace. 0 for kind INCIDENT_FEED.
    double log_ratio, log_ratio_mean, log_ratio_variance;
    double silent;      // of a carrier: how many should have moved on since its newest scan
    Instant newest_at;  // of a carrier: its newest scan known by then; else INSTANT_NONE
    bool disturbed;     // an incident was on: says nothing of what is normal
} Flow;

const char *incident_kind_name(IncidentKind kind);  // "feed"
bool incident_kind_parse(const char *name, IncidentKind *out);
const char *incident_event_name(IncidentEvent event);  // "opened"
bool incident_event_parse(const char *name, IncidentEvent *out);

#endif
