/*
 * What nights leave of incidents and flows, on a real server: numbers in the order of the list, the same number while it
 * lasts, a new one when it comes back, nothing changed by a night that is done again, nothing disturbed by an older one.
 */
#include "sql/incidents.h"

#include "core/text.h"
#include "sql/flows.h"
#include "sql/learned.h"
#include "sql/rows.h"
#include "tests/harness/fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NIGHT(number) ((Instant)(20500 + (number)) * HOURS_24)

static Incident
slow_hub(const char *place, int night)
{
    return (Incident){.kind = INCIDENT_HUB,
        .carrier = "post",
        .name = place,
        .since = NIGHT(night - 1),
        .opened_as_of = NIGHT(night),
        .judged_as_of = NIGHT(night),
        .closed_as_of = INSTANT_NONE,
        .observed = 20,
        .expected = 44.5,
        .p_value = 1e-5,
        .pace = .45,
        .members = 7,
        .event = INCIDENT_OPENED,
        .evidence = "20 parcels left, 44 should have"};
}

// A night's incidents, numbered and written as detect does.
static void
night(Incident *items, size_t count)
{
    Err err = {0};

    must(incidents_number(db, items[0].judged_as_of, true, items, count, &err), &err);
    must(incidents_write(db, items, count, &err), &err);
}

// One that a later night judges again.
static Incident
later(Incident incident, int night, IncidentEvent event)
{
    incident.judged_as_of = NIGHT(night);
    incident.event = event;
    incident.closed_as_of = event == INCIDENT_CLOSED ? NIGHT(night) : INSTANT_NONE;
    return incident;
}

static const Incident *
open_before(int night, size_t wanted)
{
    const Incident *items;
    size_t count;
    Err err = {0};

    must(incidents_open(db, arena, NIGHT(night), &items, &count, &err), &err);
    assert_int_equal(count, wanted);
    return items;
}

static char *
fingerprint(void)
{
    return test_database_value(
        "select md5(string_agg(x, '' order by x)) from (select incident::text from vigie.incident "
        "union all select incident_night::text from vigie.incident_night) t (x)");
}

static void
an_incident_comes_back_as_it_was_written(void **state)
{
    Incident items[2] = {slow_hub("LIL", 10), slow_hub("PAR", 10)};

    (void)state;
    items[1].p_value = (double)NAN;
    night(items, 2);
    assert_int_equal(items[0].number, 1);
    assert_int_equal(items[1].number, 2);

    const Incident *const open = open_before(11, 2);

    assert_int_equal(open[0].number, 1);
    assert_int_equal(open[0].kind, INCIDENT_HUB);
    assert_string_equal(open[0].carrier, "post");
    assert_string_equal(open[0].name, "LIL");
    assert_true(open[0].since == NIGHT(9));
    assert_true(open[0].opened_as_of == NIGHT(10));
    assert_true(open[0].closed_as_of == INSTANT_NONE);
    assert_true(open[0].observed == 20 && open[0].expected == 44.5 && open[0].p_value == 1e-5);
    assert_true(open[0].pace == .45 && open[0].members == 7 && open[0].calm_nights == 0);
    assert_int_equal(open[0].event, INCIDENT_OPENED);
    assert_string_equal(open[0].evidence, "20 parcels left, 44 should have");
    assert_true(isnan(open[1].p_value));
    open_before(10, 0);
}

static void
a_night_done_again_changes_nothing(void **state)
{
    Incident first[2] = {slow_hub("LIL", 10), slow_hub("PAR", 10)};

    (void)state;
    night(first, 2);

    Incident second[2] = {
        later(first[0], 11, INCIDENT_CONFIRMED), later(first[1], 11, INCIDENT_CLOSED)};

    night(second, 2);

    char *const before = fingerprint();
    Incident again[2] = {slow_hub("PAR", 10), slow_hub("LIL", 10)};

    again[0].evidence = "another sentence";
    night(again, 2);
    assert_int_equal(again[0].number, 2);
    assert_int_equal(again[1].number, 1);
    night(second, 2);

    char *const after = fingerprint();

    assert_string_equal(before, after);
    free(before);
    free(after);
    // And each of them sees the same state before it.
    open_before(10, 0);
    assert_int_equal(open_before(11, 2)[0].event, INCIDENT_OPENED);
    assert_string_equal(open_before(12, 1)[0].name, "LIL");
}

static void
what_comes_back_gets_a_new_number(void **state)
{
    Incident first = slow_hub("LIL", 10);

    (void)state;
    night(&first, 1);

    Incident closed = later(first, 12, INCIDENT_CLOSED);

    night(&closed, 1);

    Incident second = slow_hub("LIL", 20);

    night(&second, 1);
    assert_int_equal(second.number, 2);
    assert_int_equal(open_before(21, 1)[0].number, 2);
}

static void
an_older_night_disturbs_nothing(void **state)
{
    Incident first = slow_hub("LIL", 10);
    Err err = {0};

    (void)state;
    night(&first, 1);

    Incident confirmed = later(first, 12, INCIDENT_CONFIRMED);

    night(&confirmed, 1);

    char *const before = fingerprint();
    Incident between = later(first, 11, INCIDENT_CLOSED);
    Incident strange = slow_hub("LYS", 5);

    must(incidents_write(db, &between, 1, &err), &err);
    must(incidents_number(db, NIGHT(5), false, &strange, 1, &err), &err);
    assert_int_equal(strange.number, 0);

    Incident known = slow_hub("LIL", 11);

    must(incidents_number(db, NIGHT(11), false, &known, 1, &err), &err);
    assert_int_equal(known.number, 1);

    char *const after = fingerprint();

    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
the_night_and_the_list_tell_open_ones_first(void **state)
{
    Incident feed = slow_hub("", 10);
    Incident items[3] = {slow_hub("LIL", 10), slow_hub("PAR", 10)};
    const IncidentFilter filters[] = {{.kind = "", .state = "", .carrier = "", .limit = 10},
        {.kind = "feed", .state = "open", .carrier = "POST", .limit = 10},
        {.kind = "", .state = "closed", .carrier = "", .limit = 10},
        {.number = 2, .kind = "", .state = "", .carrier = "", .limit = 10},
        {.kind = "", .state = "", .carrier = "dpd", .limit = 10}};
    static const int64_t first[] = {3, 3, 1, 2};
    static const size_t counts[] = {3, 1, 1, 1, 0};
    const Incident *found;
    size_t count;
    Err err = {0};

    (void)state;
    feed.kind = INCIDENT_FEED;
    items[2] = feed;
    night(items, 3);
    for (size_t i = 0; i < 3; i++)
        items[i] = later(items[i], 11, i == 0 ? INCIDENT_CLOSED : INCIDENT_CONFIRMED);
    night(items, 3);
    must(incidents_of_night(db, arena, NIGHT(11), &found, &count, &err), &err);
    assert_int_equal(count, 3);
    assert_int_equal(found[0].kind, INCIDENT_FEED);
    assert_string_equal(found[1].name, "PAR");
    assert_int_equal(found[2].event, INCIDENT_CLOSED);
    assert_true(found[2].closed_as_of == NIGHT(11));
    for (size_t i = 0; i < 5; i++) {
        must(incidents_list(db, arena, &filters[i], &found, &count, &err), &err);
        assert_int_equal(count, counts[i]);
        if (count > 0)
            assert_int_equal(found[0].number, first[i]);
    }
    must(incidents_nights(db, arena, 1, &found, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_int_equal(found[0].event, INCIDENT_OPENED);
    assert_int_equal(found[1].event, INCIDENT_CLOSED);
}

static void
flows_are_replaced_and_forgotten_by_night(void **state)
{
    const Flow flows[] = {{.kind = INCIDENT_HUB,
                              .carrier = "post",
                              .name = "LIL",
                              .observed = 20,
                              .expected = 44.5,
                              .log_ratio = 3.25,
                              .log_ratio_mean = -1.125,
                              .log_ratio_variance = 2.75,
                              .newest_at = INSTANT_NONE,
                              .disturbed = true},
        {.kind = INCIDENT_CARRIER,
            .carrier = "post",
            .name = "",
            .observed = 200,
            .expected = 210.25,
            .silent = 1.5,
            .newest_at = NIGHT(9) - HOUR}};
    const Flow *found;
    size_t count;
    Err err = {0};

    (void)state;
    must(flows_write(db, NIGHT(9), flows, 2, &err), &err);
    must(flows_write(db, NIGHT(10), flows, 2, &err), &err);
    must(flows_write(db, NIGHT(10), flows, 1, &err), &err);
    must(flows_read(db, arena, NIGHT(8), NIGHT(11), &found, &count, &err), &err);
    assert_int_equal(count, 3);
    assert_int_equal(found[0].kind, INCIDENT_CARRIER);
    assert_true(found[0].newest_at == NIGHT(9) - HOUR);
    assert_true(found[0].silent == 1.5 && !found[0].disturbed);
    assert_true(found[1].as_of == NIGHT(9) && found[2].as_of == NIGHT(10));
    assert_true(found[2].observed == 20 && found[2].expected == 44.5 && found[2].disturbed);
    assert_true(found[2].newest_at == INSTANT_NONE);
    assert_true(found[2].log_ratio == 3.25 && found[2].log_ratio_mean == -1.125);
    assert_true(found[2].log_ratio_variance == 2.75 && found[0].log_ratio_variance == 0);
    must(flows_read(db, arena, NIGHT(8), NIGHT(10), &found, &count, &err), &err);
    assert_int_equal(count, 2);
    must(flows_forget(db, NIGHT(10), &err), &err);
    must(flows_read(db, arena, NIGHT(0), NIGHT(99), &found, &count, &err), &err);
    assert_int_equal(count, 1);
}

static void
two_watch_lists_are_read_as_one(void **state)
{
    const char *const old[] = {"a", "b", "d"};
    const char *const new[] = {"b", "c"};
    const char *const *ids;
    size_t count;
    Instant previous = 0;
    Err err = {0};

    (void)state;
    must(watch_write(db, NIGHT(9), old, 3, &err), &err);
    must(watch_write(db, NIGHT(10), new, 2, &err), &err);
    must(watch_previous(db, NIGHT(10), NIGHT(6), &previous, &err), &err);
    assert_true(previous == NIGHT(9));
    must(watch_previous(db, NIGHT(9), NIGHT(5), &previous, &err), &err);
    assert_true(previous == INSTANT_NONE);
    must(watch_previous(db, NIGHT(15), NIGHT(11), &previous, &err), &err);
    assert_true(previous == INSTANT_NONE);
    must(watch_read_either(db, arena, NIGHT(10), NIGHT(9), NULL, 3, &ids, &count, &err), &err);
    assert_int_equal(count, 3);
    assert_string_equal(ids[0], "a");
    assert_string_equal(ids[1], "b");
    assert_string_equal(ids[2], "c");
    must(watch_read_either(db, arena, NIGHT(10), NIGHT(9), "c", 3, &ids, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_string_equal(ids[0], "d");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_incident_comes_back_as_it_was_written, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            a_night_done_again_changes_nothing, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_comes_back_gets_a_new_number, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            an_older_night_disturbs_nothing, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            the_night_and_the_list_tell_open_ones_first, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            flows_are_replaced_and_forgotten_by_night, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            two_watch_lists_are_read_as_one, fixture_set_up, fixture_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, fixture_drop);
}
