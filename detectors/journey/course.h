/*
 * course.h - what a journey has come to, for detectors that ask more of it than history_read() tells. Shipments come
 * normalised (history_normalise); only scans known at as-of count, unmapped ones never do. Scans are given by their index,
 * -1 for none.
 */
#ifndef DETECTORS_JOURNEY_COURSE_H
#define DETECTORS_JOURNEY_COURSE_H

#include "detectors/journey/history.h"

#include <stdint.h>

// A set of milestones, one bit for each.
typedef uint32_t Milestones;
#define OF(milestone) ((Milestones)1 << (milestone))

_Static_assert(MILESTONE_COUNT <= 32, "a set of milestones needs more bits");

// Tried at the door, or gone another way.
#define COURSE_OUTCOMES                                                                            \
    (OF(MILESTONE_OUT_FOR_DELIVERY) | OF(MILESTONE_ATTEMPT_FAILED) | OF(MILESTONE_REFUSED) |       \
        OF(MILESTONE_AVAILABLE_FOR_PICKUP) | OF(MILESTONE_RETURNING) | OF(MILESTONE_RETURNED) |    \
        OF(MILESTONE_DELIVERED) | OF(MILESTONE_DESTROYED))

// Proofs that the parcel goes its way, wherever to: a scan in the set that is physical.
#define COURSE_MOVES                                                                               \
    (OF(MILESTONE_ACCEPTED) | OF(MILESTONE_IN_TRANSIT) | OF(MILESTONE_DELIVERY_DEPOT) |            \
        OF(MILESTONE_CUSTOMS) | OF(MILESTONE_CUSTOMS_HELD) | OF(MILESTONE_CUSTOMS_CLEARED) |       \
        OF(MILESTONE_OUT_FOR_DELIVERY) | OF(MILESTONE_ATTEMPT_FAILED))

// Whether the scan was known at as-of and is of the set.
bool course_is(const Scan *scan, Instant as_of, Milestones set);

// The first such scan at or behind index from, the last such one, and how many there are at or behind it.
int course_first(const Shipment *shipment, Instant as_of, int from, Milestones set);
int course_last(const Shipment *shipment, Instant as_of, Milestones set);
int course_count(const Shipment *shipment, Instant as_of, int from, Milestones set);

// Where the way back began: the first scan that says so, or that the recipient refused. -1 also when it was handed over in
// between.
int course_return(const Shipment *shipment, Instant as_of);

// Whether the parcel goes, or went, back though no scan gives a reason: not refused, no failed attempt, no wrong address, no
// pick-up point, customs or damage before, and not delivered. False as well while a code that nobody has mapped could be
// the reason.
bool course_returns_for_nothing(const Shipment *shipment, Instant as_of);

// Whether a parcel whose journey is over is still worth a look: it was damaged or destroyed, came back for nothing, or moved
// on later than tolerance_hours after its delivery.
bool course_ended_badly(const Shipment *shipment, Instant as_of, int64_t tolerance_hours);

#endif
