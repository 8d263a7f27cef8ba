/*
 * The moves that nights make in the ledger, on a real server: a draft becomes ready when the loss may be asserted, a
 * passed deadline moves nothing, a passed bar ends the claim, and a night that is done again changes nothing.
 */
#include "sql/claims_people.h"

#include "core/text.h"
#include "sql/rows.h"
#include "tests/harness/fixture.h"
#include "tests/harness/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Moved
{
    int64_t barred, ready;
} Moved;

// What a night does to the ledger, in its order; claim may be NULL.
static Moved
night(int number, const Claim *claim)
{
    Claim numbered = claim ? *claim : (Claim){0};
    const ClaimDraft draft = {
        .claim = &numbered, .carrier_slug = "post", .note = "lost", .dossier = "<dossier/>"};
    const ClaimPen pen = pen_of(number);
    const Day day = FIRST + number;
    Moved moved = {0};
    Err err = {0};

    must(db_begin(db, &err), &err);
    must(claims_bar(db, &pen, day, &moved.barred, &err), &err);
    must(claims_make_ready(db, &pen, day, &moved.ready, &err), &err);
    must(claims_last_number(db, &numbered.number, &err), &err);
    numbered.reference = claim_reference(arena, ++numbered.number);
    must(claims_open(db, &pen, &draft, claim ? 1 : 0, &err), &err);
    must(db_commit(db, &err), &err);
    return moved;
}

static size_t
claims_in(const LedgerClaims *list, const Claim **claims)
{
    Claim *const found = ARENA_ARRAY(arena, Claim, list->count);

    for (size_t i = 0; i < list->count; i++) {
        found[i] = list->items[i].claim;
        assert_string_equal(list->items[i].carrier_slug, "post");
        assert_string_equal(list->items[i].dossier, "<dossier/>");
    }
    *claims = found;
    return list->count;
}

static size_t
of_night(int number, const Claim **claims)
{
    LedgerClaims list = {.arena = arena};
    Err err = {0};

    judge_nights(arena, number);
    must(claims_of_night(db, NIGHT(number), FIRST + number, 0, 1000, &list, &err), &err);
    return claims_in(&list, claims);
}

static size_t
to_file(int number, const Claim **claims)
{
    LedgerClaims list = {.arena = arena};
    Err err = {0};

    must(claims_to_file(db, NIGHT(number), FIRST + number, &list, &err), &err);
    return claims_in(&list, claims);
}

static void
a_draft_becomes_ready_at_its_opening(void **state)
{
    const Claim claim = claim_for("S1");
    const Claim *found;

    (void)state;
    night(1, &claim);
    assert_int_equal(of_night(1, &found), 1);
    assert_int_equal(found[0].state, CLAIM_DRAFT);
    assert_string_equal(found[0].reference, "VG-000001");
    assert_string_equal(found[0].caution, "loss may be asserted from 2026-02-21 (art. 1)");

    assert_int_equal(night(4, NULL).ready, 0);
    assert_int_equal(of_night(4, &found), 0);
    assert_int_equal(night(5, NULL).ready, 1);
    assert_int_equal(of_night(5, &found), 1);
    assert_int_equal(found[0].state, CLAIM_READY);
    assert_string_equal(found[0].caution, "");
    assert_int_equal(night(6, NULL).ready, 0);
    assert_int_equal(of_night(6, &found), 0);
    assert_string_equal(
        ledger(arena, "S1"), "1 - draft lost|2 draft ready loss may be asserted from 2026-02-21");

    // Documents of an earlier night, written again, still see the claim of that night.
    assert_int_equal(of_night(1, &found), 1);
    assert_int_equal(found[0].state, CLAIM_DRAFT);
}

static void
every_fact_comes_back(void **state)
{
    const Claim claim = claim_for("S1");
    const Claim *found;

    (void)state;
    night(1, &claim);
    assert_int_equal(to_file(1, &found), 1);
    assert_int_equal(found[0].opens_on, claim.opens_on);
    assert_int_equal(found[0].claim_deadline, claim.claim_deadline);
    assert_int_equal(found[0].barred_after, claim.barred_after);
    assert_string_equal(found[0].opening_clause, claim.opening_clause);
    assert_string_equal(found[0].deadline_clause, claim.deadline_clause);
    assert_string_equal(found[0].bar_clause, claim.bar_clause);
    assert_string_equal(found[0].bar_source, claim.bar_source);
    assert_int_equal(found[0].enquiry_by, claim.enquiry_by);
    assert_int_equal(found[0].act_by, claim.act_by);
    assert_string_equal(found[0].enquiry_clause, claim.enquiry_clause);
    assert_int_equal(found[0].value.minor, 9900);
    assert_string_equal(found[0].value.currency, "USD");
    assert_string_equal(found[0].missing, "");
    assert_int_equal(found[0].payable.minor, 2500);
    assert_string_equal(found[0].payable.currency, "EUR");
}

// S2 lacks a fact, so that its opening does not make it ready, and no bar is known for it.
static void
a_passed_deadline_warns_and_a_passed_bar_ends(void **state)
{
    const Claim draft = claim_for("S1");
    Claim unknown = claim_for("S2");
    const Claim *found;

    (void)state;
    unknown.missing = "value";
    unknown.barred_after = DAY_NONE;
    night(1, &draft);
    night(1, &unknown);
    night(5, NULL);
    assert_int_equal(to_file(8, &found), 2);
    assert_string_equal(found[0].caution, "");
    assert_int_equal(night(9, NULL).barred, 0);
    assert_int_equal(to_file(9, &found), 2);
    assert_int_equal(found[0].state, CLAIM_READY);
    assert_string_equal(found[0].caution,
        "the deadline of 2026-02-24 (art. 2) has passed by the cautious reading; file at once and "
        "verify against your contract");

    assert_int_equal(night(20, NULL).barred, 0);
    assert_int_equal(night(21, NULL).barred, 1);
    assert_int_equal(of_night(21, &found), 0);
    assert_int_equal(to_file(21, &found), 1);
    assert_string_equal(found[0].shipment_id, "S2");
    assert_string_equal(ledger(arena, "S1"),
        "1 - draft lost|2 draft ready loss may be asserted from 2026-02-21|"
        "3 ready time_barred the right ended with 2026-03-08 (art. 3)");
    assert_string_equal(ledger(arena, "S2"), "1 - draft lost");
}

// A draft whose nights were missed goes straight to its end, and never through ready.
static void
what_is_barred_is_not_made_ready(void **state)
{
    const Claim claim = claim_for("S1");
    const Moved moved = (night(1, &claim), night(30, NULL));

    (void)state;
    assert_int_equal(moved.barred, 1);
    assert_int_equal(moved.ready, 0);
    assert_string_equal(ledger(arena, "S1"),
        "1 - draft lost|2 draft time_barred the right ended with 2026-03-08 (art. 3)");
}

static char *
everything(void)
{
    return test_database_value("select concat((select jsonb_agg(c) from claim c), (select "
                               "jsonb_agg(m) from claim_move m))");
}

static void
doing_it_again_changes_nothing(void **state)
{
    const Claim claim = claim_for("S1");

    (void)state;
    night(1, &claim);
    night(5, NULL);
    night(21, NULL);

    char *const before = everything();
    const Moved moved = night(21, &claim);
    char *const after = everything();

    assert_int_equal(moved.barred + moved.ready, 0);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
there_are_never_two_claims(void **state)
{
    Claim claim = claim_for("S1"), other = claim_for("S2");
    const Claim *found;

    (void)state;
    night(1, &claim);
    claim.payable.minor = 9999;
    claim.state = CLAIM_READY;
    night(2, &claim);
    night(2, &other);
    assert_int_equal(of_night(2, &found), 1);
    assert_string_equal(found[0].reference, "VG-000002");
    assert_string_equal(ledger(arena, "S1"), "1 - draft lost");
    assert_int_equal(of_night(1, &found), 1);
    assert_int_equal(found[0].payable.minor, 2500);

    char *const refusal = test_database_try("insert into claim select * from claim");

    assert_non_null(strstr(refusal, "claim_pkey"));
    free(refusal);
}

// PostgreSQL adds months to a date by the same rule: every day of four years, one of them leap, and 26 counts.
static void
months_are_those_of_the_server(void **state)
{
    Params params = {.arena = arena};
    Err err = {0};
    int64_t count = 0;

    (void)state;
    param_day(&params, day_from_civil(2023, 1, 1));

    Rows *const rows = rows_open(db, arena, "months",
        "select d::date, n, (d + make_interval(months => n))::date from "
        "generate_series($1::date, $1::date + 1460, interval '1 day') d, generate_series(0, 25) n",
        &params, &err);

    while (rows && rows_next(rows, &err)) {
        assert_int_equal(
            day_add_months(rows_day(rows, 0), (int32_t)rows_int(rows, 1)), rows_day(rows, 2));
        count++;
    }
    must(err.kind == ERR_NONE, &err);
    assert_int_equal(count, 1461 * 26);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_becomes_ready_at_its_opening),
        TEST(every_fact_comes_back),
        TEST(a_passed_deadline_warns_and_a_passed_bar_ends),
        TEST(what_is_barred_is_not_made_ready),
        TEST(doing_it_again_changes_nothing),
        TEST(there_are_never_two_claims),
        TEST(months_are_those_of_the_server),
    };

    return cmocka_run_group_tests_name("claims ledger", tests, NULL, fixture_drop);
}
