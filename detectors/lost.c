/*
 * Lost: it will never move again, with at least the configured probability; or the carrier itself says so. A parcel that
 * nobody ever handled is not lost but not handed over.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

#include <math.h>

static const char *
describe(const Night *night, const Judgement *judgement, Arena *arena)
{
    const char *const over =
        judgement->p_lost > .99 ? IN_LANGUAGE(night->language, "over ", "plus de ") : "";
    const double posterior = fmin(judgement->p_lost, .99);

    return arena_printf(arena,
        IN_LANGUAGE(night->language, "%s; %s; probability %s%s that it never moves again",
            "%s\u00a0; %s\u00a0; probabilit\u00e9 qu'il ne reparte jamais\u00a0: %s%s"),
        evidence_silence(night, judgement, arena), evidence_normal(night, judgement, arena), over,
        evidence_probability(night, posterior, arena));
}

static bool
lost_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    if (history->carrier_lost >= 0) {
        const Scan *const scan = &shipment->scans[history->carrier_lost];

        *signal = (Signal){.kind = CASE_LOST,
            .probability = 1,
            .since = scan->occurred_at,
            .evidence = arena_printf(arena,
                IN_LANGUAGE(night->language,
                    "the carrier reports it lost or searches for it since %s",
                    "le transporteur le dit perdu ou le recherche depuis le %s"),
                zone_print(arena, night->zone, scan->occurred_at))};
        return true;
    }
    if (history->last_physical < 0 ||
        !(judgement->p_lost >= night->settings->detect.lost_probability))
        return false;
    *signal = (Signal){.kind = CASE_LOST,
        .probability = judgement->p_lost,
        .since = judgement->last_scan_at,
        .evidence = describe(night, judgement, arena)};
    return true;
}

const Detector detector_lost = {
    .kind = CASE_LOST,
    .summary = "it will never move again, as far as anyone can tell, or the carrier says so",
    .inspect = lost_inspect,
};
