/*
 * Return stalled: on its way back and silent for longer than normal; sent back and out for delivery again; or on its way
 * back, or back already, though no scan gives a reason.
 */
#include "detectors/evidence.h"
#include "detectors/journey/course.h"
#include "detectors/overdue.h"

#include <string.h>

#define LAST_MILE                                                                                  \
    (OF(MILESTONE_DELIVERY_DEPOT) | OF(MILESTONE_OUT_FOR_DELIVERY) |                               \
        OF(MILESTONE_ATTEMPT_FAILED) | OF(MILESTONE_AVAILABLE_FOR_PICKUP))
#define AT_THE_DOOR                                                                                \
    (OF(MILESTONE_OUT_FOR_DELIVERY) | OF(MILESTONE_ATTEMPT_FAILED) |                               \
        OF(MILESTONE_AVAILABLE_FOR_PICKUP))

typedef struct Returning
{
    const Night *night;
    const Shipment *shipment;
    int back;  // the scan that sent it back
} Returning;

// Whether the parcel was at the place in its last mile before it was sent back.
static bool
was_there(const Returning *returning, const char *place)
{
    const Shipment *const shipment = returning->shipment;
    const Instant as_of = returning->night->as_of;

    if (*place == '\0')
        return false;
    for (int i = 0; i < returning->back; i++)
        if (course_is(&shipment->scans[i], as_of, LAST_MILE) &&
            strcmp(shipment->scans[i].place, place) == 0)
            return true;
    return false;
}

// A round on the way back may be that to the sender: it is one to the recipient where it starts from the same place as the
// one before, or where the parcel is sent back a second time after it. -1 for none.
static int
out_again(const Returning *returning)
{
    const Shipment *const shipment = returning->shipment;
    const Instant as_of = returning->night->as_of;
    int out = course_first(shipment, as_of, returning->back, AT_THE_DOOR);

    for (; out >= 0; out = course_first(shipment, as_of, out + 1, AT_THE_DOOR))
        if (was_there(returning, shipment->scans[out].place) ||
            course_first(shipment, as_of, out, OF(MILESTONE_RETURNING)) >= 0)
            return out;
    return -1;
}

static const char *
at(const Returning *returning, int scan, Arena *arena)
{
    return zone_print(arena, returning->night->zone, returning->shipment->scans[scan].occurred_at);
}

static Signal
signal_of(const Returning *returning, int scan, double probability, const char *evidence)
{
    return (Signal){.kind = CASE_RETURN_STALLED,
        .probability = probability,
        .since = returning->shipment->scans[scan].occurred_at,
        .evidence = evidence};
}

static const char *
to_and_fro(const Returning *returning, int again, Arena *arena)
{
    const Scan *const scans = returning->shipment->scans;

    return arena_printf(arena,
        IN_LANGUAGE(returning->night->language, "back and forth: \"%s\" on %s, but \"%s\" on %s",
            "aller et retour\u00a0: \u00ab\u00a0%s\u00a0\u00bb le %s, mais "
            "\u00ab\u00a0%s\u00a0\u00bb le %s"),
        words_milestone(returning->night->language, scans[returning->back].milestone),
        at(returning, returning->back, arena),
        words_milestone(returning->night->language, scans[again].milestone),
        at(returning, again, arena));
}

// What a return that has no end yet shows.
static bool
inspect_open(const Returning *returning, const History *history, const Judgement *judgement,
    Arena *arena, Signal *signal)
{
    const Night *const night = returning->night;
    const int again = out_again(returning);

    if (again >= 0) {
        *signal = signal_of(returning, again, 1, to_and_fro(returning, again, arena));
        return true;
    }

    const int newest =
        history->last_physical > returning->back ? history->last_physical : returning->back;
    const Overdue overdue = overdue_since(night, returning->shipment, history, judgement, newest,
        night->settings->detect.return_days, arena);

    if (overdue.is)
        *signal = signal_of(returning, newest, overdue.probability,
            arena_printf(arena,
                IN_LANGUAGE(night->language, "on its way back since %s; %s; %s",
                    "en retour depuis le %s\u00a0; %s\u00a0; %s"),
                at(returning, returning->back, arena), evidence_silence(night, judgement, arena),
                overdue.why));
    return overdue.is;
}

static bool
return_stalled_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    const Returning returning = {night, shipment, course_return(shipment, night->as_of)};

    if (returning.back >= 0 && inspect_open(&returning, history, judgement, arena, signal))
        return true;
    if (!course_returns_for_nothing(shipment, night->as_of))
        return false;

    const int last =
        course_last(shipment, night->as_of, OF(MILESTONE_RETURNING) | OF(MILESTONE_RETURNED));

    const Milestones any = ~(Milestones)0;
    const int before = course_count(shipment, night->as_of, 0, any) -
                       course_count(shipment, night->as_of, last, any);

    *signal = signal_of(&returning, last, 1,
        arena_printf(arena,
            IN_LANGUAGE(night->language,
                "\"%s\" on %s without a reason: not refused, no failed attempt, no address "
                "problem, no pick-up point among the %d scans before",
                "\u00ab\u00a0%s\u00a0\u00bb le %s sans raison\u00a0: ni refus, ni tentative sans "
                "succ\u00e8s, ni probl\u00e8me d'adresse, ni point de retrait parmi les %d "
                "passages "
                "qui pr\u00e9c\u00e8dent"),
            words_milestone(night->language, shipment->scans[last].milestone),
            at(&returning, last, arena), before));
    return true;
}

const Detector detector_return_stalled = {
    .kind = CASE_RETURN_STALLED,
    .summary = "sent back and silent, sent back and out again, or sent back without a reason",
    .of_ended = true,
    .inspect = return_stalled_inspect,
};
