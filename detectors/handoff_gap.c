/*
 * Hand-over gap: a scan says that another carrier has the parcel now, and nobody has handled it since for longer than normal.
 * A first scan of the other carrier that is one of its last mile proves that it has been seen there.
 */
#include "detectors/evidence.h"
#include "detectors/journey/course.h"
#include "detectors/overdue.h"

#include "core/text.h"

#include <string.h>

// Scans that can say no more than who has the parcel.
#define HAND_OVERS                                                                                 \
    (OF(MILESTONE_ANNOUNCED) | OF(MILESTONE_ACCEPTED) | OF(MILESTONE_IN_TRANSIT) |                 \
        OF(MILESTONE_CUSTOMS_CLEARED) | OF(MILESTONE_INFORMATION))

static bool
is_other(const Night *night, const Shipment *shipment, const char *carrier)
{
    const int own = catalogue_find(night->catalogue, shipment->carrier);
    const int other = catalogue_find(night->catalogue, carrier);

    return own >= 0 || other >= 0 ? own != other : !text_equal_folded(carrier, shipment->carrier);
}

// The first scan that names another carrier; -1 when there is none.
static int
hand_over(const Night *night, const Shipment *shipment)
{
    for (int i = 0; i < (int)shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (!text_is_empty(scan->carrier) && history_knows(scan, night->as_of) &&
            is_other(night, shipment, scan->carrier))
            return i;
    }
    return -1;
}

static bool
handoff_gap_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const int over = hand_over(night, shipment);

    if (over < 0 || history->last_physical > over ||
        !course_is(&shipment->scans[over], night->as_of, HAND_OVERS))
        return false;

    const Scan *const scan = &shipment->scans[over];
    const Overdue overdue = overdue_since(
        night, shipment, history, judgement, over, night->settings->detect.handoff_days, arena);

    if (!overdue.is)
        return false;
    *signal = (Signal){.kind = CASE_HANDOFF_GAP,
        .probability = overdue.probability,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "handed to %s on %s and not seen there for %s; %s",
                "remis \u00e0 %s le %s et jamais vu chez lui depuis %s\u00a0; %s"),
            scan->carrier, zone_print(arena, night->zone, scan->occurred_at),
            evidence_since(night, night->as_of, scan->occurred_at, arena), overdue.why)};
    return true;
}

const Detector detector_handoff_gap = {
    .kind = CASE_HANDOFF_GAP,
    .summary = "handed to another carrier, and never seen there",
    .inspect = handoff_gap_inspect,
};
