/*
 * A date is the civil day of its anchor in the merchant's time zone, then so many days as the rule counts them
 * (config/day_count.h) by the holidays of the terms' country.
 *
 *     before the opening       DRAFT        the loss cannot be asserted yet
 *       with a preserving step ENQUIRY      until the last day of that step
 *     a fact is missing        DRAFT        and missing names it
 *     until the deadline       READY        the last day included
 *     from then until the bar  READY        with a caution: sources conflict, and the deadline is the earliest that any of
 *                                           them names
 *     after the bar            TIME_BARRED  whatever else is known
 *
 * A right is given up only on a day that is certain: a bar whose anchor is not known bars nothing.
 */
#include "claims/deadlines.h"

#include "claims/valuation.h"

typedef struct Reckoning
{
    const ClaimContext *context;
    const ClaimFacts *facts;
    const Calendar *calendar;
    Day opening;  // DAY_NONE before it is reckoned
} Reckoning;

// INSTANT_NONE when the anchor is not known; *name is what it is called.
static Instant
anchor_instant(const Reckoning *reckoning, TermsAnchor anchor, const char **name)
{
    static const char *const NAMES[ANCHOR_COUNT] = {
        [ANCHOR_ANNOUNCED] = "created_at",
        [ANCHOR_ACCEPTED] = "accepted_at",
        [ANCHOR_PROMISED] = "promised_at",
        [ANCHOR_FIRST_PRESENTATION] = "presented_at",
        [ANCHOR_DELIVERED] = "delivered_at",
        [ANCHOR_LAST_SCAN] = "last_scan_at",
        [ANCHOR_OPENING] = "the opening",
    };
    const ClaimFacts *const facts = reckoning->facts;

    *name = NAMES[anchor];
    switch (anchor) {
    case ANCHOR_ANNOUNCED:
        return facts->shipment->created_at;
    case ANCHOR_PROMISED:
        return facts->shipment->promised_at;
    case ANCHOR_FIRST_PRESENTATION:
        return facts->presented_at;
    case ANCHOR_DELIVERED:
        return facts->delivered_at;
    case ANCHOR_LAST_SCAN:
        return facts->last_scan_at;
    case ANCHOR_OPENING:
        return reckoning->opening == DAY_NONE
                   ? INSTANT_NONE
                   : zone_day_start(reckoning->context->zone, reckoning->opening);
    default:
        return facts->accepted_at;
    }
}

// DAY_NONE when the rule sets no such date, or no anchor of its ways is known; *wanted then names the first.
static Day
reckon(const Reckoning *reckoning, const TermsDate *date, const char **wanted)
{
    const Zone *const zone = reckoning->context->zone;

    for (size_t i = 0; i < date->way_count; i++) {
        const TermsCount way = date->ways[i];
        const char *name;
        const Instant anchor = anchor_instant(reckoning, way.anchor, &name);

        if (anchor != INSTANT_NONE)
            return zone_day(
                zone, day_count_after(way.count, reckoning->calendar, zone, anchor, way.after));
        if (i == 0)
            *wanted = name;
    }
    return DAY_NONE;
}

static const char *
bar_source(Arena *arena, const TermsDate *bar)
{
    return bar->way_count == 0 ? "" : arena_printf(arena, "%s (%s)", bar->source, bar->confidence);
}

// The earlier of two days, of which either may not be known.
static Day
earlier(Day a, Day b)
{
    return a == DAY_NONE || (b != DAY_NONE && b < a) ? b : a;
}

// The next date that matters, less the margin; but nobody can act before the opening, unless the right ends by then.
static Day
act_by(const ClaimContext *context, const Claim *claim, Day today)
{
    const bool enquiry_ahead = claim->enquiry_by != DAY_NONE && today <= claim->enquiry_by;
    const bool deadline_ahead = claim->claim_deadline != DAY_NONE && today <= claim->claim_deadline;
    Day next = deadline_ahead ? claim->claim_deadline : claim->barred_after;

    if (enquiry_ahead && claim->opens_on != DAY_NONE && today < claim->opens_on)
        return claim->enquiry_by - context->margin_days;
    if (next == DAY_NONE)
        return earlier(claim->claim_deadline, claim->barred_after);
    next -= context->margin_days;
    return claim->opens_on != DAY_NONE && next < claim->opens_on ? claim->opens_on : next;
}

void
deadlines_set(const ClaimContext *context, const ClaimFacts *facts, const RuleFound *found,
    Arena *arena, Text *missing, Claim *claim)
{
    const TermsRule *const rule = found->rule;
    Reckoning reckoning = {.context = context,
        .facts = facts,
        .calendar = found->terms->calendar ? found->terms->calendar : context->calendar,
        .opening = DAY_NONE};
    const char *opening_fact = NULL, *other_fact = NULL;

    claim->opens_on = reckoning.opening = reckon(&reckoning, &rule->opening, &opening_fact);
    claim->enquiry_by = reckon(&reckoning, &rule->enquiry, &other_fact);
    claim->claim_deadline = reckon(&reckoning, &rule->deadline, &other_fact);
    claim->barred_after = reckon(&reckoning, &rule->bar, &other_fact);
    claim->opening_clause = rule->opening.clause;
    claim->enquiry_clause = rule->enquiry.clause;
    claim->deadline_clause = rule->deadline.clause;
    claim->bar_clause = rule->bar.clause;
    claim->bar_source = bar_source(arena, &rule->bar);
    claim->act_by = act_by(context, claim, zone_day(context->zone, facts->as_of));
    if (opening_fact && claim->opens_on == DAY_NONE)
        missing_add(missing, opening_fact);
}

// After a promise of months the right may end before its opening; waiting for that would lose it.
static bool
waits(Day today, const Claim *claim)
{
    const bool in_time = claim->barred_after == DAY_NONE || claim->opens_on <= claim->barred_after;

    return claim->opens_on != DAY_NONE && today < claim->opens_on && in_time;
}

ClaimState
deadlines_state(const Claim *claim, Day today)
{
    if (claim->barred_after != DAY_NONE && today > claim->barred_after)
        return CLAIM_TIME_BARRED;
    if (waits(today, claim) && claim->enquiry_by != DAY_NONE && today <= claim->enquiry_by)
        return CLAIM_ENQUIRY;
    if (!text_is_empty(claim->missing) || waits(today, claim))
        return CLAIM_DRAFT;
    return CLAIM_READY;
}

static void
date_condition(Conditions *conditions, Arena *arena, const char *name, bool met, const char *words,
    Day day, const char *clause)
{
    if (day != DAY_NONE)
        condition_add(conditions, name, met,
            arena_printf(arena, "%s %s", words, day_print(arena, day)), clause);
}

void
deadlines_conditions(const Claim *claim, Day today, Arena *arena, Conditions *conditions)
{
    date_condition(conditions, arena, "opening", today >= claim->opens_on,
        "it may be asserted from", claim->opens_on, claim->opening_clause);
    date_condition(conditions, arena, "enquiry", today <= claim->enquiry_by,
        "the step that keeps the right alive is due by", claim->enquiry_by, claim->enquiry_clause);
    date_condition(conditions, arena, "deadline", today <= claim->claim_deadline,
        "the carrier wants the claim by", claim->claim_deadline, claim->deadline_clause);
    date_condition(conditions, arena, "right", today <= claim->barred_after, "the right ends after",
        claim->barred_after, claim->bar_clause);
}
