/*
 * What holds whatever the facts: over the shipped terms and some thousand parcels that a generator made up, payable is
 * never negative and never above the proved value and what is paid on top, unless the rule is a flat amount; dates move
 * with their anchors and never before them; a right that is refused names the condition that is not met.
 */
#include "claims/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/harness/histories.h"

#define PARCELS     4000
#define FIRST_DAY   20300  // 2025-07-31: rates of the SDR are near
#define ACCEPTED_AT 12     // o'clock

static const char *const CARRIERS[] = {"colissimo", "chronopost", "mondialrelay", "dpd", "gls",
    "ups", "fedex", "usps", "royal_mail", "dhl_express", "dhl_paket", "correios", "hermes",
    "bpost"};
static const char *const COUNTRIES[] = {"FR", "BE", "DE", "GB", "US", "BR", "ES", ""};
static const char *const CURRENCIES[] = {"EUR", "USD", "GBP", "BRL"};

typedef struct World
{
    Arena *arena;
    ClaimContext context;
    uint64_t random;
} World;

static uint64_t
draw(World *world, uint64_t below)
{
    world->random = world->random * 6364136223846793005U + 1442695040888963407U;
    return (world->random >> 33) % below;
}

static Money
amount(World *world, uint64_t below)
{
    Money money = {.minor = (int64_t)draw(world, below)};

    memcpy(money.currency, CURRENCIES[draw(world, 4)], 4);
    return draw(world, 8) == 0 ? MONEY_NONE : money;
}

static Shipment
parcel(World *world, Instant accepted)
{
    Shipment shipment = history_blank();

    shipment.id = "S1";
    shipment.tracking_number = "T1";
    shipment.carrier = CARRIERS[draw(world, sizeof CARRIERS / sizeof CARRIERS[0])];
    shipment.origin_country = COUNTRIES[draw(world, 8)];
    shipment.destination_country = COUNTRIES[draw(world, 8)];
    shipment.created_at = accepted - HOUR;
    if (draw(world, 5) > 0)
        shipment.promised_at = accepted + (Instant)draw(world, 200) * HOUR;
    shipment.purchase_value = amount(world, 100000);
    shipment.freight_charge = amount(world, 5000);
    shipment.weight_grams = (int64_t)draw(world, 40000);
    return shipment;
}

static ClaimFacts
facts_of(const Shipment *shipment, Instant accepted, Instant as_of)
{
    const Instant last = accepted + 30 * HOUR;

    return (ClaimFacts){.shipment = shipment,
        .carrier_slug = shipment->carrier,
        .accepted_at = accepted,
        .last_scan_at = last,
        .presented_at = last,
        .delivered_at = last,
        .last_scan = "delivered",
        .as_of = as_of};
}

// The proved value and all that is paid on top of it, or a flat amount.
static int64_t
most_payable(const Claim *claim)
{
    int64_t value = -1, flat = 0, freight = 0;

    for (size_t i = 0; i < claim->line_count; i++) {
        const ValuationLine *const line = &claim->lines[i];

        if (line->kind == LIABILITY_PROVED_VALUE)
            value = line->amount.minor;
        if (line->kind == LIABILITY_FLAT || line->kind == LIABILITY_SDR_FLAT ||
            (line->kind == LIABILITY_SDR_PER_KG && value < 0))
            flat += line->amount.minor;
        if (line->kind == LIABILITY_FREIGHT_REFUND)
            freight += line->amount.minor;
    }
    return (value >= 0 ? value : flat) + freight;
}

static void
check_granted(const Claim *claim, Day accepted)
{
    if (money_is_known(claim->payable)) {
        assert_true(claim->payable.minor >= 0);
        assert_true(claim->payable.minor <= most_payable(claim));
    } else {
        assert_true(*claim->missing != '\0');
    }
    for (int i = 0; i < 4; i++) {
        const Day dates[] = {
            claim->opens_on, claim->enquiry_by, claim->claim_deadline, claim->barred_after};

        assert_true(dates[i] == DAY_NONE || dates[i] >= accepted);
    }
    assert_true(claim->condition_count > 3);
}

static void
check_refused(const Claim *claim, const char *reason)
{
    bool named = false;

    for (size_t i = 0; i < claim->condition_count; i++)
        named |= !claim->conditions[i].met && strcmp(claim->conditions[i].words, reason) == 0;
    assert_true(named);
}

// The same parcel a day later: no date may come earlier.
static void
check_later(const Claim *claim, const Claim *later)
{
    assert_true(later->opens_on == DAY_NONE || later->opens_on >= claim->opens_on);
    assert_true(later->enquiry_by == DAY_NONE || later->enquiry_by >= claim->enquiry_by);
    assert_true(
        later->claim_deadline == DAY_NONE || later->claim_deadline >= claim->claim_deadline);
    assert_true(later->barred_after == DAY_NONE || later->barred_after >= claim->barred_after);
}

static void
rights_hold_whatever_the_facts(void **state)
{
    static const ClaimGround GROUNDS[] = {
        GROUND_LOSS, GROUND_DAMAGE, GROUND_DELAY, GROUND_NOT_RECEIVED, GROUND_UNJUST_RETURN};
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};
    World world = {.arena = arena,
        .context = {.book = terms_load(arena, (TextList){0}, &problems, &err),
            .calendar = calendar_load(arena, "FR", &problems, &err),
            .zone = zone_load(arena, "Europe/Paris", &err),
            .margin_days = 2},
        .random = 11};
    int granted = 0, refused = 0;

    (void)state;
    for (int i = 0; i < PARCELS; i++) {
        Arena *const batch = arena_create();
        const Day day = FIRST_DAY + (Day)draw(&world, 90);
        const Instant accepted = day * HOURS_24 + ACCEPTED_AT * HOUR;
        const Shipment shipment = parcel(&world, accepted);
        const ClaimGround ground = GROUNDS[draw(&world, 5)];
        const ClaimFacts facts = facts_of(&shipment, accepted, accepted + 20 * HOURS_24);
        Shipment next = shipment;
        Claim claim = {0}, later = {0};
        const char *reason = "";

        if (!claim_draft(&world.context, &facts, ground, batch, &claim, &reason)) {
            check_refused(&claim, reason);
            refused++;
        } else {
            check_granted(&claim, day);
            granted++;
            next.created_at += HOURS_24;
            if (next.promised_at != INSTANT_NONE)
                next.promised_at += HOURS_24;

            const ClaimFacts moved = facts_of(&next, accepted + HOURS_24, facts.as_of);

            if (claim_draft(&world.context, &moved, ground, batch, &later, &reason))
                check_later(&claim, &later);
        }
        arena_destroy(batch);
    }
    print_message("%d granted, %d refused\n", granted, refused);
    assert_true(granted > PARCELS / 20 && refused > PARCELS / 20);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rights_hold_whatever_the_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
