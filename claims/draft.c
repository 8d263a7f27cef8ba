/*
 * A claim is drafted from one rule: its conditions (claims/rules.c), its dates (claims/deadlines.c), what it is worth
 * (claims/valuation.c) and what must be enclosed (claims/enclosures.c).
 */
#include "claims/deadlines.h"
#include "claims/enclosures.h"
#include "claims/valuation.h"
#include "core/claim_words.h"

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

static const ClaimCondition *
keep_conditions(Arena *arena, const Conditions *conditions)
{
    ClaimCondition *const items = ARENA_ARRAY(arena, ClaimCondition, conditions->count);

    for (size_t i = 0; i < conditions->count; i++)
        items[i] = conditions->items[i];
    return items;
}

static void
basis_set(const RuleFound *found, const ClaimFacts *facts, Arena *arena, Claim *claim)
{
    claim->terms = found->terms->id;
    claim->clause = found->rule->clause;
    claim->source = found->rule->source;
    claim->language = found->terms->language;
    claim->submit_to = found->terms->claims_address;
    claim->enclosures =
        enclosures_of(arena, found->terms, found->rule, facts, &claim->enclosure_count);
}

static void
valuation_set(const Valuation *valuation, Text *missing, Claim *claim)
{
    if (!text_is_empty(valuation->missing))
        missing_add(missing, valuation->missing);
    claim->payable = valuation->payable;
    claim->lines = valuation->lines;
    claim->line_count = valuation->line_count;
}

bool
claim_draft(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground, Arena *arena,
    Claim *out, const char **reason)
{
    RuleFound found = claim_rule(context, facts, ground, arena);

    if (!found.rule) {
        *reason = found.reason;
        out->conditions = keep_conditions(arena, &found.conditions);
        out->condition_count = found.conditions.count;
        return false;
    }

    const Day today = zone_day(context->zone, facts->as_of);
    const Valuation valuation =
        claim_valuation(arena, context->book, found.rule, facts->shipment, today);
    Text missing = {.arena = arena};
    Claim claim = claim_from(facts, arena);

    claim.ground = ground;
    basis_set(&found, facts, arena, &claim);
    deadlines_set(context, facts, &found, arena, &missing, &claim);
    valuation_set(&valuation, &missing, &claim);
    claim.missing = text_get(&missing);
    claim.state = deadlines_state(&claim, today);
    claim.caution = words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, today);
    deadlines_conditions(&claim, today, arena, &found.conditions);
    claim.conditions = keep_conditions(arena, &found.conditions);
    claim.condition_count = found.conditions.count;
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
