/*
 * A claim is drafted from one rule. Its dates are anchor + count + convention: the civil day of the
 * anchor in the merchant's time zone, then so many calendar days, or so many working days of the
 * calendar.
 *
 *     before the opening       DRAFT        the loss cannot be asserted yet
 *     a fact is missing        DRAFT        and missing names it
 *     until the deadline       READY        the last day included
 *     after it                 TIME_BARRED  whatever else is known
 */
#include "claims/rules.h"
#include "claims/valuation.h"

typedef struct Dates
{
    Day opening, deadline;  // DAY_NONE when the rule sets none, or its anchor is missing
} Dates;

static Instant
anchor_instant(const ClaimFacts *facts, TermsAnchor anchor, const char **name)
{
    switch (anchor) {
    case ANCHOR_ANNOUNCED:
        *name = "created_at";
        return facts->shipment->created_at;
    case ANCHOR_PROMISED:
        *name = "promised_at";
        return facts->shipment->promised_at;
    case ANCHOR_LAST_SCAN:
        *name = "last_scan_at";
        return facts->last_scan_at;
    default:
        *name = "accepted_at";
        return facts->accepted_at;
    }
}

static Day
date_reckon(const ClaimContext *context, const ClaimFacts *facts, TermsDate date, Text *missing)
{
    const char *name = "";

    if (text_is_empty(date.clause))
        return DAY_NONE;

    const Instant anchor = anchor_instant(facts, date.anchor, &name);

    if (anchor == INSTANT_NONE) {
        missing_add(missing, name);
        return DAY_NONE;
    }

    const Day day = zone_day(context->zone, anchor);

    if (date.count == COUNT_WORKING_DAYS)
        return calendar_add_working(context->calendar, day, date.days);
    return day + date.days;
}

static ClaimState
state_of(Day today, Dates dates, const char *missing)
{
    if (dates.deadline != DAY_NONE && today > dates.deadline)
        return CLAIM_TIME_BARRED;
    if (!text_is_empty(missing) || (dates.opening != DAY_NONE && today < dates.opening))
        return CLAIM_DRAFT;
    return CLAIM_READY;
}

// The claim outlives the batch of shipments that it was drafted in.
static const char *
keep(Arena *arena, const char *text)
{
    return text ? arena_copy(arena, text) : "";
}

// An amount below zero is no proof of anything; valuation reports it as missing.
static Money
proved_value(const Shipment *shipment)
{
    const Money value = shipment_value(shipment);

    return value.minor < 0 ? MONEY_NONE : value;
}

static Claim
claim_from(const ClaimFacts *facts, Arena *arena)
{
    const Shipment *const shipment = facts->shipment;

    return (Claim){
        .reference = "",
        .shipment_id = keep(arena, shipment->id),
        .tracking_number = keep(arena, shipment->tracking_number),
        .carrier = keep(arena, shipment->carrier),
        .service = keep(arena, shipment->service),
        .origin = keep(arena, shipment_origin(shipment)),
        .destination = keep(arena, shipment_destination(shipment)),
        .destination_postcode = keep(arena, shipment->destination_postcode),
        .order_reference = keep(arena, shipment->order_reference),
        .invoice_reference = keep(arena, shipment->invoice_reference),
        .contents = keep(arena, shipment->contents),
        .accepted_at = facts->accepted_at,
        .promised_at = shipment->promised_at,
        .last_scan_at = facts->last_scan_at,
        .last_scan = keep(arena, facts->last_scan),
        .weight_grams = shipment->weight_grams,
        .value = proved_value(shipment),
        .opened_as_of = facts->as_of,
    };
}

bool
claim_draft(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground, Arena *arena,
    Claim *out, const char **reason)
{
    const Terms *terms = NULL;
    const TermsRule *const rule = claim_rule(context, facts, ground, arena, &terms, reason);

    if (!rule)
        return false;

    const Valuation valuation = claim_valuation(arena, rule, facts->shipment);
    Text missing = {.arena = arena};
    const Dates dates = {
        .opening = date_reckon(context, facts, rule->opening, &missing),
        .deadline = date_reckon(context, facts, rule->deadline, &missing),
    };

    if (!text_is_empty(valuation.missing))
        missing_add(&missing, valuation.missing);

    Claim claim = claim_from(facts, arena);

    claim.ground = ground;
    claim.state = state_of(zone_day(context->zone, facts->as_of), dates, text_get(&missing));
    claim.payable = valuation.payable;
    claim.claim_deadline = dates.deadline;
    claim.terms = terms->id;
    claim.clause = rule->clause;
    claim.source = rule->source;
    claim.missing = text_get(&missing);
    claim.lines = valuation.lines;
    claim.line_count = valuation.line_count;
    *out = claim;
    return true;
}

Money
claim_expected(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground)
{
    Arena *const arena = arena_create();
    Claim claim = {0};
    const char *reason = "";
    const bool granted = claim_draft(context, facts, ground, arena, &claim, &reason);
    const Money payable = claim.payable;

    arena_destroy(arena);
    return granted && claim.state != CLAIM_TIME_BARRED ? payable : MONEY_NONE;
}
