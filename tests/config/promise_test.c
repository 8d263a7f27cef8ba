// By when a service promises delivery, from worked examples.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/promise.h"
#include "core/text.h"
#include "tests/harness/cases.h"

#include <string.h>

static const Calendar *
load(Arena *arena, const char *id)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const calendar = calendar_load(arena, id, &problems, &err);

    if (calendar == NULL)
        fail_msg("%s", err.text);
    return calendar;
}

static Instant
instant(const Zone *zone, const char *text)
{
    int64_t wall = 0;

    if (!wall_parse(text, &wall))
        fail_msg("\"%s\" is no time", text);
    return zone_instant(zone, wall);
}

static int64_t
number(const char *text)
{
    int64_t result = 0;

    if (!text_parse_int(text, &result))
        fail_msg("\"%s\" is no number", text);
    return result;
}

static int
minute(Arena *arena, const char *text)
{
    return strcmp(text, "-") == 0
               ? -1
               : (int)(60 * number(arena_copy_bytes(arena, text, 2)) + number(text + 3));
}

static DayCount
convention(const char *word)
{
    for (int i = 0; i < DAY_COUNT_NAMES_MAX; i++)
        if (strcmp(DAY_COUNT_NAMES[i], word) == 0)
            return day_count_of(i);
    fail_msg("\"%s\" is no way of counting", word);
    return 0;
}

static void
check_promise(void *data, const Case *example)
{
    Arena *const arena = data;
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);
    const char *const *const words = example->words;
    const CarrierService service = {.name = "x", .cut_off = minute(arena, words[3])};
    const Promise promise = {.after = (int32_t)number(words[4]),
        .count = convention(words[5]),
        .by = minute(arena, words[6])};
    const Instant promised = promise_reckon(&service, &promise, load(arena, words[0]),
        load(arena, words[1]), zone, instant(zone, words[2]));
    const char *const found = zone_print(arena, zone, promised);

    if (strncmp(found, words[7], 10) != 0 || strcmp(found + 11, words[7] + 11) != 0)
        fail_msg("%s:%d: promised by %s", example->file, example->line, found);
    if (strcmp(found + 11, "23:59") == 0)
        assert_int_equal(promised, zone_day_end(zone, zone_day(zone, promised)));
    else
        assert_int_equal(promised % MINUTE, 0);
}

static void
promises_end_where_a_clerk_ends_them(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(cases_read(arena, "config/promises.cases", check_promise, arena) > 30);
    arena_destroy(arena);
}

static void
the_first_promise_that_fits_the_lane_holds(void **state)
{
    static const char *const FRANCE[] = {"FR"}, *const NEAR[] = {"DE", "BE"};
    const Promise promises[] = {
        {.from = {FRANCE, 1}, .to = {FRANCE, 1}, .after = 2, .count = COUNT_JOURS_OUVRABLES},
        {.from = {FRANCE, 1}, .to = {NEAR, 2}, .after = 5, .count = COUNT_WORKING_DAYS, .by = 1080},
        {.to = {NEAR, 2}, .after = 9, .count = COUNT_CALENDAR_DAYS},
    };
    const CarrierService service = {
        .name = "Home", .cut_off = -1, .promises = promises, .promise_count = 3};

    (void)state;
    assert_ptr_equal(promise_of_lane(&service, "FR", "FR"), &promises[0]);
    assert_ptr_equal(promise_of_lane(&service, "fr", "be"), &promises[1]);
    assert_ptr_equal(promise_of_lane(&service, "IT", "DE"), &promises[2]);
    assert_ptr_equal(promise_of_lane(&service, "US", "DE"), &promises[2]);
    // Which of two promises holds depends on what is unknown; none fits, whatever it is.
    assert_null(promise_of_lane(&service, "", "DE"));
    assert_null(promise_of_lane(&service, "IT", ""));
    assert_null(promise_of_lane(&service, "", "US"));
    assert_null(promise_of_lane(&service, "FR", "US"));
    assert_null(promise_of_lane(&service, "FR", ""));
    assert_null(promise_of_lane(&service, NULL, NULL));
}

static void
a_promise_is_told_in_words(void **state)
{
    Arena *const arena = arena_create();
    const CarrierService evening = {.name = "Colissimo Domicile", .cut_off = 18 * 60};
    const CarrierService plain = {.name = "Express", .cut_off = -1};

    (void)state;
    assert_string_equal(promise_words(arena, LANGUAGE_ENGLISH, &evening,
                            &(Promise){.after = 2, .count = COUNT_JOURS_OUVRABLES, .by = -1}),
        "Colissimo Domicile, 2 jours ouvrables after acceptance, cut-off 18:00");
    assert_string_equal(promise_words(arena, LANGUAGE_ENGLISH, &plain,
                            &(Promise){.after = 1, .count = COUNT_WORKING_DAYS, .by = 13 * 60 + 5}),
        "Express, 1 working day after acceptance, by 13:05");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promises_end_where_a_clerk_ends_them),
        cmocka_unit_test(the_first_promise_that_fits_the_lane_holds),
        cmocka_unit_test(a_promise_is_told_in_words),
    };

    return cmocka_run_group_tests_name("promises", tests, NULL, NULL);
}
