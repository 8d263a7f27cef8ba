// Public holidays against published dates and, where it is present, against two independent projects day by day.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/calendar.h"
#include "core/csv.h"
#include "core/map.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CROSSCHECK VIGIE_SHARED_DIR "/data/holidays/crosscheck_public_2020_2027.csv.gz"

static const char *const COUNTRIES[] = {"BE", "BR", "DE", "ES", "FR", "GB", "IT", "US"};
#define COUNTRY_COUNT (sizeof COUNTRIES / sizeof COUNTRIES[0])

static const Calendar *
load(Arena *arena, const char *country)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const calendar = calendar_load(arena, country, &problems, &err);

    for (size_t i = 0; i < problems.count; i++)
        print_error("%s\n", problems.items[i]);
    assert_non_null(calendar);
    return calendar;
}

static Day
day(const char *text)
{
    Day result = DAY_NONE;

    assert_true(day_parse(text, &result));
    return result;
}

// Easter Sundays printed in J. Meeus, Astronomical Algorithms, chapter 8, and the earliest and latest of the years
// covered, from the U.S. Census Bureau's table of Easter dates.
static void
easter_falls_on_the_published_days(void **state)
{
    static const char *const SUNDAYS[] = {"1991-03-31", "1992-04-19", "1993-04-11", "2000-04-23",
        "2008-03-23", "2011-04-24", "2038-04-25", "2049-04-18", "2076-04-19", "2099-04-12"};
    Arena *const arena = arena_create();
    const Calendar *const france = load(arena, "FR");

    (void)state;
    for (size_t i = 0; i < sizeof SUNDAYS / sizeof SUNDAYS[0]; i++) {
        const Day sunday = day(SUNDAYS[i]);

        assert_int_equal(day_weekday(sunday), 6);
        assert_string_equal(calendar_holiday(france, sunday + 1), "Lundi de P\xc3\xa2ques");
        assert_int_equal(calendar_day_class(france, sunday + 39), DAY_HOLIDAY);
        assert_string_equal(calendar_holiday(france, sunday + 50), "Lundi de Pentec\xc3\xb4te");
    }
    arena_destroy(arena);
}

static void
days_off_instead_fall_where_the_governments_put_them(void **state)
{
    Arena *const arena = arena_create();
    const Calendar *const us = load(arena, "US"), *const gb = load(arena, "GB");

    (void)state;
    assert_string_equal(calendar_holiday(us, day("2021-12-31")), "New Year's Day");
    assert_string_equal(calendar_holiday(us, day("2026-07-03")), "Independence Day");
    assert_string_equal(calendar_holiday(us, day("2026-07-04")), "Independence Day");
    assert_string_equal(calendar_holiday(us, day("2022-12-26")), "Christmas Day");
    assert_string_equal(calendar_holiday(gb, day("2021-12-27")), "Christmas Day");
    assert_string_equal(calendar_holiday(gb, day("2021-12-28")), "Boxing Day");
    assert_string_equal(calendar_holiday(gb, day("2022-12-27")), "Christmas Day");
    assert_null(calendar_holiday(gb, day("2020-05-04")));
    assert_string_equal(calendar_holiday(us, day("2026-11-26")), "Thanksgiving Day");
    assert_string_equal(
        calendar_holiday(us, day("2100-12-31")), "New Year's Day");  // the last day covered
    arena_destroy(arena);
}

static void
a_rule_holds_in_its_years_only(void **state)
{
    Arena *const arena = arena_create();
    const Calendar *const brazil = load(arena, "BR"), *const italy = load(arena, "IT");

    (void)state;
    assert_null(calendar_holiday(brazil, day("2023-11-20")));
    assert_non_null(calendar_holiday(brazil, day("2024-11-20")));
    assert_null(calendar_holiday(italy, day("2025-10-04")));
    assert_non_null(calendar_holiday(italy, day("2026-10-04")));
    arena_destroy(arena);
}

static void
classes_of_days_are_told_apart(void **state)
{
    Arena *const arena = arena_create();
    const Calendar *const france = load(arena, "FR");

    (void)state;
    assert_int_equal(calendar_day_class(france, day("2026-11-20")), DAY_WORKING);
    assert_int_equal(calendar_day_class(france, day("2026-11-21")), DAY_SATURDAY);
    assert_int_equal(calendar_day_class(france, day("2026-11-22")), DAY_SUNDAY);
    assert_int_equal(calendar_day_class(france, day("2026-11-11")), DAY_HOLIDAY);
    assert_int_equal(calendar_day_class(france, day("2026-11-01")), DAY_HOLIDAY);  // a Sunday
    assert_int_equal(
        calendar_day_class(france, day("2150-01-01")), DAY_WORKING);  // beyond the table
    arena_destroy(arena);
}

static void
working_days_are_counted_past_weekends_and_holidays(void **state)
{
    Arena *const arena = arena_create();
    const Calendar *const france = load(arena, "FR");

    (void)state;
    // 2026-04-30 is a Thursday; Friday is Labour Day, the next Friday 8 May.
    assert_int_equal(calendar_add_working(france, day("2026-04-30"), 0), day("2026-04-30"));
    assert_int_equal(calendar_add_working(france, day("2026-05-01"), 0), day("2026-05-04"));
    assert_int_equal(calendar_add_working(france, day("2026-04-30"), 1), day("2026-05-04"));
    assert_int_equal(calendar_add_working(france, day("2026-05-01"), 1), day("2026-05-04"));
    assert_int_equal(calendar_add_working(france, day("2026-04-30"), 5), day("2026-05-11"));
    assert_int_equal(calendar_add_working(france, day("2026-04-30"), 251), day("2027-04-29"));
    arena_destroy(arena);
}

static void
an_unknown_country_is_told_which_there_are(void **state)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};

    (void)state;
    assert_null(calendar_load(arena, "fr", &problems, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_string_equal(
        err.text, "country \"fr\" has no calendar; there are BE, BR, DE, ES, FR, GB, IT, US");
    arena_destroy(arena);
}

// ---- day by day ----

#define IN_BOTH 3

typedef struct Listed
{
    Map *days;  // "FR2026-05-01" -> 1 when the first project lists it, 2 the second, 3 both
    int64_t rows;
} Listed;

static bool
take_row(void *data, const CsvRecord *record, Err *err)
{
    Listed *const listed = data;
    const bool england = record->count == 6 && strcmp(record->fields[0], "GB") == 0;
    char key[32];

    (void)err;
    // The rows of a whole country; of the United Kingdom those of England, which our calendar is for.
    if (record->count != 6 || strcmp(record->fields[1], england ? "ENG" : "") != 0)
        return true;

    const int length = snprintf(key, sizeof key, "%s%s", record->fields[0], record->fields[2]);
    const int64_t in =
        (record->fields[3][0] == '1' ? 1 : 0) + (record->fields[4][0] == '1' ? 2 : 0);

    map_put(listed->days, key, (size_t)length, map_get(listed->days, key, (size_t)length, 0) | in);
    listed->rows++;
    return true;
}

// Unpack into a file without a name.
static FILE *
unpack(const char *path)
{
    FILE *const unpacked = tmpfile();
    int status = 0;

    assert_non_null(unpacked);

    const pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(unpacked), STDOUT_FILENO);
        execlp("gzip", "gzip", "-dc", path, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    rewind(unpacked);
    return unpacked;
}

// A day both list must be a holiday of ours; a working day neither lists must not. Lists differ in days that fall on
// weekends anyway (Spain drops those its regions move), so of these only the first is asked.
static void
our_days_are_those_of_two_independent_projects(void **state)
{
    Arena *const arena = arena_create();
    Listed listed = {.days = map_create(arena)};
    Err err = {0};
    int wrong = 0, holidays = 0;

    (void)state;
    if (access(CROSSCHECK, R_OK) != 0) {
        print_message("skipped: %s is not here\n", CROSSCHECK);
        arena_destroy(arena);
        skip();
    }

    FILE *const stream = unpack(CROSSCHECK);

    assert_true(csv_read(stream, ',', take_row, &listed, &err));
    fclose(stream);
    assert_true(listed.rows > 500);
    for (size_t i = 0; i < COUNTRY_COUNT; i++) {
        const Calendar *const calendar = load(arena, COUNTRIES[i]);

        for (Day at = day("2020-01-01"); at <= day("2027-12-31"); at++) {
            const char *const key = arena_printf(arena, "%s%s", COUNTRIES[i], day_print(arena, at));
            const int64_t in = map_get(listed.days, key, strlen(key), 0);
            const char *const ours = calendar_holiday(calendar, at);

            holidays += ours != NULL;
            if ((in == IN_BOTH && ours == NULL) ||
                (in == 0 && ours != NULL && day_weekday(at) < 5)) {
                print_error("%s: %s here, listed by %d\n", key, ours == NULL ? "no holiday" : ours,
                    (int)in);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(holidays > 8 * 8 * 8);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_falls_on_the_published_days),
        cmocka_unit_test(days_off_instead_fall_where_the_governments_put_them),
        cmocka_unit_test(a_rule_holds_in_its_years_only),
        cmocka_unit_test(classes_of_days_are_told_apart),
        cmocka_unit_test(working_days_are_counted_past_weekends_and_holidays),
        cmocka_unit_test(an_unknown_country_is_told_which_there_are),
        cmocka_unit_test(our_days_are_those_of_two_independent_projects),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
