/*
 * hours.h - quiet hours: a part of the day, on a wall clock, in which nobody is to be disturbed.
 */
#ifndef CORE_HOURS_H
#define CORE_HOURS_H

#include "core/zone.h"

// Minutes after midnight; to may lie before from (over midnight). Equal: there are none.
typedef struct QuietHours
{
    int from, to;
} QuietHours;

// "22:00-07:00"; "" for none. False leaves out untouched.
bool quiet_hours_parse(const char *text, QuietHours *out);

// The first instant at or after `at` that is not within the quiet hours of the zone's wall clock.
Instant quiet_hours_after(QuietHours quiet, const Zone *zone, Instant at);

#endif
