/*
 * Held by customs: in customs for longer than normal. Its clock is that of customs alone: the wait since the scan that began
 * its stage there, since another scan of the same kind tells that it is still there and nothing else.
 */
#include "detectors/evidence.h"
#include "detectors/journey/course.h"
#include "detectors/overdue.h"

#define CUSTOMS (OF(MILESTONE_CUSTOMS) | OF(MILESTONE_CUSTOMS_HELD))

// The first of the scans of one milestone at the end of the journey so far; -1 when it is not in customs.
static int
stage_begin(const Shipment *shipment, const History *history, Instant as_of)
{
    int begin = history->last_physical;

    if (begin < 0 || !course_is(&shipment->scans[begin], as_of, CUSTOMS))
        return -1;

    const Milestone stage = shipment->scans[begin].milestone;

    for (int i = begin - 1; i >= 0; i--) {
        const Scan *const scan = &shipment->scans[i];

        if (!scan->physical || !history_knows(scan, as_of))
            continue;
        if (scan->milestone != stage)
            break;
        begin = i;
    }
    return begin;
}

static bool
customs_held_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const int begin = stage_begin(shipment, history, night->as_of);

    if (begin < 0)
        return false;

    const Scan *const scan = &shipment->scans[begin];
    const Overdue overdue = overdue_since(
        night, shipment, history, judgement, begin, night->settings->detect.customs_days, arena);

    if (!overdue.is)
        return false;
    *signal = (Signal){.kind = CASE_CUSTOMS_HELD,
        .probability = overdue.probability,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(
                night->language, "%s since %s, %s ago; %s", "%s depuis le %s, il y a %s\u00a0; %s"),
            words_milestone(night->language, scan->milestone),
            zone_print(arena, night->zone, scan->occurred_at),
            evidence_since(night, night->as_of, scan->occurred_at, arena), overdue.why)};
    return true;
}

const Detector detector_customs_held = {
    .kind = CASE_CUSTOMS_HELD,
    .summary = "in customs for longer than normal",
    .inspect = customs_held_inspect,
};
