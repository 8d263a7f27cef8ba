/*
 * At risk: the promise is still ahead, but will be missed with at least the configured probability.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

static bool
at_risk_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const Instant promise = shipment->promised_at;

    if (promise == INSTANT_NONE || promise <= night->as_of || history->first_presentation >= 0)
        return false;
    if (!(judgement->p_late >= night->settings->detect.at_risk_probability))
        return false;
    *signal = (Signal){.kind = CASE_AT_RISK,
        .probability = judgement->p_late,
        .since = night->as_of,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "%s; probability %s that it comes later: %s",
                "%s\u00a0; probabilit\u00e9 d'un retard de %s\u00a0: %s"),
            evidence_promise(night, shipment, arena),
            evidence_probability(night, judgement->p_late, arena),
            evidence_silence(night, judgement, arena))};
    return true;
}

const Detector detector_at_risk = {
    .kind = CASE_AT_RISK,
    .summary = "the promise is still ahead, but likely to be missed",
    .inspect = at_risk_inspect,
};
