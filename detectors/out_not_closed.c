/*
 * Out, not closed: out for delivery, and by the end of the next working day neither delivered nor anything else. Rounds end
 * every day; what comes back to the depot goes out again, and is scanned, on the next.
 */
#include "detectors/evidence.h"
#include "detectors/overdue.h"

static bool
out_not_closed_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const int last = history->last_physical;

    if (last < 0 || shipment->scans[last].milestone != MILESTONE_OUT_FOR_DELIVERY)
        return false;

    const Instant out = shipment->scans[last].occurred_at;
    const Instant end = overdue_limit(night, shipment, out, 1);

    if (overdue_now(night, judgement) < end)
        return false;
    *signal = (Signal){.kind = CASE_OUT_NOT_CLOSED,
        .probability = 1,
        .since = end,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language,
                "out for delivery on %s, without an outcome by the end of the next working day, "
                "%s; %s",
                "parti en livraison le %s, sans issue \u00e0 la fin du jour ouvr\u00e9 suivant, le "
                "%s\u00a0; %s"),
            zone_print(arena, night->zone, out), day_print(arena, zone_day(night->zone, end)),
            evidence_silence(night, judgement, arena))};
    return true;
}

const Detector detector_out_not_closed = {
    .kind = CASE_OUT_NOT_CLOSED,
    .summary = "out for delivery, without an outcome by the end of the next working day",
    .inspect = out_not_closed_inspect,
};
