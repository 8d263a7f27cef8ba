/*
 * What the report tells of the nights before it, asked of a real server that holds a small past, as it stood on one night: what came
 * later does not count, what stands for a silent feed is its carrier's flow, and money is summed by currency.
 */
#include "sql/past.h"

#include "sql/rows.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define NIGHT(number) ((Instant)(20500 + (number)) * HOURS_24)

// Nights are days after 2026-02-16; night(3) is that of NIGHT(3).
static const char past[] =
    "create function night(n int) returns timestamptz immutable language sql as "
    "'select timestamptz ''1970-01-01Z'' + make_interval(hours => 24 * (20500 + n))';"
    "insert into flow (as_of, kind, carrier, name, observed, expected, silent, newest_at, "
    "disturbed) values"
    " (night(1), 'carrier', 'dpd', '', 10, 12, 0, null, false),"
    " (night(2), 'carrier', 'dpd', '', 0, 11, 11, night(1), true),"
    " (night(2), 'carrier', 'gls', '', 7, 7.5, 0, night(2), false),"
    " (night(2), 'hub', 'dpd', 'LIL', 3, 6, 0, null, false),"
    " (night(3), 'hub', 'dpd', 'LIL', 4, 6, 0, null, false);"
    "insert into cases (shipment_id, case_number, kind, state, opened_as_of, judged_as_of, "
    "last_event)"
    " select 's' || n, n, 'late', 'open', night(1), night(1), 'opened' from generate_series(1, 5) "
    "n;"
    "insert into case_event (shipment_id, as_of, event, case_number, kind_after, state_after, "
    "actor, recorded_at) values"
    " ('s1', night(1), 'opened', 1, 'late', 'open', 'vigie', night(1)),"
    " ('s2', night(2), 'opened', 2, 'late', 'open', 'vigie', night(2)),"
    " ('s2', night(3), 'cleared', 2, 'late', 'cleared', 'vigie', night(3)),"
    " ('s3', night(2), 'opened', 3, 'lost', 'open', 'vigie', night(2)),"
    " ('s3', night(2), 'dismissed', 3, 'lost', 'dismissed', 'anna', night(3)),"
    " ('s4', night(2), 'reopened', 4, 'lost', 'open', 'vigie', night(2)),"
    " ('s4', night(4), 'cleared', 4, 'lost', 'cleared', 'vigie', night(4)),"
    " ('s5', night(4), 'opened', 5, 'late', 'open', 'vigie', night(4));"
    "do $$ declare c record; begin"
    " for c in select attname, format_type(atttypid, atttypmod) as type from pg_attribute"
    "  where attrelid = 'claim'::regclass and attnum > 0 and attnotnull and not atthasdef loop"
    "  execute format('alter table claim alter %I set default %s', c.attname,"
    "   case when c.type like '%[]' then '''{}''' when c.type = 'text' then ''''''"
    "        when c.type = 'bigint' then '0' else 'now()' end);"
    " end loop; end $$;"
    "insert into claim (shipment_id, ground, claim_number, state, currency, payable_minor) values"
    " ('a', 'loss', 1, 'draft', 'EUR', 1000), ('b', 'loss', 2, 'draft', 'EUR', 250), ('c', 'loss', "
    "3, 'draft', 'USD', 70), "
    "('d', 'loss', 4, 'draft', null, null);"
    "insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, "
    "recorded_at, actor, note)"
    " select id, 'loss', 1, null, 'draft', night(1), night(1), 'vigie', '' from unnest(array['a', "
    "'b', 'c', 'd']) id;"
    "insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, "
    "recorded_at, actor, note) values"
    " ('b', 'loss', 2, 'draft', 'waived', night(3), night(3), 'vigie', 'below the cost'),"
    " ('c', 'loss', 2, 'draft', 'waived', night(2), night(2), 'vigie', 'below the cost'),"
    " ('d', 'loss', 2, 'draft', 'voided', night(4), night(4), 'vigie', 'found');";

static Arena *arena;
static Db *db;

static int
set_up(void **state)
{
    Err err = {0};

    (void)state;
    arena = arena_create();
    db = test_database_migrated(arena);
    if (!rows_script(db, "a past", past, &err))
        fail_msg("%s", err.text);
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

static void
courses_are_those_of_the_groups_asked_for(void **state)
{
    const Incident incidents[] = {
        {.kind = INCIDENT_HUB, .carrier = "dpd", .name = "LIL"},
        {.kind = INCIDENT_FEED, .carrier = "dpd", .name = ""},
        {.kind = INCIDENT_LANE, .carrier = "dpd", .name = "A>B"},
    };
    Err err = {0};
    const Zone *const zone = zone_load(arena, "UTC", &err);
    Course *courses;

    (void)state;
    assert_true(past_courses(db, arena, zone, NIGHT(0), NIGHT(2), incidents, 3, &courses, &err));
    assert_int_equal(courses[0].count, 1);
    assert_float_equal(courses[0].points[0].observed, 3, 0);
    assert_int_equal(courses[0].points[0].day, 20502);
    assert_int_equal(courses[1].count, 2);
    assert_float_equal(courses[1].points[0].expected, 12, 0);
    assert_float_equal(courses[1].points[1].observed, 0, 0);
    assert_int_equal(courses[2].count, 0);
}

static void
carriers_are_those_of_the_night(void **state)
{
    const Flow *flows;
    size_t count;
    Err err = {0};

    (void)state;
    assert_true(past_carriers(db, arena, NIGHT(2), &flows, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(flows[0].carrier, "dpd");
    assert_true(flows[0].disturbed && flows[0].newest_at == NIGHT(1));
    assert_float_equal(flows[0].silent, 11, 0);
    assert_string_equal(flows[1].carrier, "gls");
    assert_true(past_carriers(db, arena, NIGHT(9), &flows, &count, &err));
    assert_int_equal(count, 0);
}

static void
claims_stand_where_they_stood(void **state)
{
    const ClaimStateCount *states;
    const ClaimEnd *ends;
    size_t count;
    Err err = {0};

    (void)state;
    assert_true(past_claim_states(db, arena, NIGHT(2), &states, &count, &err));
    assert_int_equal(count, 3);
    assert_string_equal(states[0].payable.currency, "");
    assert_int_equal(states[1].state, CLAIM_DRAFT);
    assert_int_equal(states[1].count, 2);
    assert_int_equal(states[1].payable.minor, 1250);
    assert_int_equal(states[2].state, CLAIM_WAIVED);
    assert_string_equal(states[2].payable.currency, "USD");
    assert_true(past_claim_ends(db, arena, NIGHT(4), 9, &ends, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(ends[0].count, 2);
    assert_string_equal(ends[0].reason, "below the cost");
    assert_int_equal(ends[1].state, CLAIM_VOIDED);
    assert_true(past_claim_ends(db, arena, NIGHT(4), 1, &ends, &count, &err));
    assert_int_equal(count, 1);
}

static void
fates_are_of_those_opened_in_the_span(void **state)
{
    const CaseFate *fates;
    size_t count;
    Err err = {0};

    (void)state;
    assert_true(past_case_fates(db, arena, NIGHT(1), NIGHT(3), &fates, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(fates[0].kind, CASE_LATE);
    assert_int_equal(fates[0].opened, 1);
    assert_int_equal(fates[0].cleared, 1);
    assert_int_equal(fates[1].kind, CASE_LOST);
    assert_int_equal(fates[1].opened, 2);
    assert_int_equal(fates[1].dismissed, 1);
    assert_int_equal(fates[1].cleared, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(courses_are_those_of_the_groups_asked_for),
        cmocka_unit_test(carriers_are_those_of_the_night),
        cmocka_unit_test(claims_stand_where_they_stood),
        cmocka_unit_test(fates_are_of_those_opened_in_the_span),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
