/*
 * What nights leave of their statements, on a real server: found once their time is up, settled under the night that did
 * it, unseen by older nights; lists of lost parcels judged by outcomes and, before, by people.
 */
#include "sql/forecasts.h"

#include "core/text.h"
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
#define HORIZON       10

// Accepted at night 0 and silent since, promised for the noon after night 3.
static Forecast
forecast(const char *shipment, double p_late, double p_lost)
{
    return (Forecast){.shipment_id = shipment,
        .carrier = "post",
        .service = "home",
        .milestone = MILESTONE_IN_TRANSIT,
        .accepted_at = NIGHT(0),
        .promised_at = NIGHT(3) + 12 * HOUR,
        .silence_hours = NAN,
        .p_late = p_late,
        .p_lost = p_lost,
        .p_late_stated = p_late / 2,
        .p_lost_stated = p_lost / 2,
        .p_listed = NAN};
}

// A judged night, as detect leaves it. Who is not said to have moved is silent since acceptance.
static void
night(int number, const Forecast *said, size_t count)
{
    Forecast *const items = ARENA_ARRAY(arena, Forecast, count);
    Err err = {0};

    for (size_t i = 0; i < count; i++) {
        items[i] = said[i];
        if (isnan(items[i].silence_hours))
            items[i].silence_hours = (double)(NIGHT(number) - said[i].accepted_at) / HOUR;
    }

    test_database_run(arena_printf(arena,
        "insert into vigie.night (as_of, judged, abstained) values ('%s', %zu, 0) on conflict do "
        "nothing",
        instant_print(arena, NIGHT(number)), count));
    must(forecasts_write(db, NIGHT(number), items, count, &err), &err);
}

static const Due *
due_at(Instant as_of, size_t *count)
{
    const Due *items;
    Err err = {0};

    must(forecasts_due(db, arena, as_of, HORIZON, &items, count, &err), &err);
    return items;
}

static const MaturedForecast *
matured_at(Instant as_of, CaseKind kind, size_t *count)
{
    const MaturedForecast *items;
    Err err = {0};

    must(forecasts_matured(db, arena, kind, as_of, 28, &items, count, &err), &err);
    return items;
}

static void
settle(int number, const char *shipment, CaseKind kind, bool happened)
{
    const Instant anchor = kind == CASE_LATE ? NIGHT(3) + 12 * HOUR : NIGHT(0);
    const Due due = {.shipment_id = shipment,
        .kind = kind,
        .anchor = anchor,
        .due_at = kind == CASE_LATE ? anchor : anchor + HORIZON * HOURS_24,
        .happened = happened};
    Err err = {0};

    must(outcomes_write(db, NIGHT(number), &due, 1, &err), &err);
}

static void
statements_come_due_once(void **state)
{
    const Forecast a = forecast("a", .2, .01), b = forecast("b", NAN, .02);
    size_t count;

    (void)state;
    night(1, &a, 1);
    night(2, (const Forecast[]){a, b}, 2);
    due_at(NIGHT(6), &count);
    assert_int_equal(count, 0);  // the promise is due, but not yet three days old

    const Due *due = due_at(NIGHT(7), &count);

    assert_int_equal(count, 1);  // two nights said it; b has nothing to tell of lateness
    assert_string_equal(due[0].shipment_id, "a");
    assert_int_equal(due[0].kind, CASE_LATE);
    assert_true(due[0].anchor == NIGHT(3) + 12 * HOUR && due[0].due_at == due[0].anchor);
    night(7, NULL, 0);
    due_at(NIGHT(8), &count);
    assert_int_equal(count, 0);  // it was the last night's to settle
    due = due_at(NIGHT(13), &count);
    assert_int_equal(count, 2);  // both losses
    assert_true(
        due[1].kind == CASE_LOST && due[1].anchor == NIGHT(0) && due[1].due_at == NIGHT(HORIZON));
    settle(13, "a", CASE_LOST, false);
    due_at(NIGHT(13), &count);
    assert_int_equal(count, 1);  // what is settled stays settled
}

static void
an_older_night_sees_nothing_that_was_settled_later(void **state)
{
    const Forecast a = forecast("a", .2, .01);
    size_t count;

    (void)state;
    night(1, &a, 1);
    night(2, &a, 1);
    settle(9, "a", CASE_LATE, true);
    matured_at(NIGHT(8), CASE_LATE, &count);
    assert_int_equal(count, 0);
    due_at(NIGHT(8), &count);
    assert_int_equal(count, 1);  // for it, it is still to settle
    settle(8, "a", CASE_LATE, false);

    const MaturedForecast *items = matured_at(NIGHT(8), CASE_LATE, &count);

    assert_int_equal(count, 2);
    assert_true(!items[0].happened && !items[1].happened);
    assert_true(items[0].as_of == NIGHT(1) && items[1].as_of == NIGHT(2));
    assert_true(fabs(items[0].raw - .2) < 1e-6 && fabs(items[0].stated - .1) < 1e-6);
    items = matured_at(NIGHT(9), CASE_LATE, &count);
    assert_int_equal(count, 2);  // the newer night keeps what it knew
    assert_true(items[0].happened && items[1].happened);
    matured_at(NIGHT(9 + 28), CASE_LATE, &count);
    assert_int_equal(count, 0);  // long ago
}

// Scanned an hour before night 4, and never again.
static void
who_moved_on_was_lost_later(void **state)
{
    Forecast a = forecast("a", NAN, .4), b = forecast("b", NAN, .4);
    size_t count;

    (void)state;
    night(3, (const Forecast[]){a, b}, 2);
    a.silence_hours = 1;
    night(4, (const Forecast[]){a, b}, 2);
    a.silence_hours = 25;
    night(5, (const Forecast[]){a, b}, 2);
    settle(13, "a", CASE_LOST, true);
    settle(13, "b", CASE_LOST, true);

    const MaturedForecast *const items = matured_at(NIGHT(13), CASE_LOST, &count);
    static const bool lost[] = {false, true, true, true, true, true};

    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i].happened, lost[i]);
}

static void
must_say(const char *sql, const char *expected)
{
    char *const value = test_database_value(sql);

    assert_string_equal(value, expected);
    free(value);
}

static void
a_night_is_written_anew_and_forgotten(void **state)
{
    const Forecast a = forecast("a", .2, .01), b = forecast("b\t\\\xC3\xA9", .3, .01);
    Err err = {0};

    (void)state;
    night(1, (const Forecast[]){a, b}, 2);
    night(1, &b, 1);
    night(2, &a, 1);
    must_say("select count(*) from vigie.forecast", "2");
    settle(5, "a", CASE_LATE, false);
    must(forecasts_forget(db, NIGHT(2), &err), &err);
    must_say("select string_agg(shipment_id, ' ') from vigie.forecast", "a");
    must(forecasts_forget(db, NIGHT(20), &err), &err);
    must_say("select (select count(*) from vigie.forecast) + "
             "(select count(*) from vigie.outcome)",
        "0");
}

static void
decided(const char *shipment, int number, const char *event)
{
    const char *const at = instant_print(arena, NIGHT(number));

    test_database_run(arena_printf(arena,
        "insert into vigie.cases values ('%s', 1, 'lost', 'open', '%s', '%s', null, 'opened') on "
        "conflict do nothing; insert into vigie.case_event values ('%s', '%s', '%s', 1, 'lost', "
        "'lost', 'open', 'anna', '', now())",
        shipment, at, at, shipment, at, event));
}

// Entries: a and b on two nights, c and d on one. a turned out found, b lost, but it moved between its nights; c was
// dismissed, d resolved by people, e nobody knows anything of.
static void
lists_are_judged_by_outcomes_and_before_by_people(void **state)
{
    Forecast listed[5];
    const char *const names[] = {"a", "b", "c", "d", "e"};
    TrustReport report = {0};
    Err err = {0};

    (void)state;
    for (int i = 0; i < 5; i++) {
        listed[i] = forecast(names[i], NAN, .9);
        listed[i].kind = CASE_LOST;
        listed[i].p_listed = .9;
        listed[i].accepted_at = i < 2 ? NIGHT(0) : NIGHT(8);
    }
    night(7, listed, 2);
    listed[1].silence_hours = 24;
    night(9, listed, 5);
    settle(13, "a", CASE_LOST, false);
    settle(13, "b", CASE_LOST, true);
    decided("a", 12, "resolved");  // mistaken: the outcome has the last word
    decided("c", 12, "acknowledged");
    decided("c", 13, "dismissed");
    decided("d", 12, "resolved");
    decided("d", 30, "dismissed");  // later than the night
    must(forecasts_listed(db, NIGHT(14), 28, HORIZON, &report, &err), &err);
    assert_int_equal(report.listed, 6);
    assert_int_equal(report.listed_parcels, 4);
    assert_true(fabs(report.false_stated - .1) < 1e-6);
    assert_true(fabs(report.false_happened - 4. / 6) < 1e-6);
    assert_int_equal(report.dismissed, 1);
    assert_int_equal(report.confirmed, 2);
    must(forecasts_listed(db, NIGHT(11), 28, HORIZON, &report, &err), &err);
    assert_int_equal(report.listed, 0);
    assert_true(isnan(report.false_stated));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(statements_come_due_once),
        EACH(an_older_night_sees_nothing_that_was_settled_later),
        EACH(who_moved_on_was_lost_later),
        EACH(a_night_is_written_anew_and_forgotten),
        EACH(lists_are_judged_by_outcomes_and_before_by_people),
    };

    return cmocka_run_group_tests(tests, NULL, fixture_drop);
}
