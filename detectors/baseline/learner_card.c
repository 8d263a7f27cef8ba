/*
 * A parcel on its scorecard. Everything is counted by what is known of it, matured or not, under the week in which it
 * matures: whether the week is over is asked when the card is made. So what was counted of a settled parcel stays true.
 */
#include "detectors/baseline/learner_state.h"
#include "detectors/baseline/scorecard.h"
#include "detectors/journey/outcome.h"

#include <math.h>

#define WEEKS (BIN_COUNT / CARD_OUTCOME_COUNT)
#define LATER (INT64_MAX / 4)  // later than any horizon: what is known decides

Day
card_first_day(const LearnPlan *plan)
{
    int year, month, day;

    day_to_civil(zone_day(plan->zone, plan->landmark), &year, &month, &day);
    month -= CARD_MONTHS;

    const Day wished =
        month > 0 ? day_from_civil(year, month, 1) : day_from_civil(year - 1, month + 12, 1);
    const Day monday = wished - day_weekday(wished);
    const Day first = zone_day(plan->zone, learn_from(plan));

    return monday >= first ? monday : first + (7 - day_weekday(first)) % 7;
}

static void
count(Learner *learner, Cells *card, CardPart part, int bin, bool ended)
{
    queue_add(learner, card, sum_cell(MEASURE_ARRIVE, MILESTONE_ACCEPTED, (int)part, bin, !ended),
        learner->one);
}

static void
count_outcome(Learner *learner, Cells *card, CardOutcome outcome, Instant matures, bool ended)
{
    const int week = (operating_day(learner->journey.days, matures) - learner->card_index) / 7;

    if (week < WEEKS)
        count(learner, card, CARD_OUTCOMES, CARD_OUTCOME_COUNT * week + (int)outcome, ended);
}

// A parcel whose first scan is its presentation was accepted nobody knows when.
static void
count_transit(Learner *learner, Cells *card, const Ending *ending)
{
    const bool presented = ending->presented_at != INSTANT_NONE;
    Instant until = learner->plan->as_of;

    if (presented)
        until = ending->presented_at;
    else if (ending->over_at != INSTANT_NONE)
        until = ending->over_at;
    else if (ending->cancelled_at != INSTANT_NONE)
        until = ending->cancelled_at;
    if (ending->accepted_at != ending->presented_at)
        count(learner, card, CARD_TRANSIT,
            bin_of((double)(until - ending->accepted_at) / (double)HOUR), presented);
}

static bool
is_destroyed(const Journey *journey)
{
    return journey->over && journey->items[journey->count - 1].milestone == MILESTONE_DESTROYED;
}

// Looked up once a lane.
static Cells *
card_of(Learner *learner, Route *route)
{
    const Shipment *const shipment = learner->shipment;

    if (!route->sums[COHORT_CARD])
        route->sums[COHORT_CARD] = segment_sums(learner, COHORT_CARD,
            &(Segment){.carrier = shipment->carrier,
                .service = shipment->service,
                .origin = shipment_origin(shipment),
                .destination = shipment_destination(shipment)});
    return route->sums[COHORT_CARD];
}

void
card_count(Learner *learner, Route *route)
{
    const Shipment *const shipment = learner->shipment;
    const LearnPlan *const plan = learner->plan;
    const Ending ending = ending_read(shipment, plan->as_of);

    if (ending.accepted_at == INSTANT_NONE || ending.accepted_at < learner->card_from)
        return;

    Cells *const card = card_of(learner, route);
    const Outcome outcome = outcome_of(&ending, LATER, plan->loss_horizon_days);

    count_transit(learner, card, &ending);
    if (outcome.late != FATE_UNKNOWN && ending.accepted_at <= ending.promised_at)
        count_outcome(learner, card,
            shipment_promise_origin(shipment) == PROMISE_DERIVED ? CARD_DERIVED : CARD_STATED,
            ending.promised_at, outcome.late == FATE_NO);
    if (outcome.lost != FATE_UNKNOWN)
        count_outcome(learner, card, CARD_LOSS, ending.accepted_at,
            outcome.lost == FATE_NO && !is_destroyed(&learner->journey));
}
