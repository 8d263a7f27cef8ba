/*
 * Late: the promise has passed and nobody has tried to deliver. A fact, not a probability; it needs no baseline.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

static bool
late_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const Instant promise = shipment->promised_at;

    if (promise == INSTANT_NONE || history->first_presentation >= 0)
        return false;
    if (promise + night->settings->detect.late_grace_hours * HOUR > night->as_of)
        return false;

    const double hours = (double)(night->as_of - promise) / (double)HOUR;

    *signal = (Signal){.kind = CASE_LATE,
        .probability = 1,
        .since = promise,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "%s, %s ago; %s", "%s, il y a %s\u00a0; %s"),
            evidence_promise(night, shipment, arena), evidence_hours(night->language, hours, arena),
            evidence_silence(night, judgement, arena))};
    return true;
}

const Detector detector_late = {
    .kind = CASE_LATE,
    .summary = "the promise has passed and nobody has tried to deliver",
    .inspect = late_inspect,
};
