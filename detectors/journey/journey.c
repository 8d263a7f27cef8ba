/*
 * What ends a wait is what somebody must have done: a physical scan, a presentation or the end of the journey. A
 * cancelled label is watched until its cancellation, a parcel that went back until it was back: they testify only for
 * the hours they were watched (censoring).
 */
#include "detectors/journey/journey.h"

static bool
is_stop(const Scan *scan, Instant until, Instant as_of)
{
    if (scan->occurred_at > until || scan->milestone == MILESTONE_UNMAPPED)
        return false;
    if (scan->recorded_at != INSTANT_NONE && scan->recorded_at > as_of)
        return false;
    return scan->physical || milestone_is_presentation(scan->milestone) ||
           milestone_is_final(scan->milestone);
}

static void
journey_grow(Journey *journey)
{
    journey->capacity = journey->capacity > 0 ? 2 * journey->capacity : 16;
    journey->items = arena_grow_array(
        journey->arena, journey->items, sizeof *journey->items, journey->count, journey->capacity);
}

static void
stop_add(Journey *journey, Instant at, Milestone milestone, const Scan *scan)
{
    // A scan stamped before its predecessor (the label) ended that wait at once.
    const Instant floor = journey->count > 0 ? journey->items[journey->count - 1].at : at;

    if (journey->count == journey->capacity)
        journey_grow(journey);

    Stop *const stop = &journey->items[journey->count++];

    stop->at = at > floor ? at : floor;
    stop->milestone = milestone;
    stop->stage = stage_of(milestone, milestone == MILESTONE_IN_TRANSIT ? ++journey->hubs : 1);
    stop->scan = scan;
    operating_stamp_put(journey->days, stop->at, &stop->stamp);
}

// A stop is known no later than any that follows it: whoever was delivered has left the depot.
static void
note_known(Journey *journey)
{
    for (size_t i = journey->count; i-- > 0;) {
        Stop *const stop = &journey->items[i];
        const bool told = stop->scan && stop->scan->recorded_at > stop->at;

        stop->known = told ? stop->scan->recorded_at : stop->at;
        if (i + 1 < journey->count && stop[1].known < stop->known)
            stop->known = stop[1].known;
    }
}

bool
journey_read(Journey *journey, const Shipment *shipment, Instant as_of)
{
    const bool cancelled = shipment->cancelled_at != INSTANT_NONE && shipment->cancelled_at < as_of;
    const Instant until = cancelled ? shipment->cancelled_at : as_of;

    if (shipment->created_at > as_of)
        return false;

    journey->count = 0;
    journey->hubs = 0;
    journey->over = false;
    journey->presented = SIZE_MAX;
    stop_add(journey, shipment->created_at, MILESTONE_ANNOUNCED, NULL);
    for (size_t i = 0; i < shipment->scan_count && !journey->over; i++) {
        const Milestone milestone = shipment->scans[i].milestone;

        if (!is_stop(&shipment->scans[i], until, as_of))
            continue;
        if (journey->presented == SIZE_MAX && milestone_is_presentation(milestone))
            journey->presented = journey->count;
        journey->over = milestone_is_final(milestone);
        stop_add(journey, shipment->scans[i].occurred_at, milestone, &shipment->scans[i]);
    }
    if (journey->presented == SIZE_MAX)
        journey->presented = journey->count;

    note_known(journey);

    const Stop *const last = &journey->items[journey->count - 1];
    const Instant end = until > last->at ? until : last->at;

    journey->end.at = end;
    journey->end.milestone = MILESTONE_UNMAPPED;
    operating_stamp_put(journey->days, end, &journey->end.stamp);
    return true;
}

// Whoever was seen on the way is not where they were, even before the end of the way is known.
static Instant
known_not_before(const Journey *journey, size_t i, Instant at)
{
    return journey->items[i].known > at ? journey->items[i].known : at;
}

bool
journey_move(const Journey *journey, size_t i, Gap *gap)
{
    const bool closed = i + 1 < journey->count;

    if (!closed && journey->over)
        return false;
    *gap = (Gap){.from = &journey->items[i],
        .to = closed ? &journey->items[i + 1] : &journey->end,
        .closed = closed,
        .known = closed ? journey->items[i + 1].known : INSTANT_NONE};
    return true;
}

bool
journey_arrive(const Journey *journey, size_t i, Gap *gap)
{
    const bool closed = journey->presented < journey->count;
    const size_t last = journey->count - 1;

    if (i >= journey->presented || (journey->over && i == last))
        return false;
    *gap = (Gap){.from = &journey->items[i],
        .to = closed          ? &journey->items[journey->presented]
              : journey->over ? &journey->items[last]
                              : &journey->end,
        .closed = closed};
    gap->known = closed ? known_not_before(journey, i + 1, gap->to->at) : INSTANT_NONE;
    return true;
}
