/*
 * A claim is drafted from one rule. Its dates are anchor + count + convention: the civil day of the
 * anchor in the merchant's time zone, then so many days as the rule counts them (config/day_count.h).
 *
 *     before the opening       DRAFT        the loss cannot be asserted yet
 *     a fact is missing        DRAFT        and missing names it
 *     until the deadline       READY        the last day included
 *     from then until the bar  READY        with a caution: sources conflict, and the deadline is
 *                                           the earliest that any of them names
 *     after the bar            TIME_BARRED  whatever else is known
 *
 * A right is given up only on a day that is certain: a bar whose anchor is not known bars nothing.
 */
#include "claims/rules.h"
#include "claims/valuation.h"
#include "core/claim_words.h"

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

// DAY_NONE when the rule sets no such date, or its anchor is not known; *wanted then names it.
static Day
date_reckon(
    const ClaimContext *context, const ClaimFacts *facts, TermsDate date, const char **wanted)
{
    const char *name = "";

    if (text_is_empty(date.clause))
        return DAY_NONE;

    const Instant anchor = anchor_instant(facts, date.anchor, &name);

    if (anchor == INSTANT_NONE) {
        *wanted = name;
        return DAY_NONE;
    }

    return zone_day(context->zone,
        day_count_after(date.count, context->calendar, context->zone, anchor, date.after));
}

static const char *
clause_text(TermsDate date)
{
    return date.clause ? date.clause : "";
}

static const char *
bar_source(Arena *arena, TermsDate bar)
{
    return text_is_empty(bar.clause) ? ""
                                     : arena_printf(arena, "%s (%s)", bar.source, bar.confidence);
}

// Only the opening keeps a claim waiting: one whose deadline cannot be reckoned had better be filed.
static void
dates_set(const ClaimContext *context, const ClaimFacts *facts, const TermsRule *rule, Arena *arena,
    Text *missing, Claim *claim)
{
    const char *opening_fact = NULL, *other_fact = NULL;

    claim->opens_on = date_reckon(context, facts, rule->opening, &opening_fact);
    claim->claim_deadline = date_reckon(context, facts, rule->deadline, &other_fact);
    claim->barred_after = date_reckon(context, facts, rule->bar, &other_fact);
    claim->act_by = claim->claim_deadline == DAY_NONE ? claim->barred_after : claim->claim_deadline;
    claim->enquiry_by = DAY_NONE;
    claim->enquiry_clause = "";
    claim->opening_clause = clause_text(rule->opening);
    claim->deadline_clause = clause_text(rule->deadline);
    claim->bar_clause = clause_text(rule->bar);
    claim->bar_source = bar_source(arena, rule->bar);
    if (opening_fact)
        missing_add(missing, opening_fact);
}

// After a promise of months the right may end before its opening; waiting for that would lose it.
static bool
waits(Day today, const Claim *claim)
{
    const bool in_time = claim->barred_after == DAY_NONE || claim->opens_on <= claim->barred_after;

    return claim->opens_on != DAY_NONE && today < claim->opens_on && in_time;
}

static ClaimState
state_of(Day today, const Claim *claim)
{
    if (claim->barred_after != DAY_NONE && today > claim->barred_after)
        return CLAIM_TIME_BARRED;
    if (!text_is_empty(claim->missing) || waits(today, claim))
        return CLAIM_DRAFT;
    return CLAIM_READY;
}

// Which of the papers that the terms want are at hand is known to people; the source knows of an invoice only.
static const ClaimEnclosure *
enclosures_of(Arena *arena, TextList evidence)
{
    ClaimEnclosure *const items = ARENA_ARRAY(arena, ClaimEnclosure, evidence.count);

    for (size_t i = 0; i < evidence.count; i++)
        items[i] = (ClaimEnclosure){.name = evidence.items[i],
            .required = true,
            .reference = "",
            .absence = "to be enclosed by hand"};
    return items;
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
    const Day today = zone_day(context->zone, facts->as_of);
    Text missing = {.arena = arena};
    Claim claim = claim_from(facts, arena);

    dates_set(context, facts, rule, arena, &missing, &claim);
    if (!text_is_empty(valuation.missing))
        missing_add(&missing, valuation.missing);
    claim.ground = ground;
    claim.missing = text_get(&missing);
    claim.state = state_of(today, &claim);
    claim.caution = words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, today);
    claim.payable = valuation.payable;
    claim.terms = terms->id;
    claim.clause = rule->clause;
    claim.source = rule->source;
    claim.language = terms->language;
    claim.submit_to = terms->claims_address;
    claim.enclosures = enclosures_of(arena, rule->evidence);
    claim.enclosure_count = rule->evidence.count;
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
