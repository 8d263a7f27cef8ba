/*
 * json_carriers.h - how carriers did, for programs, as docs/night.schema.json describes it.
 */
#ifndef REPORTS_JSON_CARRIERS_H
#define REPORTS_JSON_CARRIERS_H

#include "core/scorecard.h"

#include <jansson.h>

// An object with the cards, and claims and cases by carrier; carrier is "" for all, else only that one's. The caller owns it.
json_t *json_carriers(Arena *arena, const Scorecards *cards, const char *carrier);

#endif
