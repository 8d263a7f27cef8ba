/*
 * Lost: it will never move again, with at least the configured probability; or the carrier itself says so. A parcel that
 * nobody ever handled is not lost but not handed over.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"

static const char *
describe(const Judgement *judgement, Arena *arena)
{
    const char *const bound = judgement->p_lost > .99 ? "over " : "";
    const double posterior = judgement->p_lost > .99 ? .99 : judgement->p_lost;

    return arena_printf(arena, "%s; %s; probability %s%.2f that it never moves again",
        evidence_silence(judgement, arena), evidence_normal(judgement, arena), bound, posterior);
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
            .evidence =
                arena_printf(arena, "the carrier reports it lost or searches for it since %s",
                    zone_print(arena, night->zone, scan->occurred_at))};
        return true;
    }
    if (history->last_physical < 0 ||
        !(judgement->p_lost >= night->settings->detect.lost_probability))
        return false;
    *signal = (Signal){.kind = CASE_LOST,
        .probability = judgement->p_lost,
        .since = judgement->last_scan_at,
        .evidence = describe(judgement, arena)};
    return true;
}

const Detector detector_lost = {
    .kind = CASE_LOST,
    .summary = "it will never move again, as far as anyone can tell, or the carrier says so",
    .inspect = lost_inspect,
};
