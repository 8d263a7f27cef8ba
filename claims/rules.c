/*
 * A rule is sought by one question after the other, from the widest to the narrowest, so that the
 * answer can name the one that failed: who owns the label, did the carrier take the parcel, are
 * there terms, do they speak of the ground, of the service, of the country, of that day.
 */
#include "claims/rules.h"

// How far the best rule came. The order is that of the questions.
typedef enum Obstacle
{
    OBSTACLE_GROUND,
    OBSTACLE_SERVICE,
    OBSTACLE_COUNTRY,
    OBSTACLE_DAY,
    OBSTACLE_NONE,
} Obstacle;

static bool
lists_service(Arena *arena, TextList services, const char *service)
{
    const char *const slug = text_slug(arena, service);

    for (size_t i = 0; i < services.count; i++)
        if (text_equal(text_slug(arena, services.items[i]), slug))
            return true;
    return services.count == 0;
}

static bool
lists_country(TextList countries, const char *country)
{
    for (size_t i = 0; i < countries.count; i++)
        if (text_equal_folded(countries.items[i], country))
            return true;
    return countries.count == 0;
}

static bool
in_force(const TermsRule *rule, Day accepted)
{
    return (rule->valid_from == DAY_NONE || rule->valid_from <= accepted) &&
           (rule->valid_to == DAY_NONE || accepted <= rule->valid_to);
}

static Obstacle
rule_obstacle(
    Arena *arena, const TermsRule *rule, const Shipment *shipment, ClaimGround ground, Day accepted)
{
    if (rule->ground != ground)
        return OBSTACLE_GROUND;
    if (!lists_service(arena, rule->services, shipment->service))
        return OBSTACLE_SERVICE;
    if (!lists_country(rule->countries, shipment->destination_country))
        return OBSTACLE_COUNTRY;
    if (!in_force(rule, accepted))
        return OBSTACLE_DAY;
    return OBSTACLE_NONE;
}

static const char *
obstacle_words(Arena *arena, Obstacle obstacle, const Terms *terms, const Shipment *shipment,
    ClaimGround ground, Day accepted)
{
    const char *const on = claim_ground_name(ground);
    const bool has_country = !text_is_empty(shipment->destination_country);

    switch (obstacle) {
    case OBSTACLE_SERVICE:
        return arena_printf(arena, "terms \"%s\" do not cover service \"%s\" on the ground of %s",
            terms->id, shipment->service, on);
    case OBSTACLE_COUNTRY:
        if (!has_country)
            return arena_printf(arena,
                "the country of destination is not known, and terms \"%s\" cover only some",
                terms->id);
        return arena_printf(arena, "terms \"%s\" do not cover parcels to %s on the ground of %s",
            terms->id, shipment->destination_country, on);
    case OBSTACLE_DAY:
        return arena_printf(arena, "no rule of terms \"%s\" on the ground of %s was in force on %s",
            terms->id, on, day_print(arena, accepted));
    default:
        return arena_printf(arena, "terms \"%s\" give no right on the ground of %s", terms->id, on);
    }
}

// Labels bought from a reseller are under the reseller's contract: the carrier pays nobody else.
static bool
is_own_label(const Shipment *shipment)
{
    return text_is_empty(shipment->label_owner) || text_equal_folded(shipment->label_owner, "self");
}

static const TermsRule *
refuse(const char **reason, const char *words)
{
    *reason = words;
    return NULL;
}

const TermsRule *
claim_rule(const ClaimContext *context, const ClaimFacts *facts, ClaimGround ground, Arena *arena,
    const Terms **terms, const char **reason)
{
    const Shipment *const shipment = facts->shipment;

    if (!is_own_label(shipment))
        return refuse(
            reason, arena_printf(arena,
                        "the label is owned by \"%s\", who alone may claim from the carrier",
                        shipment->label_owner));

    // A claimant must show that the carrier had the parcel; a label alone shows nothing.
    if (facts->accepted_at == INSTANT_NONE)
        return refuse(
            reason, "the carrier never scanned the parcel, so nothing shows that it took it");

    const Terms *const found = terms_of_carrier(context->book, facts->carrier_slug);

    if (!found)
        return refuse(
            reason, arena_printf(arena, "no terms file names carrier \"%s\"", facts->carrier_slug));

    const Day accepted = zone_day(context->zone, facts->accepted_at);
    Obstacle nearest = OBSTACLE_GROUND;

    for (size_t i = 0; i < found->rule_count; i++) {
        const Obstacle obstacle =
            rule_obstacle(arena, &found->rules[i], shipment, ground, accepted);

        if (obstacle == OBSTACLE_NONE) {
            *terms = found;
            return &found->rules[i];
        }
        if (obstacle > nearest)
            nearest = obstacle;
    }
    return refuse(reason, obstacle_words(arena, nearest, found, shipment, ground, accepted));
}
