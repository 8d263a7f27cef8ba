#include "detectors/detector.h"

// Gravest first, so that signals come out in that order.
static const Detector *const registry[] = {
    &detector_lost,
    &detector_damaged,
    &detector_return_stalled,
    &detector_handoff_gap,
    &detector_misrouted,
    &detector_customs_held,
    &detector_attempt_failed,
    &detector_pickup_expiring,
    &detector_tracking_dead,
    &detector_stuck,
    &detector_not_handed_over,
    &detector_out_not_closed,
    &detector_late,
    &detector_impossible_history,
    &detector_at_risk,
};

enum
{
    DETECTORS = sizeof registry / sizeof registry[0]
};

const Detector *const *
detectors_all(size_t *count)
{
    *count = DETECTORS;
    return registry;
}

const Detector *
detector_of(CaseKind kind)
{
    for (size_t i = 0; i < DETECTORS; i++)
        if (registry[i]->kind == kind)
            return registry[i];
    return NULL;
}

size_t
detectors_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, const Signal **signals)
{
    Signal found[DETECTORS];
    size_t count = 0;

    for (size_t i = 0; i < DETECTORS && !history->cancelled; i++)
        if ((history->final < 0 || registry[i]->of_ended) &&
            registry[i]->inspect(night, shipment, history, judgement, arena, &found[count]))
            count++;

    Signal *const kept = ARENA_ARRAY(arena, Signal, count);

    for (size_t i = 0; i < count; i++)
        kept[i] = found[i];
    *signals = kept;
    return count;
}
