#include "detectors/journey/outcome.h"

#include "detectors/journey/history.h"

static Instant
instant_of(const Shipment *shipment, int scan)
{
    return scan < 0 ? INSTANT_NONE : shipment->scans[scan].occurred_at;
}

Ending
ending_read(const Shipment *shipment, Instant known_at)
{
    const History history = history_read(shipment, known_at);

    return (Ending){
        .promised_at = shipment_promise_origin(shipment) == PROMISE_LEARNED ? INSTANT_NONE
                                                                            : shipment->promised_at,
        .accepted_at = instant_of(shipment, history.first_physical),
        .presented_at = instant_of(shipment, history.first_presentation),
        .over_at = instant_of(shipment, history.final),
        .cancelled_at = history.cancelled ? shipment->cancelled_at : INSTANT_NONE,
    };
}

static bool
happened_by(Instant at, Instant due)
{
    return at != INSTANT_NONE && at <= due;
}

// Whether something that ends well had happened by the due time, which has passed.
static Fate
fate_of(bool ended_well, const Ending *ending, Instant due)
{
    if (ended_well)
        return FATE_NO;
    return happened_by(ending->cancelled_at, due) ? FATE_UNKNOWN : FATE_YES;
}

Outcome
outcome_of(const Ending *ending, Instant known_at, int32_t horizon_days)
{
    const Instant promise = ending->promised_at;
    Outcome outcome = {FATE_UNKNOWN, FATE_UNKNOWN};

    if (happened_by(promise, known_at))
        outcome.late = fate_of(happened_by(ending->presented_at, promise), ending, promise);
    if (ending->accepted_at == INSTANT_NONE)
        return outcome;

    const Instant due = ending->accepted_at + (Instant)horizon_days * HOURS_24;

    if (due <= known_at)
        outcome.lost =
            fate_of(happened_by(ending->presented_at, due) || happened_by(ending->over_at, due),
                ending, due);
    return outcome;
}

Instant
outcome_moved_at(const Shipment *shipment, Instant known_at, int32_t horizon_days)
{
    const int first = history_read(shipment, known_at).first_physical;
    Instant moved_at = INSTANT_NONE;

    for (size_t i = first < 0 ? shipment->scan_count : (size_t)first; i < shipment->scan_count;
         i++) {
        const Scan *const scan = &shipment->scans[i];

        if (scan->physical && history_knows(scan, known_at) &&
            scan->occurred_at <=
                shipment->scans[first].occurred_at + (Instant)horizon_days * HOURS_24)
            moved_at = scan->occurred_at;
    }
    return moved_at;
}
