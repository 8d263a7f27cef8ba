/*
 * What is written of a claim after it was opened, on a real server: a dossier drafted anew leaves the one before under its
 * night, moves make a chain that the database guards, remarks are made once.
 */
#include "core/text.h"
#include "tests/harness/fixture.h"
#include "tests/harness/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
open_claim(const Claim *claim)
{
    Claim numbered = *claim;
    const ClaimDraft draft = {
        .claim = &numbered, .carrier_slug = "post", .note = "lost", .dossier = "<dossier/>"};
    const ClaimPen pen = pen_of(1);
    Err err = {0};

    must(claims_last_number(db, &numbered.number, &err), &err);
    numbered.reference = claim_reference(arena, ++numbered.number);
    must(claims_open(db, &pen, &draft, 1, &err), &err);
}

static const char *
dossier_of_night(int number)
{
    LedgerClaims list = {.arena = arena};
    Err err = {0};

    judge_nights(arena, number);
    must(claims_of_night(db, NIGHT(number), FIRST + number, 0, 1000, &list, &err), &err);
    return list.count == 1 ? list.items[0].dossier : "";
}

static void
redraft(int number, const char *dossier)
{
    const Claim claim = claim_for("S1");
    const ClaimDraft draft = {
        .claim = &claim, .carrier_slug = "post", .dossier = dossier, .note = ""};
    const ClaimPen pen = pen_of(number);
    Err err = {0};

    must(claims_redraft(db, &pen, &draft, 1, &err), &err);
}

static void
approve(bool yes)
{
    const ClaimKey key = {"S1", GROUND_LOSS};
    const ClaimPen pen = {.as_of = NIGHT(2), .recorded_at = NIGHT(1000), .actor = "zoe"};
    Err err = {0};

    must(claims_approve(db, &pen, yes, &key, 1, &err), &err);
}

static char *
approved(void)
{
    return test_database_value("select coalesce(approved_by, '-') from claim");
}

static void
expect_text(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    free(found);
}

static void
a_draft_made_anew_leaves_the_one_before_to_its_night(void **state)
{
    const Claim claim = claim_for("S1");

    (void)state;
    open_claim(&claim);
    approve(true);
    redraft(2, "<dossier/>");
    expect_text(approved(), "zoe");
    assert_string_equal(dossier_of_night(2), "");
    redraft(3, "<heavier/>");
    expect_text(approved(), "-");
    redraft(3, "<heavier/>");
    redraft(4, "<dearer/>");
    assert_string_equal(dossier_of_night(1), "<dossier/>");
    assert_string_equal(dossier_of_night(3), "<heavier/>");
    assert_string_equal(dossier_of_night(4), "<dearer/>");
    assert_string_equal(ledger(arena, "S1"), "1 - draft lost");
}

static void
what_was_submitted_is_not_drafted_anew(void **state)
{
    Claim claim = claim_for("S1");

    (void)state;
    claim.state = CLAIM_SUBMITTED;
    open_claim(&claim);
    redraft(2, "<other/>");
    expect_text(test_database_value("select dossier from claim"), "<dossier/>");
    expect_text(test_database_value("select count(*) from claim_version"), "0");
    assert_string_equal(dossier_of_night(2), "");
}

// Another pen was faster: its move stands.
static void
a_move_begins_where_the_claim_is(void **state)
{
    const Claim claim = claim_for("S1");
    const ClaimMove away = {{"S1", GROUND_LOSS}, CLAIM_DRAFT, CLAIM_VOIDED, "the parcel was found"};
    const ClaimMove late = {{"S1", GROUND_LOSS}, CLAIM_DRAFT, CLAIM_READY, "too late"};
    const ClaimPen pen = pen_of(2);
    int64_t moved = 0;
    Err err = {0};

    (void)state;
    open_claim(&claim);
    must(claims_move(db, &pen, &away, 1, &moved, &err), &err);
    assert_int_equal(moved, 1);
    must(claims_move(db, &pen, &late, 1, &moved, &err), &err);
    assert_int_equal(moved, 0);
    assert_string_equal(ledger(arena, "S1"), "1 - draft lost|2 draft voided the parcel was found");
}

static void
a_remark_is_made_once(void **state)
{
    const Claim claim = claim_for("S1");
    const ClaimKey key = {"S1", GROUND_LOSS};
    const ClaimRemark remark = {key, "news", "2026-02-21 140", "paid, \"they\" say"};
    const char *const *known;
    size_t count;
    Err err = {0};

    (void)state;
    open_claim(&claim);
    for (int number = 2; number < 4; number++) {
        const ClaimPen pen = pen_of(number);

        must(claims_remark(db, &pen, &remark, 1, &err), &err);
    }
    must(claims_remarks_known(db, arena, key, "news", &known, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_string_equal(known[0], remark.once);
}

static void
conditions_take_the_place_of_those_before(void **state)
{
    const ClaimKey key = {"S9", GROUND_DELAY};
    const ClaimCondition first[] = {
        {"label", true, "the label is ours", ""}, {"terms", false, "no terms name it", "art. 1"}};
    const ClaimCondition second[] = {{"label", false, "resold", "art. 9"}};
    const ClaimCondition *found;
    size_t count;
    Err err = {0};

    (void)state;
    must(claims_conditions_write(db, &(ClaimConditions){key, first, 2}, 1, &err), &err);
    must(claims_conditions(db, arena, key, &found, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_string_equal(found[1].words, "no terms name it");
    assert_true(found[0].met && !found[1].met);
    must(claims_conditions_write(db, &(ClaimConditions){key, second, 1}, 1, &err), &err);
    must(claims_conditions(db, arena, key, &found, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].clause, "art. 9");
}

static char *
try_move(const char *shipment_id, ClaimState from, ClaimState to)
{
    char *const refusal = test_database_try(arena_printf(arena,
        "begin; insert into claim_move (shipment_id, ground, position, state_from, state_to, "
        "as_of, recorded_at, actor) values ('%s', 'loss', 2, '%s', '%s', now(), now(), 'test'); "
        "rollback",
        shipment_id, claim_state_name(from), claim_state_name(to)));

    if (refusal)
        test_database_run("rollback");
    return refusal;
}

// From each state to each, of a claim that is there.
static void
the_database_refuses_other_moves(void **state)
{
    (void)state;
    for (int from = CLAIM_ENQUIRY; from < CLAIM_STATE_COUNT; from++) {
        Claim claim = claim_for(arena_printf(arena, "S%d", from));

        claim.state = (ClaimState)from;
        open_claim(&claim);
        for (int to = CLAIM_ENQUIRY; to < CLAIM_STATE_COUNT; to++) {
            char *const refusal = try_move(claim.shipment_id, (ClaimState)from, (ClaimState)to);

            assert_int_equal(refusal == NULL, claim_move_allowed((ClaimState)from, (ClaimState)to));
            free(refusal);
        }
    }
}

// An allowed move of another state than the claim is in would break the chain.
static void
the_database_refuses_a_broken_chain(void **state)
{
    const Claim claim = claim_for("S1");

    (void)state;
    open_claim(&claim);
    assert_null(try_move("S1", CLAIM_DRAFT, CLAIM_READY));

    char *const refusal = try_move("S1", CLAIM_READY, CLAIM_SUBMITTED);

    assert_non_null(strstr(refusal, "claim_move_chain"));
    free(refusal);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_made_anew_leaves_the_one_before_to_its_night),
        TEST(what_was_submitted_is_not_drafted_anew),
        TEST(a_move_begins_where_the_claim_is),
        TEST(a_remark_is_made_once),
        TEST(conditions_take_the_place_of_those_before),
        TEST(the_database_refuses_other_moves),
        TEST(the_database_refuses_a_broken_chain),
    };

    return cmocka_run_group_tests_name("what becomes of claims", tests, NULL, fixture_drop);
}
