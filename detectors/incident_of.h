/*
 * incident_of.h - what an incident says about one parcel.
 */
#ifndef DETECTORS_INCIDENT_OF_H
#define DETECTORS_INCIDENT_OF_H

#include "detectors/incidents/incidents.h"

// The incident among those not closed that says most about the silence of a parcel that is still on its way; NULL when none
// concerns it. scratch is for names.
const Incident *incident_of(const Baselines *baselines, const Incident *items, size_t count,
    const Shipment *shipment, const History *history, Arena *scratch);

// What it means for the parcels concerned: of the time since it began only the share `pace` counts as silence.
Slowdown incident_slowdown(const Incident *incident);

// How it belongs into a sentence about one parcel, silent since last_scan_at: "of which 38 h while the feed of dpd was
// silent (incident 3)". Owned by the arena.
const char *incident_excuse(
    Arena *arena, Language language, const Incident *incident, Instant last_scan_at, Instant as_of);

#endif
