/*
 * promise_day.h - counting a parcel on the day its promise ended: whether the promise was kept, and how early the parcel came.
 */
#ifndef DETECTORS_INCIDENTS_PROMISE_DAY_H
#define DETECTORS_INCIDENTS_PROMISE_DAY_H

#include "config/calendar.h"
#include "core/zone.h"
#include "detectors/journey/outcome.h"

// Whether the promise of an ending, as it was known at known_at, counts for its carrier: it has passed, and the carrier had the
// parcel before. What a carrier never had, or had only after the promise, is none of its doing.
bool promise_counts(const Ending *ending, Instant known_at);

// Add such a promise to its day. Days are those of the zone, working days those of the calendar.
void
promise_day_add(PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar);

// Add to the first leads of its day a promise that counts by what was known when the day had just ended.
void promise_day_add_first(
    PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar);

#endif
