/*
 * Damaged: the carrier says so, or that it destroyed the parcel. Whatever comes after, somebody must look at it.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"
#include "detectors/journey/course.h"

static bool
damaged_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)history;
    (void)judgement;
    const Instant as_of = night->as_of;
    const int destroyed = course_first(shipment, as_of, 0, OF(MILESTONE_DESTROYED));
    const int harmed =
        destroyed >= 0 ? destroyed : course_first(shipment, as_of, 0, OF(MILESTONE_DAMAGED));

    if (harmed < 0)
        return false;

    const Scan *const scan = &shipment->scans[harmed];
    const bool placed = *scan->place != '\0';

    *signal = (Signal){.kind = CASE_DAMAGED,
        .probability = 1,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "the carrier reports it %s on %s%s%s",
                "le transporteur le dit %s, le %s%s%s"),
            words_milestone(night->language, scan->milestone),
            zone_print(arena, night->zone, scan->occurred_at), placed ? evidence_at(night) : "",
            placed ? scan->place : "")};
    return true;
}

const Detector detector_damaged = {
    .kind = CASE_DAMAGED,
    .summary = "the carrier reports damage or destruction",
    .of_ended = true,
    .inspect = damaged_inspect,
};
