#include "core/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static const Zone *
zone(const char *name)
{
    Err err = {0};
    const Zone *const loaded = zone_load(arena, name, &err);

    if (loaded == NULL)
        fail_msg("%s: %s", name, err.text);
    return loaded;
}

static Instant
utc(const char *text)
{
    Instant at = INSTANT_NONE;

    assert_true(instant_parse(text, &at));
    return at;
}

static Instant
reading(const Zone *where, const char *text)
{
    int64_t wall = 0;

    assert_true(wall_parse(text, &wall));
    return zone_instant(where, wall);
}

// Offsets in force by law, both halves of the year and both hemispheres.
static void
offsets_are_those_of_the_law(void **state)
{
    static const struct
    {
        const char *zone, *at;
        int32_t hours_x4;
    } cases[] = {
        {"UTC", "2026-07-01T00:00:00Z", 0},
        {"Europe/Paris", "2026-01-01T00:00:00Z", 4},
        {"Europe/Paris", "2026-03-29T00:59:59Z", 4},
        {"Europe/Paris", "2026-03-29T01:00:00Z", 8},
        {"Europe/Paris", "2026-10-25T00:59:59.999999Z", 8},
        {"Europe/Paris", "2026-10-25T01:00:00Z", 4},
        {"Europe/Paris", "1970-06-01T00:00:00Z", 4},
        {"America/New_York", "2026-07-01T00:00:00Z", -16},
        {"America/Sao_Paulo", "2018-01-01T00:00:00Z", -8},
        {"America/Sao_Paulo", "2018-07-01T00:00:00Z", -12},
        // Summer time for a week, and for another one.
        {"America/Noronha", "2000-10-08T01:59:59Z", -8},
        {"America/Noronha", "2000-10-08T02:00:00Z", -4},
        {"America/Noronha", "2000-10-15T00:59:59Z", -4},
        {"America/Noronha", "2000-10-15T01:00:00Z", -8},
        {"Asia/Kathmandu", "2026-01-01T00:00:00Z", 23},
        {"Australia/Lord_Howe", "2026-01-01T00:00:00Z", 44},
        {"Australia/Lord_Howe", "2026-07-01T00:00:00Z", 42},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(
            zone_offset_seconds(zone(cases[i].zone), utc(cases[i].at)), cases[i].hours_x4 * 900);
}

static void
a_skipped_reading_takes_the_offset_before(void **state)
{
    const Zone *const paris = zone("Europe/Paris");

    (void)state;
    assert_int_equal(reading(paris, "2026-03-29 01:59:59"), utc("2026-03-29T00:59:59Z"));
    assert_int_equal(reading(paris, "2026-03-29 02:30:00"), utc("2026-03-29T01:30:00Z"));
    assert_int_equal(reading(paris, "2026-03-29 03:00:00"), utc("2026-03-29T01:00:00Z"));
}

static void
a_doubled_reading_means_the_first(void **state)
{
    const Zone *const paris = zone("Europe/Paris");

    (void)state;
    assert_int_equal(reading(paris, "2026-10-25 02:30:00"), utc("2026-10-25T00:30:00Z"));
    assert_int_equal(reading(paris, "2026-10-25 03:00:00"), utc("2026-10-25T02:00:00Z"));
    assert_int_equal(reading(paris, "2026-10-25 01:59:59"), utc("2026-10-24T23:59:59Z"));
}

static void
days_have_23_24_and_25_hours(void **state)
{
    const Zone *const paris = zone("Europe/Paris");
    const struct
    {
        const char *day;
        int hours;
    } cases[] = {{"2026-03-29", 23}, {"2026-10-25", 25}, {"2026-10-26", 24}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        Day day;

        assert_true(day_parse(cases[i].day, &day));
        assert_int_equal(
            zone_day_end(paris, day) + 1 - zone_day_start(paris, day), cases[i].hours * HOUR);
    }
}

// Brazil moved its clocks at midnight: 2018-11-04 began at 01:00, and 2018-02-17 had the hour from 23:00 twice.
static void
brazil_moved_midnight_itself(void **state)
{
    const Zone *const brazil = zone("America/Sao_Paulo");
    Day spring = DAY_NONE, autumn = DAY_NONE;

    (void)state;
    assert_true(day_parse("2018-11-04", &spring) && day_parse("2018-02-17", &autumn));
    assert_int_equal(zone_day_start(brazil, spring), utc("2018-11-04T03:00:00Z"));
    assert_int_equal(zone_day(brazil, zone_day_start(brazil, spring)), spring);
    assert_int_equal(zone_day(brazil, zone_day_start(brazil, spring) - 1), spring - 1);
    assert_int_equal(zone_day_start(brazil, autumn + 1), utc("2018-02-18T03:00:00Z"));
    assert_int_equal(zone_day_end(brazil, autumn) + 1 - zone_day_start(brazil, autumn), 25 * HOUR);
    assert_int_equal(zone_day(brazil, utc("2018-02-18T02:30:00Z")), autumn);
    assert_int_equal(zone_hour(brazil, utc("2018-02-18T02:30:00Z")), 23);
}

static void
instants_and_readings_agree(void **state)
{
    static const char *const names[] = {"Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Apia", "UTC"};

    (void)state;
    for (size_t z = 0; z < sizeof names / sizeof names[0]; z++) {
        const Zone *const where = zone(names[z]);

        for (Instant at = utc("2010-12-25T00:10:00Z"); at < utc("2013-01-10T00:00:00Z");
             at += 97 * MINUTE) {
            const Day day = zone_day(where, at);

            assert_true(zone_day_start(where, day) <= at && at <= zone_day_end(where, day));

            // The reading of an instant means that instant, or the earlier one of two with that reading.
            const int64_t wall = at + zone_offset_seconds(where, at) * SECOND;
            const Instant back = zone_instant(where, wall);

            assert_true(back <= at);
            assert_int_equal(back + zone_offset_seconds(where, back) * SECOND, wall);
        }
    }
}

static void
unknown_zones_are_refused(void **state)
{
    static const char *const wrong[] = {
        "", "Europe/Nowhere", "/etc/passwd", "../../etc/passwd", "./UTC", "CET+1"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Err err = {0};

        assert_null(zone_load(arena, wrong[i], &err));
        assert_int_equal(err.kind, ERR_CONFIG);
    }
}

static void
loading_leaves_the_process_as_it_was(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    zone("Europe/Paris");
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    unsetenv("TZ");
    assert_string_equal(zone_name(zone("Europe/Paris")), "Europe/Paris");
    assert_null(getenv("TZ"));
}

static void
times_are_printed_as_the_wall_clock_shows_them(void **state)
{
    (void)state;
    assert_string_equal(
        zone_print(arena, zone("Europe/Paris"), utc("2026-11-20T23:59:59Z")), "2026-11-21 00:59");
    assert_string_equal(zone_print(arena, zone("America/New_York"), utc("1970-01-01T00:00:00Z")),
        "1969-12-31 19:00");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_are_those_of_the_law),
        cmocka_unit_test(a_skipped_reading_takes_the_offset_before),
        cmocka_unit_test(a_doubled_reading_means_the_first),
        cmocka_unit_test(days_have_23_24_and_25_hours),
        cmocka_unit_test(brazil_moved_midnight_itself),
        cmocka_unit_test(instants_and_readings_agree),
        cmocka_unit_test(unknown_zones_are_refused),
        cmocka_unit_test(loading_leaves_the_process_as_it_was),
        cmocka_unit_test(times_are_printed_as_the_wall_clock_shows_them),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
