/*
 * json_incidents.h - a night's incidents for programs, as docs/night.schema.json describes them.
 */
#ifndef REPORTS_JSON_INCIDENTS_H
#define REPORTS_JSON_INCIDENTS_H

#include "core/digest.h"

#include <jansson.h>

// An array with one object for each; the caller owns it.
json_t *json_incidents(Arena *arena, const Incident *incidents, size_t count);

#endif
