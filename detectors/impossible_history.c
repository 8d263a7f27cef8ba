/*
 * Impossible history: two scans that cannot both be true, or a scan that its own shipment contradicts (contradictions.c).
 * What else is said of such a parcel rests on sand. Of one that has ended only matters whether it moved on.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"
#include "detectors/journey/contradictions.h"

// "out for delivery" at LIL on 2026-03-04 12:00
static const char *
told(const Night *night, const Scan *scan, Arena *arena)
{
    const bool placed = *scan->place != '\0';

    return arena_printf(arena,
        IN_LANGUAGE(night->language, "\"%s\"%s%s on %s", "\u00ab\u00a0%s\u00a0\u00bb%s%s le %s"),
        words_milestone(night->language, scan->milestone), placed ? evidence_at(night) : "",
        placed ? scan->place : "", zone_print(arena, night->zone, scan->occurred_at));
}

static const char *
describe(const Night *night, const Shipment *shipment, const Contradiction *found, Arena *arena)
{
    const Scan *const scan = &shipment->scans[found->scan];
    const Scan *const other = found->other >= 0 ? &shipment->scans[found->other] : scan;
    const char *const what = told(night, scan, arena);

    switch (found->kind) {
    case CONTRADICTION_MOVED_ON:
        return arena_printf(arena,
            IN_LANGUAGE(
                night->language, "%s, but then %s, %s later", "%s, mais ensuite %s, %s plus tard"),
            told(night, other, arena), what,
            evidence_since(night, scan->occurred_at, other->occurred_at, arena));
    case CONTRADICTION_FORESEEN:
        return arena_printf(arena,
            IN_LANGUAGE(night->language, "%s was recorded on %s, %s before it occurred",
                "%s a \u00e9t\u00e9 enregistr\u00e9 le %s, %s avant d'avoir lieu"),
            what, zone_print(arena, night->zone, scan->recorded_at),
            evidence_since(night, scan->occurred_at, scan->recorded_at, arena));
    case CONTRADICTION_ABROAD:
        return arena_printf(arena,
            IN_LANGUAGE(night->language, "%s in %s, on a way from %s to %s",
                "%s (pays %s), sur un trajet de %s vers %s"),
            what, scan->country, shipment->origin_country, shipment->destination_country);
    default:
        return arena_printf(arena,
            IN_LANGUAGE(night->language, "%s, %s before the label of %s, but %s after it",
                "%s, %s avant l'\u00e9tiquette du %s, mais %s apr\u00e8s elle"),
            what, evidence_since(night, shipment->created_at, scan->occurred_at, arena),
            zone_print(arena, night->zone, shipment->created_at), told(night, other, arena));
    }
}

static bool
impossible_history_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)judgement;
    const int64_t tolerance = night->settings->detect.contradiction_hours;
    const Contradiction found =
        history->final < 0 ? contradiction_find(shipment, night->as_of, tolerance)
                           : contradiction_after_delivery(shipment, night->as_of, tolerance);

    if (found.kind == CONTRADICTION_NONE)
        return false;
    *signal = (Signal){.kind = CASE_IMPOSSIBLE_HISTORY,
        .probability = 1,
        .since = shipment->scans[found.scan].occurred_at,
        .evidence = describe(night, shipment, &found, arena)};
    return true;
}

const Detector detector_impossible_history = {
    .kind = CASE_IMPOSSIBLE_HISTORY,
    .summary = "scans that contradict each other",
    .of_ended = true,
    .inspect = impossible_history_inspect,
};
