/*
 * Days of promises on a real server: known as a night counted them, and counted again where a version before left less.
 */
#include "sql/promises.h"

#include "core/text.h"
#include "tests/harness/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NIGHT(number) ((Instant)(20500 + (number)) * HOURS_24)

static size_t
days_at(Instant as_of, const PromiseDay **days)
{
    size_t count;
    Err err = {0};

    must(promises_read(db, arena, as_of, 20400, "UTC", days, &count, &err), &err);
    return count;
}

static void
promises_are_known_as_a_night_counted_them(void **state)
{
    const PromiseDay first[] = {
        {"post", 20500, 10, 9, {0, 1, 2, 3, 1, 1, 1}}, {"dpd", 20500, 5, 5}, {"post", 20501, 8, 8}};
    const PromiseDay again[] = {{"post", 20500, 10, 8}};
    const PromiseDay *days;
    Day last = DAY_NONE;
    Err err = {0};

    (void)state;
    must(promises_last(db, NIGHT(9), &last, &err), &err);
    assert_int_equal(last, DAY_NONE);
    must(promises_write(db, NIGHT(3), first, 3, 20000, &err), &err);
    must(promises_write(db, NIGHT(2), again, 1, 20000, &err), &err);
    must(promises_last(db, NIGHT(2), &last, &err), &err);
    assert_int_equal(last, 20500);
    must(promises_last(db, NIGHT(4), &last, &err), &err);
    assert_int_equal(last, 20501);
    assert_int_equal(days_at(NIGHT(2), &days), 1);
    assert_int_equal(days[0].kept, 8);
    assert_int_equal(days_at(NIGHT(4), &days), 3);
    assert_string_equal(days[0].carrier, "dpd");
    assert_int_equal(days[1].kept, 9);
    assert_memory_equal(days[1].leads, first[0].leads, sizeof days[1].leads);
    must(promises_write(db, NIGHT(5), NULL, 0, 20501, &err), &err);
    assert_int_equal(days_at(NIGHT(5), &days), 1);
}

// A version before leads left days without them: they are counted again, under the same night or a later one, and until then
// say how many were kept.
static void
days_without_leads_are_counted_again(void **state)
{
    const PromiseDay again[] = {{"post", 20500, 10, 8, {0, 0, 0, 0, 0, 8, 2}}};
    const PromiseDay *days;
    Day last = DAY_NONE;
    Err err = {0};

    (void)state;
    test_database_run(arena_printf(arena,
        "insert into vigie.promise_day values ('post', '%s', '%s', 10, 9), ('post', '%s', '%s', 7, "
        "7)",
        day_print(arena, 20500), instant_print(arena, NIGHT(3)), day_print(arena, 20501),
        instant_print(arena, NIGHT(4))));
    must(promises_last(db, NIGHT(4), &last, &err), &err);
    assert_int_equal(last, DAY_NONE);
    assert_int_equal(days_at(NIGHT(4), &days), 2);
    assert_int_equal(days[0].kept, 9);
    assert_int_equal(days[0].leads[PROMISE_ON_THE_DAY], 0);
    must(promises_write(db, NIGHT(3), again, 1, 20000, &err), &err);
    must(promises_last(db, NIGHT(4), &last, &err), &err);
    assert_int_equal(last, 20500);
    assert_int_equal(days_at(NIGHT(4), &days), 2);
    assert_int_equal(days[0].kept, 8);
    assert_int_equal(days[0].leads[PROMISE_ON_THE_DAY], 8);
    assert_int_equal(days[1].kept, 7);
    test_database_run(arena_printf(arena,
        "insert into vigie.promise_day values ('post', '%s', '%s', 7, 7, '{0,0,0,0,0,7,0}')",
        day_print(arena, 20502), instant_print(arena, NIGHT(4))));
    must(promises_last(db, NIGHT(4), &last, &err), &err);
    assert_int_equal(last, 20500);
}

// A night may count its own day as often as it is run; the next one counts it for good, and the night's own view stays.
static void
a_day_that_has_just_ended_is_counted_again(void **state)
{
    const PromiseDay first[] = {{"post", 20500, 0, 0, {0}, {0, 0, 1, 2, 3, 4, 5}}};
    const PromiseDay whole[] = {
        {"post", 20500, 15, 13, {0, 0, 1, 2, 3, 7, 2}, {0, 0, 1, 2, 3, 4, 5}}};
    const PromiseDay *days;
    Day last = DAY_NONE;
    Err err = {0};

    (void)state;
    must(promises_write(db, NIGHT(1), first, 1, 20000, &err), &err);
    must(promises_write(db, NIGHT(1), first, 1, 20000, &err), &err);
    must(promises_last(db, NIGHT(1), &last, &err), &err);
    assert_int_equal(last, DAY_NONE);
    must(promises_write(db, NIGHT(2), whole, 1, 20000, &err), &err);
    must(promises_last(db, NIGHT(2), &last, &err), &err);
    assert_int_equal(last, 20500);
    assert_int_equal(days_at(NIGHT(1), &days), 1);
    assert_int_equal(days[0].promised, 0);
    assert_memory_equal(days[0].leads, first[0].leads, sizeof days[0].leads);
    assert_memory_equal(days[0].first_leads, first[0].first_leads, sizeof days[0].first_leads);
    assert_int_equal(days_at(NIGHT(2), &days), 1);
    assert_int_equal(days[0].kept, 13);
    assert_memory_equal(days[0].leads, whole[0].leads, sizeof days[0].leads);
    assert_memory_equal(days[0].first_leads, whole[0].first_leads, sizeof days[0].first_leads);
}

// Of a day that is counted for good all stays when the night is run again, also a carrier's of whose promises none counted in the end.
static void
a_day_counted_for_good_stays(void **state)
{
    const PromiseDay counted[] = {{"dpd", 20500, 0, 0, {0}, {0, 0, 0, 0, 0, 1, 0}},
        {"post", 20500, 15, 13, {0, 0, 1, 2, 3, 7, 2}, {0, 0, 1, 2, 3, 4, 5}},
        {"post", 20501, 0, 0, {0}, {0, 0, 0, 0, 0, 2, 0}}};
    const PromiseDay *days;
    Err err = {0};

    (void)state;
    must(promises_write(db, NIGHT(2), counted, 3, 20000, &err), &err);
    must(promises_write(db, NIGHT(2), &counted[2], 1, 20000, &err), &err);
    assert_int_equal(days_at(NIGHT(2), &days), 3);
    assert_string_equal(days[0].carrier, "dpd");
    assert_int_equal(days[0].first_leads[PROMISE_ON_THE_DAY], 1);
}

// A feed silent from the evening of 20502 to the next night says nothing of the promises of 20501 (counted that morning)
// to 20503.
static void
days_of_a_silent_feed_are_left_out(void **state)
{
    PromiseDay counted[6];
    const PromiseDay *days;
    Err err = {0};

    (void)state;
    for (int i = 0; i < 6; i++)
        counted[i] = (PromiseDay){"post", 20500 + i, 10, 9};
    must(promises_write(db, NIGHT(7), counted, 6, 20000, &err), &err);
    test_database_run(arena_printf(arena,
        "insert into vigie.incident values (1, 'feed', 'post', '', '%s', '%s', '%s', null, 0, 9, "
        "0, 0, 5, ''); insert into vigie.incident_night (incident_number, as_of, event, since, "
        "observed, expected, pace, members, calm_nights, evidence) select 1, judged_as_of, "
        "'opened', since, 0, 9, 0, 5, 0, '' from vigie.incident",
        instant_print(arena, NIGHT(2) + 18 * HOUR), instant_print(arena, NIGHT(3) + 20 * HOUR),
        instant_print(arena, NIGHT(3) + 20 * HOUR)));
    assert_int_equal(days_at(NIGHT(7), &days), 3);
    assert_int_equal(days[0].day, 20500);
    assert_int_equal(days[1].day, 20504);
    assert_int_equal(days[2].day, 20505);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(promises_are_known_as_a_night_counted_them),
        EACH(days_without_leads_are_counted_again),
        EACH(a_day_that_has_just_ended_is_counted_again),
        EACH(a_day_counted_for_good_stays),
        EACH(days_of_a_silent_feed_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, fixture_drop);
}
