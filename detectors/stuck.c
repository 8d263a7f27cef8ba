/*
 * Stuck: silent for longer than all but a few of the parcels that do move on. How few is set by the false alarms a night
 * that people accept, spread over the gaps that close in a night: each of these has the chance alpha of having looked stuck
 * before it closed, so alpha x closing false ones are to be expected.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

#define ALPHA_MAX .01

double
stuck_alpha(double false_alarms, double closing_a_night)
{
    return closing_a_night * ALPHA_MAX > false_alarms ? false_alarms / closing_a_night : ALPHA_MAX;
}

static bool
stuck_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)shipment;
    if (history->last_physical < 0 || !(judgement->silence_p_value < night->stuck_alpha))
        return false;
    *signal = (Signal){.kind = CASE_STUCK,
        .probability = 1 - judgement->silence_p_value,
        .since = judgement->last_scan_at,
        .evidence = arena_printf(arena, IN_LANGUAGE(night->language, "%s; %s", "%s\u00a0; %s"),
            evidence_silence(night, judgement, arena), evidence_normal(night, judgement, arena))};
    return true;
}

const Detector detector_stuck = {
    .kind = CASE_STUCK,
    .summary = "silent for longer than normal where it is",
    .inspect = stuck_inspect,
};
