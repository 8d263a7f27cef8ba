#include "detectors/detector.h"

// Gravest first, so that signals come out in that order.
static const Detector *const registry[] = {
    &detector_lost,
    &detector_stuck,
    &detector_not_handed_over,
    &detector_late,
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

    for (size_t i = 0; i < DETECTORS && history_is_open(history); i++)
        if (registry[i]->inspect(night, shipment, history, judgement, arena, &found[count]))
            count++;

    Signal *const kept = ARENA_ARRAY(arena, Signal, count);

    for (size_t i = 0; i < count; i++)
        kept[i] = found[i];
    *signals = kept;
    return count;
}
