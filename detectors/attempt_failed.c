/*
 * Failed attempt: nobody was there, and no new attempt, pick-up point or return follows in time; scans at the depot are no
 * attempts. A wrong address is told at once: nothing happens until somebody mends it.
 */
#include "detectors/evidence.h"
#include "detectors/journey/course.h"
#include "detectors/overdue.h"

#define FAILURES (OF(MILESTONE_ATTEMPT_FAILED) | OF(MILESTONE_ADDRESS_PROBLEM))

static Signal
address_problem(const Night *night, const Scan *scan, const Judgement *judgement, Arena *arena)
{
    return (Signal){.kind = CASE_ATTEMPT_FAILED,
        .probability = 1,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language, "the carrier reports an address problem since %s; %s",
                "le transporteur signale un probl\u00e8me d'adresse depuis le %s\u00a0; %s"),
            zone_print(arena, night->zone, scan->occurred_at),
            evidence_silence(night, judgement, arena))};
}

static bool
attempt_failed_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const Instant as_of = night->as_of;
    const int last = course_last(shipment, as_of, COURSE_OUTCOMES | FAILURES);

    if (last < 0 || !course_is(&shipment->scans[last], as_of, FAILURES))
        return false;

    const Scan *const scan = &shipment->scans[last];

    if (scan->milestone == MILESTONE_ADDRESS_PROBLEM) {
        // Forwarded: the address was mended.
        if (course_first(shipment, as_of, last, OF(MILESTONE_IN_TRANSIT)) >= 0)
            return false;
        *signal = address_problem(night, scan, judgement, arena);
        return true;
    }

    const Overdue overdue = overdue_since(
        night, shipment, history, judgement, last, night->settings->detect.attempt_days, arena);
    const int attempts = course_count(shipment, as_of, 0, OF(MILESTONE_ATTEMPT_FAILED));

    if (!overdue.is)
        return false;
    *signal = (Signal){.kind = CASE_ATTEMPT_FAILED,
        .probability = overdue.probability,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language,
                "%d failed attempt%s, the last %s ago, neither another nor a pick-up point since; "
                "%s",
                "%d tentative%s sans succ\u00e8s, la derni\u00e8re il y a %s, ni nouvelle "
                "tentative ni point de retrait depuis\u00a0; %s"),
            attempts, attempts == 1 ? "" : "s",
            evidence_since(night, as_of, scan->occurred_at, arena), overdue.why)};
    return true;
}

const Detector detector_attempt_failed = {
    .kind = CASE_ATTEMPT_FAILED,
    .summary = "a failed attempt without another or a pick-up point in time, or a wrong address",
    .inspect = attempt_failed_inspect,
};
