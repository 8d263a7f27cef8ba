/*
 * milestone.h - the meaning of a scan in Vigie's own vocabulary (domain: "milestone").
 */
#ifndef CORE_MILESTONE_H
#define CORE_MILESTONE_H

#include <stdbool.h>

typedef enum Milestone
{
    MILESTONE_UNMAPPED = 0,  // a code nobody has mapped: never counts as progress
    MILESTONE_ANNOUNCED,
    MILESTONE_ACCEPTED,
    MILESTONE_IN_TRANSIT,
    MILESTONE_DELIVERY_DEPOT,
    MILESTONE_CUSTOMS,
    MILESTONE_CUSTOMS_HELD,
    MILESTONE_CUSTOMS_CLEARED,
    MILESTONE_OUT_FOR_DELIVERY,
    MILESTONE_ATTEMPT_FAILED,
    MILESTONE_ADDRESS_PROBLEM,
    MILESTONE_REFUSED,
    MILESTONE_AVAILABLE_FOR_PICKUP,
    MILESTONE_HELD,
    MILESTONE_DELAYED,
    MILESTONE_DAMAGED,
    MILESTONE_LOST,
    MILESTONE_DESTROYED,
    MILESTONE_RETURNING,
    MILESTONE_RETURNED,
    MILESTONE_DELIVERED,
    MILESTONE_CANCELLED,
    MILESTONE_CLAIM_NEWS,
    MILESTONE_INFORMATION,
    MILESTONE_COUNT,
} Milestone;

// "out_for_delivery"; the word used in SQL, files and reports.
const char *milestone_name(Milestone milestone);

// For people: "out for delivery".
const char *milestone_label(Milestone milestone);

// False for a word that is not a milestone ("unmapped" is not one).
bool milestone_parse(const char *name, Milestone *out);

// Whether a scan of this milestone proves, by default, that somebody handled the parcel. Announcements,
// information, claim news, carrier's own delay notices and "lost" are not physical. A catalogue row may say
// otherwise for its code.
bool milestone_is_physical(Milestone milestone);

// After it the parcel's journey is over: delivered, returned, destroyed, cancelled.
static inline bool
milestone_is_final(Milestone milestone)
{
    return milestone == MILESTONE_DELIVERED || milestone == MILESTONE_RETURNED ||
           milestone == MILESTONE_DESTROYED || milestone == MILESTONE_CANCELLED;
}

// It counts as first presentation to the recipient, which ends the promise: delivered, a failed attempt,
// refused, waiting at a pick-up point.
static inline bool
milestone_is_presentation(Milestone milestone)
{
    return milestone == MILESTONE_DELIVERED || milestone == MILESTONE_ATTEMPT_FAILED ||
           milestone == MILESTONE_REFUSED || milestone == MILESTONE_AVAILABLE_FOR_PICKUP;
}

#endif
