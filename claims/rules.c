/*
 * A rule is sought by one question after the other, from the widest to the narrowest, so that the answer can name each
 * condition, and the one that failed: did the carrier take the parcel, who owns the label, are there terms, do they speak
 * of the ground, of such a claimant, service, lane and weight, were they in force that day.
 */
#include "claims/rules.h"

#include "core/claim_words.h"

#include <inttypes.h>

#define GRAMS_MAX INT64_C(100000000)  // 100 t: more than any parcel; a weight beyond is no fact

// What all the questions look at.
typedef struct Question
{
    Arena *arena;
    const Shipment *shipment;
    Day accepted;
    const Terms *terms;
    const TermsRule *rule;
    Conditions *conditions;
} Question;

void
condition_add(
    Conditions *conditions, const char *name, bool met, const char *words, const char *clause)
{
    if (conditions->count < sizeof conditions->items / sizeof conditions->items[0])
        conditions->items[conditions->count++] =
            (ClaimCondition){.name = name, .met = met, .words = words, .clause = clause};
}

static void
ask(const Question *question, const char *name, bool met, const char *words)
{
    condition_add(question->conditions, name, met, words, question->rule->clause);
}

static bool
lists_slug(Arena *arena, TextList list, const char *text)
{
    const char *const slug = text_slug(arena, text);

    for (size_t i = 0; i < list.count; i++)
        if (text_equal(text_slug(arena, list.items[i]), slug))
            return true;
    return false;
}

static bool
lists_country(TextList countries, const char *country)
{
    for (size_t i = 0; i < countries.count; i++)
        if (text_equal_folded(countries.items[i], country))
            return true;
    return countries.count == 0;
}

// Labels bought from a reseller are under the reseller's contract: the carrier pays nobody else.
static bool
is_own_label(const Shipment *shipment)
{
    return text_is_empty(shipment->label_owner) || text_equal_folded(shipment->label_owner, "self");
}

static void
ask_claimant(const Question *question)
{
    const bool merchant = (question->rule->who & (CLAIMANT_SENDER | CLAIMANT_CONTRACT_HOLDER)) != 0;

    ask(question, "claimant", merchant,
        merchant ? "the sender, or who holds the contract, may claim"
                 : arena_printf(question->arena, "by terms \"%s\" only the recipient may claim",
                       question->terms->id));
}

static void
ask_service(const Question *question)
{
    const TermsRule *const rule = question->rule;
    const char *const service = question->shipment->service;

    if (rule->services.count == 0 && rule->services_except.count == 0)
        return;

    const bool met =
        (rule->services.count == 0 || lists_slug(question->arena, rule->services, service)) &&
        !lists_slug(question->arena, rule->services_except, service);

    ask(question, "service", met,
        arena_printf(question->arena, "terms \"%s\" %s service \"%s\" on the ground of %s",
            question->terms->id, met ? "cover" : "do not cover", service,
            claim_ground_name(rule->ground)));
}

// One end of the lane.
static void
ask_country(const Question *question, TextList countries, const char *country, const char *end,
    const char *preposition)
{
    Arena *const arena = question->arena;
    const char *const id = question->terms->id;
    const bool met = lists_country(countries, country);

    if (countries.count == 0)
        return;
    ask(question, end, met,
        text_is_empty(country)
            ? arena_printf(arena,
                  "the country of %s is not known, and terms \"%s\" cover only some", end, id)
            : arena_printf(arena, "terms \"%s\" %s parcels %s %s on the ground of %s", id,
                  met ? "cover" : "do not cover", preposition, country,
                  claim_ground_name(question->rule->ground)));
}

static void
ask_lane(const Question *question)
{
    const Shipment *const shipment = question->shipment;
    const bool known =
        !text_is_empty(shipment->origin_country) && !text_is_empty(shipment->destination_country);

    ask_country(question, question->rule->origins, shipment->origin_country, "origin", "from");
    ask_country(
        question, question->rule->countries, shipment->destination_country, "destination", "to");
    if (question->rule->international)
        ask(question, "international",
            known && !text_equal_folded(shipment->origin_country, shipment->destination_country),
            known ? arena_printf(question->arena, "the parcel goes from %s to %s",
                        shipment->origin_country, shipment->destination_country)
                  : "the countries of origin and destination are not both known");
}

static void
ask_weight(const Question *question)
{
    const TermsRule *const rule = question->rule;
    const int64_t grams = question->shipment->weight_grams;
    const bool known = grams > 0 && grams <= GRAMS_MAX;

    if (rule->weight_over == 0 && rule->weight_most == 0)
        return;
    ask(question, "weight",
        known && grams > rule->weight_over &&
            (rule->weight_most == 0 || grams <= rule->weight_most),
        known ? arena_printf(question->arena,
                    "the parcel weighs %" PRId64 " g, and the rule is for %s%" PRId64 " g", grams,
                    rule->weight_most > 0 ? "at most " : "more than ",
                    rule->weight_most > 0 ? rule->weight_most : rule->weight_over)
              : "the weight is not known, and the rule is for some only");
}

static void
ask_force(const Question *question)
{
    const TermsRule *const rule = question->rule;
    const bool met = (rule->valid_from == DAY_NONE || rule->valid_from <= question->accepted) &&
                     (rule->valid_to == DAY_NONE || question->accepted <= rule->valid_to);

    if (rule->valid_from == DAY_NONE && rule->valid_to == DAY_NONE)
        return;
    ask(question, "in_force", met,
        met ? arena_printf(question->arena, "the rule was in force on %s",
                  day_print(question->arena, question->accepted))
            : arena_printf(question->arena,
                  "no rule of terms \"%s\" on the ground of %s was in force on %s",
                  question->terms->id, claim_ground_name(rule->ground),
                  day_print(question->arena, question->accepted)));
}

static void
ask_ground(const Question *question)
{
    ask(question, "ground", true,
        arena_printf(question->arena, "terms \"%s\" give a right on the ground of %s",
            question->terms->id, claim_ground_name(question->rule->ground)));
}

// The first condition that is not met, NULL when all are.
static const ClaimCondition *
first_unmet(const Conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++)
        if (!conditions->items[i].met)
            return &conditions->items[i];
    return NULL;
}

// Ask everything of a rule; how many of the questions were answered well before the first that was not.
static size_t
ask_rule(const Question *question)
{
    static void (*const QUESTIONS[])(const Question *) = {
        ask_ground, ask_claimant, ask_service, ask_lane, ask_weight, ask_force};
    const size_t count = sizeof QUESTIONS / sizeof QUESTIONS[0];
    size_t good = count;

    for (size_t i = 0; i < count; i++) {
        QUESTIONS[i](question);
        if (good == count && first_unmet(question->conditions))
            good = i;
    }
    return good;
}

// A claimant must show that the carrier had the parcel; a label alone shows nothing.
static void
ask_parcel(
    Conditions *conditions, const ClaimContext *context, const ClaimFacts *facts, Arena *arena)
{
    const Shipment *const shipment = facts->shipment;
    const bool own = is_own_label(shipment), had = facts->accepted_at != INSTANT_NONE;

    condition_add(conditions, "label", own,
        own ? "the label is the merchant's own"
            : arena_printf(arena,
                  "the label is owned by \"%s\", who alone may claim from the carrier",
                  shipment->label_owner),
        "");
    condition_add(conditions, "possession", had,
        had ? arena_printf(arena, "the carrier scanned the parcel on %s",
                  day_print(arena, zone_day(context->zone, facts->accepted_at)))
            : "the carrier never scanned the parcel, so nothing shows that it took it",
        "");
}

// Ask all rules of some terms; true when one fits. found keeps the one that came nearest.
static bool
try_terms(RuleFound *found, size_t *nearest, const Question *base, const Conditions *parcel,
    ClaimGround ground)
{
    for (size_t i = 0; i < base->terms->rule_count; i++) {
        Conditions conditions = *parcel;
        Question question = *base;

        if (base->terms->rules[i].ground != ground)
            continue;
        question.rule = &base->terms->rules[i];
        question.conditions = &conditions;

        const size_t good = ask_rule(&question);
        const ClaimCondition *const unmet = first_unmet(&conditions);

        if (unmet && good < *nearest)
            continue;
        *nearest = good + 1;
        *found = (RuleFound){.terms = base->terms,
            .rule = unmet ? NULL : question.rule,
            .conditions = conditions,
            .reason = unmet ? unmet->words : ""};
        if (found->rule)
            return true;
    }
    return false;
}

// No terms speak of it at all.
static void
add_silence(
    RuleFound *found, const ClaimFacts *facts, ClaimGround ground, const Terms *last, Arena *arena)
{
    found->reason =
        last ? arena_printf(arena, "terms \"%s\" give no right on the ground of %s", last->id,
                   claim_ground_name(ground))
             : arena_printf(arena, "no terms file names carrier \"%s\"", facts->carrier_slug);
    condition_add(&found->conditions, last ? "ground" : "terms", false, found->reason, "");
}

// The language of letters to the carrier: of its own terms, also where they are silent and a law speaks. "" when it has none.
static const char *
language_of_carrier(const TermsBook *book, const char *carrier_slug)
{
    const Terms *terms;
    size_t at = 0;

    while ((terms = terms_next(book, carrier_slug, &at)) != NULL)
        if (!terms->regime)
            return terms->language;
    return "";
}

RuleFound
claim_rule(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground, Arena *arena)
{
    RuleFound found = {.reason = ""};
    size_t at = 0, nearest = 0;
    const Terms *terms = NULL, *last = NULL;

    ask_parcel(&found.conditions, context, facts, arena);
    if (first_unmet(&found.conditions)) {
        found.reason = first_unmet(&found.conditions)->words;
        return found;
    }

    const Conditions parcel = found.conditions;
    Question base = {.arena = arena,
        .shipment = facts->shipment,
        .accepted = zone_day(context->zone, facts->accepted_at)};

    const char *const language = language_of_carrier(context->book, facts->carrier_slug);

    while ((terms = terms_next(context->book, facts->carrier_slug, &at)) != NULL) {
        last = terms;
        base.terms = terms_in(terms, language);
        if (try_terms(&found, &nearest, &base, &parcel, ground))
            return found;
    }
    if (nearest == 0)
        add_silence(&found, facts, ground, last, arena);
    return found;
}
