/*
 * Not handed over: a label that no carrier has scanned for longer than normal, or that by now most likely never will be.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

static bool
not_handed_over_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)shipment;
    const bool slow = judgement->silence_p_value < night->stuck_alpha;
    const bool never = judgement->p_lost >= night->settings->detect.lost_probability;

    if (history->last_physical >= 0 || !(slow || never))
        return false;
    *signal = (Signal){.kind = CASE_NOT_HANDED_OVER,
        .probability = 1 - judgement->silence_p_value,
        .since = judgement->last_scan_at,
        .evidence = arena_printf(arena, IN_LANGUAGE(night->language, "%s; %s", "%s\u00a0; %s"),
            evidence_silence(night, judgement, arena), evidence_normal(night, judgement, arena))};
    return true;
}

const Detector detector_not_handed_over = {
    .kind = CASE_NOT_HANDED_OVER,
    .summary = "announced, but not scanned by the carrier for longer than normal",
    .inspect = not_handed_over_inspect,
};
