/*
 * incident_words.h - incidents by name, for people.
 */
#ifndef CORE_INCIDENT_WORDS_H
#define CORE_INCIDENT_WORDS_H

#include "core/incident.h"
#include "core/words.h"

// What it is called: "slow hub LIL of dpd", "silent feed of dpd"; in French "plateforme LIL de dpd au ralenti".
const char *words_incident(Arena *arena, Language language, const Incident *incident);

// What the night made of it: "new", "over"; "" while it goes on.
const char *words_incident_event(Language language, IncidentEvent event);

// The label of the kind of scan that a feed leaves out; "" for other incidents.
const char *incident_scan_kind(Language language, const Incident *incident);

#endif
