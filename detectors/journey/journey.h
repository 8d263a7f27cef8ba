/*
 * journey.h - a shipment as the sequence of stops that learning counts between: the label, then every scan that
 * proves possession, until the journey is over or out of sight.
 */
#ifndef DETECTORS_JOURNEY_JOURNEY_H
#define DETECTORS_JOURNEY_JOURNEY_H

#include "core/shipment.h"
#include "core/stage.h"
#include "detectors/stats/operating.h"

typedef struct Stop
{
    Instant at;
    Milestone milestone;  // ANNOUNCED for the label
    Stage stage;
    const Scan *scan;  // the shipment's; NULL for the label
    Instant known;     // when this one, or any later one, was known; not before `at`
    OperatingStamp stamp;
} Stop;

// One wait: from a stop to the event that ended it, or to the moment it was last seen waiting.
typedef struct Gap
{
    const Stop *from, *to;
    bool closed;
    Instant
        known;  // of one that closed: when that, or anything else after `from`, was known; not before its end
} Gap;

typedef struct Journey
{
    Arena *arena;
    const OperatingDays *days;
    Stop *items;  // in time order; never empty after journey_read
    size_t count, capacity;
    size_t presented;  // index of the first presentation; count when there was none
    int hubs;          // stops in transit
    bool over;         // the last stop ended the journey
    Stop end;          // where watching ended: as-of, or the cancellation
} Journey;

// Read a normalised shipment into the journey, whose memory is used again. Scans that occurred or were recorded
// after as_of, and those without a mapped milestone, are left out. False when the label itself lies after as_of.
bool journey_read(Journey *journey, const Shipment *shipment, Instant as_of);

// The wait for the next stop after stop i. False when the journey ended there.
bool journey_move(const Journey *journey, size_t i, Gap *gap);

// The wait from stop i for first presentation. False when it had happened by then, or the journey ended there.
bool journey_arrive(const Journey *journey, size_t i, Gap *gap);

#endif
