/*
 * Tracking dead: the carrier, or who asks it for us, says that it does not know the number, or has given it up, and nobody
 * has handled the parcel since. Carriers know a new number only some days after its label, so that a label is given
 * time; a number that had been scanned is dead at once. Which codes say so is told by the catalogue (`dead`).
 */
#include "detectors/evidence.h"
#include "detectors/overdue.h"

#include "core/text.h"

// The newest word of that kind, when no proof of handling followed it; else -1.
static int
last_word(const Shipment *shipment, const History *history, Instant as_of)
{
    for (int i = (int)shipment->scan_count - 1; i > history->last_physical; i--)
        if (shipment->scans[i].dead && history_knows(&shipment->scans[i], as_of))
            return i;
    return -1;
}

static bool
tracking_dead_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const int word = last_word(shipment, history, night->as_of);

    if (word < 0)
        return false;

    const int64_t days = night->settings->detect.dead_days;
    const bool seen = history->last_physical >= 0;

    if (!seen &&
        overdue_now(night, judgement) < overdue_limit(night, shipment, shipment->created_at, days))
        return false;

    const Scan *const scan = &shipment->scans[word];

    *signal = (Signal){.kind = CASE_TRACKING_DEAD,
        .probability = 1,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "tracking says \"%s\" on %s; %s",
                "le suivi dit \u00ab\u00a0%s\u00a0\u00bb le %s\u00a0; %s"),
            text_is_empty(scan->code) ? scan->text : scan->code,
            zone_print(arena, night->zone, scan->occurred_at),
            evidence_silence(night, judgement, arena))};
    return true;
}

const Detector detector_tracking_dead = {
    .kind = CASE_TRACKING_DEAD,
    .summary = "the number is unknown, invalid or given up at the carrier",
    .inspect = tracking_dead_inspect,
};
