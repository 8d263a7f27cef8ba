#include "jobs/detect/claim_facts.h"

#include "core/text.h"

// The instant of a scan by its index; INSTANT_NONE for -1.
static Instant
scan_at(const Shipment *shipment, int index)
{
    return index < 0 ? INSTANT_NONE : shipment->scans[index].occurred_at;
}

const char *
claim_scan(Arena *arena, const Scan *scan)
{
    return text_is_empty(scan->place)
               ? milestone_label(scan->milestone)
               : arena_printf(arena, "%s at %s", milestone_label(scan->milestone), scan->place);
}

static bool
is_delivered(const Shipment *shipment, const History *history)
{
    return history->final >= 0 && shipment->scans[history->final].milestone == MILESTONE_DELIVERED;
}

ClaimFacts
claim_facts(Arena *arena, const Catalogue *catalogue, const Shipment *shipment,
    const History *history, Instant as_of)
{
    const int carrier = catalogue_find(catalogue, shipment->carrier);

    return (ClaimFacts){
        .shipment = shipment,
        .carrier_slug = carrier >= 0 ? catalogue_carrier(catalogue, (size_t)carrier)->id
                                     : text_slug(arena, shipment->carrier),
        .accepted_at = scan_at(shipment, history->first_physical),
        .last_scan_at = scan_at(shipment, history->last_physical),
        .presented_at = scan_at(shipment, history->first_presentation),
        .delivered_at =
            is_delivered(shipment, history) ? scan_at(shipment, history->final) : INSTANT_NONE,
        .last_scan = history->last_physical < 0
                         ? ""
                         : claim_scan(arena, &shipment->scans[history->last_physical]),
        .as_of = as_of,
    };
}
