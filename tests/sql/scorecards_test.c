/*
 * Scorecards on a real server: what is written is what is read, nights do not mix, and what claims and cases came to is told
 * as it was known by the night.
 */
#include "sql/scorecards.h"

#include "tests/harness/fixture.h"
#include "tests/harness/sample_cards.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NIGHT(number) ((Instant)(20777 + (number)) * HOURS_24)

static const Zone *utc;

static int
set_up(void **state)
{
    Err err = {0};

    fixture_set_up(state);
    utc = zone_load(arena, "UTC", &err);
    return utc == NULL;
}

static Scorecards
read_at(int night)
{
    Scorecards cards;
    Err err = {0};

    must(scorecards_read(db, arena, NIGHT(night), utc, &cards, &err), &err);
    return cards;
}

static void
write_at(int night, const Scorecards *cards)
{
    Err err = {0};

    must(db_begin(db, &err) && scorecards_write(db, NIGHT(night), cards, &err) &&
             db_commit(db, &err),
        &err);
}

static bool
same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void
assert_share(const ScoreShare *a, const ScoreShare *b)
{
    assert_int_equal(a->of, b->of);
    assert_int_equal(a->count, b->count);
    assert_true(same_real(a->low, b->low) && same_real(a->high, b->high));
    assert_true(b->of == 0 || fabs(a->share - (double)b->count / (double)b->of) < 1e-12);
}

static void
assert_card(const Scorecard *a, const Scorecard *b)
{
    assert_int_equal(a->level, b->level);
    assert_string_equal(a->carrier, b->carrier);
    assert_string_equal(a->service, b->service);
    assert_string_equal(a->origin, b->origin);
    assert_string_equal(a->destination, b->destination);
    assert_int_equal(a->parcels, b->parcels);
    assert_int_equal(a->presented, b->presented);
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        assert_true(same_real(a->transit_hours[i], b->transit_hours[i]));
    for (size_t i = 0; i < SCORE_ORIGINS; i++)
        assert_share(&a->on_time[i], &b->on_time[i]);
    assert_share(&a->lost, &b->lost);
    assert_true(a->drift.known == b->drift.known && a->drift.on == b->drift.on);
    assert_true(a->drift.since == b->drift.since && same_real(a->drift.usual, b->drift.usual));
    assert_true(a->drift.statistic == b->drift.statistic);
    assert_true(a->drift.of == b->drift.of && a->drift.count == b->drift.count);
}

static void
what_is_written_is_read(void **state)
{
    const Scorecards cards = sample_cards();
    Scorecards fewer = sample_cards();

    (void)state;
    assert_int_equal(read_at(0).first_day, DAY_NONE);
    fewer.count = 2;
    write_at(-1, &fewer);
    write_at(0, &fewer);
    write_at(0, &cards);  // the night runs again

    const Scorecards back = read_at(0);

    assert_int_equal(back.as_of, NIGHT(0));
    assert_int_equal(back.first_day, cards.first_day);
    assert_int_equal(back.promised_by, cards.promised_by);
    assert_int_equal(back.accepted_by, cards.accepted_by);
    assert_int_equal(back.horizon_days, cards.horizon_days);
    assert_int_equal(back.count, cards.count);
    for (size_t i = 0; i < cards.count; i++)
        assert_card(&back.items[i], &cards.items[i]);
    assert_int_equal(read_at(-1).count, 2);
    assert_int_equal(read_at(-2).first_day, DAY_NONE);
    assert_int_equal(read_at(3).as_of, NIGHT(0));  // the newest by then
}

// Of five claims one was won on night 1, one refused on night 2, one closed long ago, one given up, and one waits.
static void
claims_are_told_as_they_were_known(void **state)
{
    const Scorecards cards = sample_cards();

    (void)state;
    for (int night = 0; night < 3; night++)
        write_at(night, &cards);
    test_database_run(
        "insert into claim (shipment_id, ground, claim_number, reference, state, opened_as_of, "
        "drafted_as_of,"
        " tracking_number, carrier, carrier_slug, payable_minor, currency, credited_minor, "
        "opening_clause,"
        " deadline_clause, bar_clause, bar_source, terms, clause, missing) "
        "select 's' || n, 'loss', n, 'VG-' || n, 'ready', '2026-10-01', '2026-10-01', 'T' || n, "
        "'post', 'post',"
        " 1000 * n, 'EUR', null, '', '', '', '', '', '', '' from generate_series(1, 5) n;"
        "insert into claim_move (shipment_id, ground, position, state_to, as_of, recorded_at, "
        "actor) "
        "select shipment_id, ground, 1, 'ready', case claim_number when 3 then '2026-01-01' else "
        "'2026-10-01' end::timestamptz,"
        " now(), 'x' from claim;"
        "insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, "
        "recorded_at, actor) values"
        " ('s1', 'loss', 2, 'ready', 'submitted', '2026-10-02', now(), 'x'),"
        " ('s1', 'loss', 3, 'submitted', 'credited', '2026-11-21 00:00Z', now(), 'x'),"
        " ('s2', 'loss', 2, 'ready', 'submitted', '2026-10-02', now(), 'x'),"
        " ('s2', 'loss', 3, 'submitted', 'refused', '2026-11-22 00:00Z', now(), 'x'),"
        " ('s3', 'loss', 2, 'ready', 'submitted', '2026-01-02', now(), 'x'),"
        " ('s3', 'loss', 3, 'submitted', 'refused', '2026-01-03', now(), 'x'),"
        " ('s4', 'loss', 2, 'ready', 'waived', '2026-10-02', now(), 'x');"
        "insert into settlement_line (file_sha256, line, file_name, carrier, claim_reference, "
        "tracking_number,"
        " credit_note, reason, amount_text, amount_minor, currency, state, why, shipment_id, "
        "ground, as_of, recorded_at, actor)"
        " values ('f', 1, 'f', 'post', '', '', 'CN', '', '6.00', 600, 'EUR', 'matched', '', 's1', "
        "'loss', '2026-11-21 00:00Z',"
        " now(), 'x')");

    // What the claims amount to: 1 to 5 times 10.00 EUR.
    static const struct
    {
        int night;
        int64_t claims, won, refused, pending, won_minor, refused_minor, owed_minor;
    } told[] = {
        {0, 4, 0, 0, 3, 0, 0, 8000},
        {1, 4, 1, 0, 2, 600, 0, 7400},
        {2, 4, 1, 1, 1, 600, 2000, 5400},
    };

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const Scorecards back = read_at(told[i].night);

        assert_int_equal(back.claim_count, 1);
        assert_string_equal(back.claims[0].carrier, "post");
        assert_string_equal(back.claims[0].currency, "EUR");
        assert_int_equal(back.claims[0].claims, told[i].claims);
        assert_int_equal(back.claims[0].won, told[i].won);
        assert_int_equal(back.claims[0].refused, told[i].refused);
        assert_int_equal(back.claims[0].pending, told[i].pending);
        assert_int_equal(back.claims[0].won_minor, told[i].won_minor);
        assert_int_equal(back.claims[0].refused_minor, told[i].refused_minor);
        assert_int_equal(back.claims[0].owed_minor, told[i].owed_minor);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            claims_are_told_as_they_were_known, set_up, fixture_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, fixture_drop);
}
