#include "core/case.h"
#include "core/claim.h"
#include "core/milestone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// The vocabulary of the domain page, word for word, and what each word proves.
static void
milestones_are_the_domain_s(void **state)
{
    static const struct
    {
        const char *name;
        bool physical, final, presentation;
    } words[] = {
        {"announced", false, false, false},
        {"accepted", true, false, false},
        {"in_transit", true, false, false},
        {"delivery_depot", true, false, false},
        {"customs", true, false, false},
        {"customs_held", true, false, false},
        {"customs_cleared", true, false, false},
        {"out_for_delivery", true, false, false},
        {"attempt_failed", true, false, true},
        {"address_problem", true, false, false},
        {"refused", true, false, true},
        {"available_for_pickup", true, false, true},
        {"held", true, false, false},
        {"delayed", false, false, false},
        {"damaged", true, false, false},
        {"lost", false, false, false},
        {"destroyed", true, true, false},
        {"returning", true, false, false},
        {"returned", true, true, false},
        {"delivered", true, true, true},
        {"cancelled", false, true, false},
        {"claim_news", false, false, false},
        {"information", false, false, false},
    };

    (void)state;
    assert_int_equal(sizeof words / sizeof words[0], MILESTONE_COUNT - 1);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        Milestone milestone = MILESTONE_UNMAPPED;

        assert_true(milestone_parse(words[i].name, &milestone));
        assert_string_equal(milestone_name(milestone), words[i].name);
        assert_null(strchr(milestone_label(milestone), '_'));
        assert_int_equal(milestone_is_physical(milestone), words[i].physical);
        assert_int_equal(milestone_is_final(milestone), words[i].final);
        assert_int_equal(milestone_is_presentation(milestone), words[i].presentation);
    }
}

static void
other_words_are_no_milestones(void **state)
{
    static const char *const wrong[] = {"", "unmapped", "Delivered", "in transit", "delivered "};
    Milestone milestone = MILESTONE_HELD;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(milestone_parse(wrong[i], &milestone));
    assert_int_equal(milestone, MILESTONE_HELD);
    assert_false(milestone_is_physical(MILESTONE_UNMAPPED));
}

static void
names_of_cases_are_read_back(void **state)
{
    (void)state;
    for (int i = CASE_NONE + 1; i < CASE_KIND_COUNT; i++) {
        CaseKind kind = CASE_NONE;

        assert_true(case_kind_parse(case_kind_name((CaseKind)i), &kind));
        assert_int_equal(kind, i);
    }
    for (int i = CASE_OPEN; i < CASE_STATE_COUNT; i++) {
        CaseState found;

        assert_true(case_state_parse(case_state_name((CaseState)i), &found));
        assert_int_equal(found, i);
        assert_int_equal(case_state_is_live(found), i <= CASE_SNOOZED);
    }
    for (int i = CASE_EVENT_OPENED; i < CASE_EVENT_COUNT; i++) {
        CaseEvent event;

        assert_true(case_event_parse(case_event_name((CaseEvent)i), &event));
        assert_int_equal(event, i);
    }

    CaseKind kind = CASE_LATE;

    assert_false(case_kind_parse("none", &kind) || case_kind_parse("", &kind));
    assert_int_equal(kind, CASE_LATE);
}

static void
names_of_claims_are_read_back(void **state)
{
    (void)state;
    for (int i = CLAIM_ENQUIRY; i < CLAIM_STATE_COUNT; i++) {
        ClaimState found;

        assert_true(claim_state_parse(claim_state_name((ClaimState)i), &found));
        assert_int_equal(found, i);
    }
    for (int i = GROUND_LOSS; i < GROUND_COUNT; i++) {
        ClaimGround ground;

        assert_true(claim_ground_parse(claim_ground_name((ClaimGround)i), &ground));
        assert_int_equal(ground, i);
    }
}

// Properties of the ledger; its table is compared with the database's in tests/sql/migrate_test.c.
static void
the_ledger_has_a_beginning_and_ends(void **state)
{
    (void)state;
    for (int from = CLAIM_ENQUIRY; from < CLAIM_STATE_COUNT; from++) {
        assert_false(claim_move_allowed((ClaimState)from, (ClaimState)from));
        assert_false(claim_move_allowed(CLAIM_CLOSED, (ClaimState)from));
        assert_int_equal(claim_move_allowed(CLAIM_VOIDED, (ClaimState)from), from == CLAIM_DRAFT);
        assert_false(claim_move_allowed(CLAIM_TIME_BARRED, (ClaimState)from));
        // Nothing is reconciled that was not credited, nothing credited that was not handed in.
        if (from != CLAIM_CREDITED)
            assert_false(claim_move_allowed((ClaimState)from, CLAIM_RECONCILED));
        if (from < CLAIM_SUBMITTED)
            assert_false(claim_move_allowed((ClaimState)from, CLAIM_CREDITED));
    }
    assert_true(claim_move_allowed(CLAIM_READY, CLAIM_SUBMITTED));
    assert_true(claim_move_allowed(CLAIM_WAIVED, CLAIM_DRAFT));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(milestones_are_the_domain_s),
        cmocka_unit_test(other_words_are_no_milestones),
        cmocka_unit_test(names_of_cases_are_read_back),
        cmocka_unit_test(names_of_claims_are_read_back),
        cmocka_unit_test(the_ledger_has_a_beginning_and_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
