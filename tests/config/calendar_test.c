// Public holidays against those that governments published, and the rules of a calendar file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/calendar.h"
#include "config/calendar_book.h"
#include "tests/harness/cases.h"

#include <string.h>

static const Calendar *
load(Arena *arena, const char *id)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const calendar = calendar_load(arena, id, &problems, &err);

    for (size_t i = 0; i < problems.count; i++)
        print_error("%s\n", problems.items[i]);
    if (calendar == NULL)
        fail_msg("%s", err.text);
    return calendar;
}

static Day
day(const char *text)
{
    Day result = DAY_NONE;

    if (!day_parse(text, &result))
        fail_msg("%s", text);
    return result;
}

// "GB 2026 01-01 04-03": all holidays of the year, or those from Monday to Friday.
static void
is_whole_year(Arena *arena, const Calendar *calendar, const Case *example)
{
    const bool week = strcmp(example->words[0], "week") == 0;
    const char *const year = example->words[2];
    size_t next = 3;

    for (Day at = day(arena_printf(arena, "%s-01-01", year));
         at <= day(arena_printf(arena, "%s-12-31", year)); at++) {
        const bool listed =
            next < example->count && strcmp(day_print(arena, at) + 5, example->words[next]) == 0;

        next += listed;
        if (listed != (calendar_holiday(calendar, at) != NULL) && (!week || day_weekday(at) < 5))
            fail_msg("%s:%d: %s %s is %s, which is not what was published", example->file,
                example->line, example->words[1], day_print(arena, at),
                listed ? "no holiday" : calendar_holiday(calendar, at));
    }
    if (next != example->count)
        fail_msg("%s:%d: %s is out of order", example->file, example->line, example->words[next]);
}

static void
check_published(void *data, const Case *example)
{
    Arena *const arena = data;
    const Calendar *const calendar = load(arena, example->words[1]);

    if (strcmp(example->words[0], "is") != 0) {
        is_whole_year(arena, calendar, example);
        return;
    }

    const char *const found = calendar_holiday(calendar, day(example->words[2]));

    if (strcmp(found == NULL ? "-" : found, example->rest[3]) != 0)
        fail_msg("%s:%d: found \"%s\"", example->file, example->line, found);
}

static void
our_days_are_those_that_were_published(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(cases_read(arena, "config/calendars.cases", check_published, arena) > 50);
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
holidays_on_the_way_are_met(void **state)
{
    Arena *const arena = arena_create();
    const Calendar *const france = load(arena, "FR");

    (void)state;
    assert_true(calendar_meets_holiday(france, day("2026-11-10"), day("2026-11-11")));
    assert_true(calendar_meets_holiday(france, day("2026-11-09"), day("2026-11-16")));
    assert_false(calendar_meets_holiday(france, day("2026-11-11"), day("2026-11-16")));
    assert_false(calendar_meets_holiday(france, day("2026-11-11"), day("2026-11-11")));
    assert_false(calendar_meets_holiday(france, day("2026-10-26"), day("2026-11-10")));  // a Sunday
    assert_true(
        calendar_meets_holiday(france, day("2026-08-14"), day("2026-08-15")));  // a Saturday
    arena_destroy(arena);
}

// What no shipped calendar needs at once: a day off for a holiday on another one, a weekday on or after a date, a move.
static void
rules_of_a_file_say_which_days(void **state)
{
    static const char FILE_TEXT[] =
        "country: XX\n"
        "name: Somewhere\n"
        "source: a law\n"
        "holidays:\n"
        "  - {name: Monday after Easter, easter: 1}\n"
        "  - {name: Spring, fixed: 04-25, observed: next}\n"
        "  - {name: Mourning, date: 2012-03-05, source: a decree}\n"
        "  - {name: Leap, fixed: 02-29}\n"
        "  - {name: Kept early, fixed: 06-10, moved: {sunday: -2, wednesday: 5}}\n"
        "  - {name: Penance, weekday: wednesday, on_or_after: 11-16, valid_from: 2012, valid_to: "
        "2012}\n"
        "regions:\n"
        "  - {ids: [N, NN], name: the North, source: another law, without: [Leap]}\n";
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    const Calendar *const whole =
        calendar_read(arena, "xx", FILE_TEXT, sizeof FILE_TEXT - 1, "", &problems);
    const Calendar *const north =
        calendar_read(arena, "xx", FILE_TEXT, sizeof FILE_TEXT - 1, "NN", &problems);
    size_t count = 0;

    (void)state;
    assert_int_equal(problems.count, 0);
    assert_null(calendar_read(arena, "xx", FILE_TEXT, sizeof FILE_TEXT - 1, "S", &problems));
    assert_int_equal(problems.count, 0);
    assert_string_equal(calendar_id(north), "XX-NN");
    assert_string_equal(calendar_name(north), "Somewhere, the North");
    // Easter Monday fell on 25 April in 2011: Tuesday is free in its stead.
    assert_string_equal(calendar_holiday(whole, day("2011-04-26")), "Spring");
    assert_null(calendar_holiday(whole, day("2012-04-26")));
    assert_string_equal(calendar_holiday(whole, day("2028-02-29")), "Leap");
    assert_null(calendar_holiday(north, day("2028-02-29")));
    assert_null(calendar_holiday(whole, day("2018-06-10")));  // a Sunday
    assert_string_equal(calendar_holiday(whole, day("2018-06-08")), "Kept early");
    assert_string_equal(calendar_holiday(whole, day("2020-06-15")), "Kept early");
    assert_null(calendar_holiday(whole, day("2013-11-20")));

    const Holiday *const days =
        calendar_holidays(arena, whole, day("2012-01-01"), day("2012-12-31"), &count);

    assert_int_equal(count, 6);
    assert_string_equal(days[1].name, "Mourning");
    assert_string_equal(days[1].rule, "once");
    assert_string_equal(days[1].source, "a decree");
    assert_string_equal(days[3].rule, "25 April");
    assert_string_equal(days[3].source, "a law");
    assert_string_equal(
        days[4].rule, "10 June, a Wednesday's on the Monday, a Sunday's on the Friday");
    assert_string_equal(days[5].rule, "Wednesday on or after 16 November");
    assert_int_equal(days[5].day, day("2012-11-21"));
    arena_destroy(arena);
}

static void
an_unknown_calendar_is_told_which_there_are(void **state)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};

    (void)state;
    assert_null(calendar_load(arena, "fr", &problems, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_string_equal(err.text, "\"fr\" has no calendar; there are AT, BE, BR, CH, DE, ES, FR, "
                                  "GB, IE, IT, LU, NL, PL, PT, US");
    assert_null(calendar_load(arena, "GB-FR", &problems, &err));
    assert_string_equal(err.text,
        "\"GB-FR\" has no calendar; regions of GB are ENG, WLS (the same by its own name); SCT "
        "(Scotland); NIR (Northern Ireland)");
    assert_null(calendar_load(arena, "US-NY", &problems, &err));
    assert_int_equal(problems.count, 0);
    arena_destroy(arena);
}

static void
a_parcel_goes_by_the_calendar_of_its_destination(void **state)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const own = load(arena, "FR-57");
    const CalendarBook *const book = calendar_book_load(arena, own, &problems, &err);

    (void)state;
    assert_non_null(book);
    assert_string_equal(calendar_id(calendar_book_of(book, "DE")), "DE");
    assert_string_equal(calendar_id(calendar_book_of(book, "de")), "DE");
    assert_ptr_equal(calendar_book_of(book, "FR"), own);
    assert_ptr_equal(calendar_book_of(book, ""), own);
    assert_ptr_equal(calendar_book_of(book, NULL), own);
    assert_ptr_equal(calendar_book_of(book, "ZZ"), own);
    assert_ptr_equal(calendar_book_of(book, "D"), own);
    assert_ptr_equal(calendar_book_of(book, "DEU"), own);
    assert_ptr_equal(calendar_book_of(book, "\xc3\xa9"), own);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_days_are_those_that_were_published),
        cmocka_unit_test(classes_of_days_are_told_apart),
        cmocka_unit_test(holidays_on_the_way_are_met),
        cmocka_unit_test(rules_of_a_file_say_which_days),
        cmocka_unit_test(an_unknown_calendar_is_told_which_there_are),
        cmocka_unit_test(a_parcel_goes_by_the_calendar_of_its_destination),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
