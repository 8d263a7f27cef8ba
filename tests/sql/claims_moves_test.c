/*
 * Sequences of moves nobody thought of, against the real ledger: whatever is tried, in the program or past it, a claim is in a
 * state that the table of moves leads to, its history is one unbroken chain, and what is refused says why and changes nothing.
 */
#include "sql/claims_people.h"

#include "core/text.h"
#include "sql/submissions.h"
#include "tests/harness/database.h"
#include "tests/harness/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SEED      20261128
#define SEQUENCES 200
#define STEPS     14

// The moves by the design's words (docs: the ledger), apart from the program's table and the database's: from, then to.
static const char *const table[] = {
    "enquiry draft ready voided time_barred waived",
    "draft enquiry ready voided time_barred waived",
    "ready draft submitted voided time_barred waived",
    ("submitted acknowledged in_review documents_requested approved approved_in_part refused "
     "credited "
     "voided time_barred"),
    "acknowledged in_review documents_requested approved approved_in_part refused credited voided",
    "in_review documents_requested approved approved_in_part refused credited voided",
    "documents_requested in_review approved approved_in_part refused credited voided time_barred",
    "approved credited disputed voided",
    "approved_in_part credited disputed voided",
    "refused disputed closed voided",
    ("disputed in_review documents_requested approved approved_in_part refused credited closed "
     "voided"),
    "credited reconciled disputed voided",
    "reconciled closed disputed voided",
    "closed",
    "voided draft",
    "time_barred",
    "waived draft",
};

static Arena *arena;
static Db *db;
static uint64_t dice = SEED;
static size_t tried[2];  // refused, done

static int
set_up(void **state)
{
    (void)state;
    arena = arena_create();
    db = test_database_migrated(arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    test_database_drop();
    return 0;
}

// Knuth's MMIX generator; its high bits.
static unsigned
roll(unsigned sides)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(dice >> 33) % sides;
}

static ClaimState
any_state(void)
{
    return (ClaimState)(CLAIM_ENQUIRY + (int)roll(CLAIM_STATE_COUNT - CLAIM_ENQUIRY));
}

// Whether the table's row of one state names the other.
static bool
is_in_table(ClaimState from, ClaimState to)
{
    const char *const row =
        arena_printf(arena, "%s ", table[from - CLAIM_ENQUIRY] + strlen(claim_state_name(from)));

    return strstr(row, arena_printf(arena, " %s ", claim_state_name(to))) != NULL;
}

static const char *
value_of(const char *sql)
{
    char *const text = test_database_value(sql);
    const char *const kept = arena_copy(arena, text ? text : "");

    free(text);
    return kept;
}

// State, amounts and history of a claim, in one text.
static const char *
all_of(const char *id)
{
    return value_of(arena_printf(arena,
        "select to_jsonb(c)::text || (select string_agg(to_jsonb(m)::text, '' order by position) "
        "from "
        "claim_move m where m.shipment_id = c.shipment_id) from claim c where shipment_id = '%s'",
        id));
}

static void
open_claim(const char *id, int64_t number, ClaimState state)
{
    Claim claim = claim_for(id);
    const ClaimPen pen = pen_of(1);
    const ClaimDraft draft = {
        .claim = &claim, .carrier_slug = "post", .note = "lost", .dossier = "<dossier/>"};
    Err err = {0};

    claim.number = number;
    claim.reference = claim_reference(arena, number);
    claim.state = state;
    must(db_begin(db, &err) && claims_open(db, &pen, &draft, 1, &err) && db_commit(db, &err), &err);
}

// Past the program: the same two writes as claim_move.sql, as somebody with psql would do them.
static bool
move_by_hand(const char *id, ClaimState from, ClaimState to, const char **said)
{
    char *const complaint = test_database_try(arena_printf(arena,
        "begin; update claim set state = '%s' where shipment_id = '%s'; insert into claim_move "
        "(shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor) select "
        "shipment_id, ground, (select max(position) + 1 from claim_move m where m.shipment_id = "
        "c.shipment_id), '%s', '%s', now(), now(), 'psql' from claim c where shipment_id = '%s'; "
        "commit",
        claim_state_name(to), id, claim_state_name(from), claim_state_name(to), id));

    *said = arena_copy(arena, complaint ? complaint : "");
    if (complaint)
        test_database_run("rollback");
    free(complaint);
    return **said == '\0';
}

static bool
move_by_program(const char *id, ClaimState from, ClaimState to, int64_t *moved, const char **said)
{
    const ClaimPen pen = pen_of(2);
    const ClaimMove move = {.key = {id, GROUND_LOSS}, .from = from, .to = to, .note = "a roll"};
    Err err = {0};
    const bool done =
        db_begin(db, &err) && claims_move(db, &pen, &move, 1, moved, &err) && db_commit(db, &err);

    if (!done)
        db_rollback(db);
    *said = arena_copy(arena, err.text);
    return done;
}

// One try: from the state it is in, or from one it is not in, to any.
static ClaimState
step(const char *id, ClaimState now)
{
    const bool stale = roll(8) == 0, by_hand = !stale && roll(4) == 0;
    const ClaimState from = stale ? any_state() : now, to = any_state();
    const bool legal = is_in_table(from, to);
    const char *const before = all_of(id), *said;
    int64_t moved = 1;
    const bool done =
        by_hand ? move_by_hand(id, from, to, &said) : move_by_program(id, from, to, &moved, &said);

    tried[done]++;
    assert_int_equal(legal, claim_move_allowed(from, to));
    assert_int_equal(done, legal);
    assert_int_equal(*said == '\0', legal);
    if (!legal && !by_hand)
        assert_non_null(strstr(said, arena_printf(arena, "does not move from %s to %s",
                                         claim_state_name(from), claim_state_name(to))));
    if (!legal || from != now) {
        assert_true(!legal || moved == 0);
        assert_string_equal(all_of(id), before);
        return now;
    }
    assert_int_equal(moved, 1);
    return to;
}

static void
no_sequence_leaves_the_table(void **state)
{
    static const ClaimState firsts[] = {
        CLAIM_ENQUIRY, CLAIM_DRAFT, CLAIM_READY, CLAIM_TIME_BARRED, CLAIM_WAIVED};
    Arena *const whole = arena;

    (void)state;
    for (int i = 1; i <= SEQUENCES; i++) {
        arena = arena_create();

        const char *const id = arena_printf(arena, "S%d", i);
        ClaimState now = firsts[roll(sizeof firsts / sizeof firsts[0])];

        open_claim(id, i, now);
        for (int k = 0; k < STEPS; k++)
            now = step(id, now);
        assert_string_equal(
            value_of(arena_printf(arena, "select state from claim where shipment_id = '%s'", id)),
            claim_state_name(now));
        arena_destroy(arena);
    }
    arena = whole;
    print_message("%d sequences: %zu moves done, %zu refused\n", SEQUENCES, tried[1], tried[0]);
    assert_true(tried[1] > SEQUENCES);
}

// What night and submission do by themselves, in any order and over any states: they find only what they may move.
static void
no_sweep_breaks_a_chain(void **state)
{
    (void)state;
    for (int night = 2; night < 30; night++) {
        const ClaimPen pen = pen_of(night);
        const int64_t numbers[] = {1 + roll(SEQUENCES), 1 + roll(SEQUENCES), 1 + roll(SEQUENCES)};
        int64_t changed;
        Err err = {0};

        must(db_begin(db, &err), &err);
        must(claims_bar(db, &pen, FIRST + (Day)roll(25), &changed, &err), &err);
        must(claims_make_ready(db, &pen, FIRST + (Day)roll(25), &changed, &err), &err);
        must(submissions_file(db, &pen, numbers, 3, "sent", &changed, &err), &err);
        must(db_commit(db, &err), &err);
    }
}

// Over all that both tests left: the history is a chain of allowed moves that ends in the claim's state.
static void
every_history_is_a_chain(void **state)
{
    (void)state;
    assert_string_equal(
        value_of("select count(*) from claim"), arena_printf(arena, "%d", SEQUENCES));
    assert_string_equal(
        value_of("select count(*) from claim c where c.state <> (select state_to from "
                 "claim_move m where m.shipment_id = c.shipment_id order by position "
                 "desc limit 1)"),
        "0");
    assert_string_equal(
        value_of("select count(*) from (select state_from, lag(state_to) over w as "
                 "before, position, row_number() over w as row from claim_move window w "
                 "as (partition by shipment_id, ground order by position)) m where "
                 "position <> row or state_from is distinct from before"),
        "0");
    assert_string_equal(
        value_of("select count(*) from claim_move m where state_from is not null and not "
                 "exists (select from claim_state_move t where t.state_from = "
                 "m.state_from and t.state_to = m.state_to)"),
        "0");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sequence_leaves_the_table),
        cmocka_unit_test(no_sweep_breaks_a_chain),
        cmocka_unit_test(every_history_is_a_chain),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
