/*
 * The choice of a rule and the dates, on terms made up for the purpose; the shipped ones are worked
 * in worked_test.c.
 */
#include "claims/claims.h"
#include "claims/dossier.h"
#include "core/claim_words.h"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/harness/histories.h"

#define DAY_OF_YEAR_2026(days) ((Day)(20454 + (days)-1))  // 2026-01-01 is day 1
#define AT(days, hours)        (DAY_OF_YEAR_2026(days) * HOURS_24 + (hours)*HOUR)

static const char *const post_carriers[] = {"post"};
static const char *const express[] = {"Express 24h"};
static const char *const france[] = {"FR"};
static const TermsEvidence papers[] = {
    {.name = "invoice", .origin = EVIDENCE_BY_HAND, .required = true},
    {.name = "proof of deposit", .origin = EVIDENCE_BY_HAND, .required = true}};
static const Liability small[] = {
    {.kind = LIABILITY_FLAT, .amount = {1000, "EUR"}, .clause = "small"}};
static const Liability large[] = {
    {.kind = LIABILITY_FLAT, .amount = {9000, "EUR"}, .clause = "large"}};

static const TermsCount five_days = {ANCHOR_ACCEPTED, 5, COUNT_CALENDAR_DAYS},
                        ten_days = {ANCHOR_LAST_SCAN, 10, COUNT_CALENDAR_DAYS},
                        a_month = {ANCHOR_ACCEPTED, 1, COUNT_MONTHS};
static const TermsRule rules[] = {
    {
        .ground = GROUND_LOSS,
        .who = CLAIMANT_SENDER,
        .valid_from = DAY_NONE,
        .valid_to = DAY_OF_YEAR_2026(99),
        .services = {express, 1},
        .clause = "express, old",
        .source = "test",
        .opening = {.clause = ""},
        .enquiry = {.clause = ""},
        .deadline = {.clause = ""},
        .bar = {.clause = ""},
        .liabilities = large,
        .liability_count = 1,
    },
    {
        .ground = GROUND_LOSS,
        .who = CLAIMANT_SENDER,
        .valid_from = DAY_OF_YEAR_2026(100),
        .valid_to = DAY_NONE,
        .countries = {france, 1},
        .clause = "new",
        .source = "test",
        .enquiry = {.clause = ""},
        .opening = {.ways = &five_days, .way_count = 1, .clause = "o"},
        .deadline = {.ways = &ten_days, .way_count = 1, .clause = "d"},
        .bar =
            {
                .ways = &a_month,
                .way_count = 1,
                .clause = "b",
                .source = "a law",
                .confidence = "official",
            },
        .evidence = papers,
        .evidence_count = 2,
        .liabilities = small,
        .liability_count = 1,
    },
};
static const Terms post[] = {{
    .id = "post",
    .name = "Post",
    .language = "fr",
    .carriers = {post_carriers, 1},
    .rules = rules,
    .rule_count = 2,
}};
static const TermsBook book = {.terms = post, .count = 1};

static Shipment
letter(const char *service, const char *country)
{
    Shipment shipment = history_blank();

    shipment.id = "S1";
    shipment.tracking_number = "T1";
    shipment.carrier = "Post";
    shipment.service = service;
    shipment.destination_country = country;
    shipment.created_at = AT(99, 8);
    return shipment;
}

static ClaimFacts
facts_of(const Shipment *shipment, Instant accepted_at, Instant as_of)
{
    return (ClaimFacts){
        .shipment = shipment,
        .carrier_slug = "post",
        .accepted_at = accepted_at,
        .presented_at = INSTANT_NONE,
        .delivered_at = INSTANT_NONE,
        .last_scan_at = accepted_at == INSTANT_NONE ? INSTANT_NONE : accepted_at + 2 * HOURS_24,
        .last_scan = "in transit at LIL",
        .as_of = as_of,
    };
}

static ClaimContext
context_in(Arena *arena, const char *zone)
{
    Err err = {0};
    const ClaimContext context = {.book = &book, .zone = zone_load(arena, zone, &err)};

    assert_non_null(context.zone);
    return context;
}

static void
the_rule_fits_service_country_and_day(void **state)
{
    static const struct
    {
        const char *service, *country;
        Instant accepted_at;
        const char *clause, *reason;
    } cases[] = {
        {"Express 24h", "FR", AT(99, 12), "express, old", ""},
        {"EXPRESS-24H", "DE", AT(99, 12), "express, old", ""},
        {"Express 24h", "FR", AT(100, 12), "new", ""},
        {"", "fr", AT(100, 12), "new", ""},
        {"", "FR", AT(99, 12), "",
            "no rule of terms \"post\" on the ground of loss was in force on 2026-04-09"},
        {"", "DE", AT(100, 12), "",
            "terms \"post\" do not cover parcels to DE on the ground of loss"},
        {"", "", AT(100, 12), "",
            "the country of destination is not known, and terms \"post\" cover only some"},
        {"", "FR", INSTANT_NONE, "",
            "the carrier never scanned the parcel, so nothing shows that it took it"},
    };
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Shipment shipment = letter(cases[i].service, cases[i].country);
        const ClaimFacts facts = facts_of(&shipment, cases[i].accepted_at, AT(101, 0));
        const char *reason = "";
        Claim claim = {.clause = ""};
        const bool granted = claim_draft(&context, &facts, GROUND_LOSS, arena, &claim, &reason);

        assert_string_equal(claim.clause, cases[i].clause);
        assert_string_equal(reason, cases[i].reason);
        assert_int_equal(granted, text_is_empty(cases[i].reason));
    }
    arena_destroy(arena);
}

static void
other_grounds_need_their_own_rule(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    const Shipment shipment = letter("", "FR");
    const ClaimFacts facts = facts_of(&shipment, AT(100, 12), AT(101, 0));
    const char *reason = "";
    Claim claim;

    (void)state;
    assert_false(claim_draft(&context, &facts, GROUND_DELAY, arena, &claim, &reason));
    assert_string_equal(reason, "terms \"post\" give no right on the ground of delay");
    arena_destroy(arena);
}

// 23:30 UTC is the next day in Paris: acceptance, opening and deadline are days of the merchant's
// calendar.
static void
days_are_those_of_the_zone(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext utc = context_in(arena, "UTC"), paris = context_in(arena, "Europe/Paris");
    const Shipment shipment = letter("", "FR");
    const ClaimFacts facts = facts_of(&shipment, AT(100, 23) + HOUR / 2, AT(105, 12));
    const char *reason = "";
    Claim there = {0}, here = {0};

    (void)state;
    assert_true(claim_draft(&utc, &facts, GROUND_LOSS, arena, &there, &reason));
    assert_true(claim_draft(&paris, &facts, GROUND_LOSS, arena, &here, &reason));
    assert_int_equal(there.claim_deadline, DAY_OF_YEAR_2026(112));
    assert_int_equal(here.claim_deadline, DAY_OF_YEAR_2026(113));
    assert_int_equal(there.state, CLAIM_READY);
    assert_int_equal(here.state, CLAIM_DRAFT);
    arena_destroy(arena);
}

static void
the_claim_outlives_its_batch(void **state)
{
    Arena *const arena = arena_create(), *const batch = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    Shipment shipment = letter(arena_copy(batch, "Home"), "FR");
    ClaimFacts facts = facts_of(&shipment, AT(100, 12), AT(106, 0));
    const char *reason = "";
    Claim claim = {0};

    (void)state;
    shipment.tracking_number = arena_copy(batch, "6A123");
    facts.last_scan = arena_copy(batch, "in transit at LIL");
    assert_true(claim_draft(&context, &facts, GROUND_LOSS, arena, &claim, &reason));
    arena_destroy(batch);
    assert_string_equal(claim.tracking_number, "6A123");
    assert_string_equal(claim.service, "Home");
    assert_string_equal(claim.last_scan, "in transit at LIL");
    assert_string_equal(claim.terms, "post");
    assert_int_equal(claim.number, 0);
    assert_string_equal(claim.reference, "");
    arena_destroy(arena);
}

// Sources lie; one absurd shipment must not make a document that does not validate.
static void
absurd_facts_still_make_a_dossier(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    Shipment shipment = letter("", "FR");
    const ClaimFacts facts = facts_of(&shipment, AT(100, 12), AT(106, 0));
    char *const long_text = arena_alloc(arena, 11000001);
    const char *reason = "", *xml = NULL;
    size_t length = 0;
    Claim claim = {0};
    Err err = {0};

    (void)state;
    memset(long_text, 'x', 11000000);
    shipment.contents = long_text;
    shipment.declared_value = (Money){-500, "EUR"};
    shipment.weight_grams = INT64_MIN;
    assert_true(claim_draft(&context, &facts, GROUND_LOSS, arena, &claim, &reason));
    assert_false(money_is_known(claim.value));
    claim.reference = "VG-000001";

    const Dossier dossier = {.claim = claim, .as_of = INSTANT_NONE};

    if (!dossier_write(arena, &dossier, &xml, &length, &err))
        fail_msg("%s", err.text);
    assert_true(length > 11000000);
    arena_destroy(arena);
}

// The right ends a month after acceptance on 31 May: on 30 June, the last day of that month.
static void
a_month_may_end_early(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    const Shipment shipment = letter("", "FR");
    const ClaimFacts last = facts_of(&shipment, AT(151, 12), AT(181, 23));
    const ClaimFacts late = facts_of(&shipment, AT(151, 12), AT(182, 0));
    const char *reason = "";
    Claim claim = {0};

    (void)state;
    assert_true(claim_draft(&context, &last, GROUND_LOSS, arena, &claim, &reason));
    assert_int_equal(claim.barred_after, DAY_OF_YEAR_2026(181));
    assert_int_equal(claim.state, CLAIM_READY);
    assert_string_equal(claim.caution,
        "the deadline of 2026-06-12 (d) has passed by the cautious reading; file at once and "
        "verify against your contract");
    assert_string_equal(claim.bar_source, "a law (official)");
    assert_string_equal(words_enclosures(arena, &claim), "invoice; proof of deposit");
    assert_true(claim_draft(&context, &late, GROUND_LOSS, arena, &claim, &reason));
    assert_int_equal(claim.state, CLAIM_TIME_BARRED);
    assert_string_equal(claim.caution, "the right ended with 2026-06-30 (b)");
    arena_destroy(arena);
}

// Without its anchor a deadline is not known, which is a reason to file and none to wait.
static void
an_unknown_deadline_does_not_wait(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    const Shipment shipment = letter("", "FR");
    ClaimFacts facts = facts_of(&shipment, AT(100, 12), AT(106, 0));
    const char *reason = "";
    Claim claim = {0};

    (void)state;
    facts.last_scan_at = INSTANT_NONE;
    assert_true(claim_draft(&context, &facts, GROUND_LOSS, arena, &claim, &reason));
    assert_int_equal(claim.state, CLAIM_READY);
    assert_int_equal(claim.claim_deadline, DAY_NONE);
    assert_string_equal(claim.missing, "");
    assert_string_equal(claim.caution,
        "the deadline (d) cannot be reckoned; file at once and verify against your contract");
    arena_destroy(arena);
}

static void
what_is_expected_ends_with_the_bar(void **state)
{
    Arena *const arena = arena_create();
    const ClaimContext context = context_in(arena, "UTC");
    const Shipment shipment = letter("", "FR"), abroad = letter("", "DE");
    const ClaimFacts early = facts_of(&shipment, AT(100, 12), AT(101, 0));
    const ClaimFacts last = facts_of(&shipment, AT(100, 12), AT(130, 23));
    const ClaimFacts late = facts_of(&shipment, AT(100, 12), AT(131, 0));
    const ClaimFacts elsewhere = facts_of(&abroad, AT(100, 12), AT(101, 0));

    (void)state;
    assert_int_equal(claim_expected(&context, &early, GROUND_LOSS).minor, 1000);
    assert_int_equal(claim_expected(&context, &last, GROUND_LOSS).minor, 1000);
    assert_false(money_is_known(claim_expected(&context, &late, GROUND_LOSS)));
    assert_false(money_is_known(claim_expected(&context, &elsewhere, GROUND_LOSS)));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_fits_service_country_and_day),
        cmocka_unit_test(other_grounds_need_their_own_rule),
        cmocka_unit_test(days_are_those_of_the_zone),
        cmocka_unit_test(the_claim_outlives_its_batch),
        cmocka_unit_test(absurd_facts_still_make_a_dossier),
        cmocka_unit_test(a_month_may_end_early),
        cmocka_unit_test(an_unknown_deadline_does_not_wait),
        cmocka_unit_test(what_is_expected_ends_with_the_bar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
