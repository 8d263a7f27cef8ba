/*
 * incident_evidence.h - incidents in one sentence each. Texts are owned by the arena.
 */
#ifndef DETECTORS_INCIDENTS_INCIDENT_EVIDENCE_H
#define DETECTORS_INCIDENTS_INCIDENT_EVIDENCE_H

#include "core/arena.h"
#include "core/incident.h"
#include "core/words.h"
#include "core/zone.h"

// "31 parcels moved on from LIL since 2026-03-02 23:59; in the hours they waited 64 would have at the usual pace: 48 % of
// it (1 chance in 210,000 when nothing is wrong)"; of a feed: "no scan since 2026-03-02 05:48, 212 parcels should have moved on since".
const char *
incident_evidence_open(Arena *arena, Language language, const Zone *zone, const Incident *incident);

// The same once it is over: "scans come again after ..."; "back at its pace for 3 nights; ...".
const char *incident_evidence_closed(
    Arena *arena, Language language, const Zone *zone, const Incident *incident);

#endif
