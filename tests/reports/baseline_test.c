#include "reports/baseline.h"

#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/occurrences.h"
#include "tests/harness/sample_normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
page(Arena *arena, const NormalReport *report)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};
    const Zone *const zone = zone_load(arena, "America/Sao_Paulo", &err);

    assert_non_null(zone);
    assert_true(report_baseline_html(arena, report, zone, &bytes, &length, &err));
    assert_int_equal(strlen(bytes), length);
    return bytes;
}

static const char *
drawing(Arena *arena, const NormalReport *report)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    assert_true(report_baseline_svg(arena, report, &bytes, &length, &err));
    assert_int_equal(strlen(bytes), length);
    return bytes;
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    golden_check("tests/reports/golden/baseline.html", page(arena, sample_normal(arena)));
    golden_check("tests/reports/golden/baseline.svg", drawing(arena, sample_normal_one(arena)));
    arena_destroy(arena);
}

static void
tells_what_it_rests_on(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_normal_one(arena));

    (void)state;
    assert_non_null(strstr(html, "Rests on"));
    assert_non_null(strstr(html, ">55%<"));
    assert_non_null(strstr(html, ">9,021<"));
    assert_non_null(strstr(html, "0.84 times the pace of its service"));
    assert_non_null(
        strstr(html, "on average 46 days old, each by what it still counts (half-life 60 days)"));
    assert_non_null(strstr(html, "A scan of Monday 10:00"));
    assert_non_null(strstr(html, ">2018-02-19 10:57<"));  // 0.76 h of operation, at 13:00 UTC
    assert_null(strstr(html, "All milestones"));
    arena_destroy(arena);
}

static void
abstention_is_said_in_words(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_normal(arena));

    (void)state;
    assert_non_null(strstr(html, "Nothing can be told: too little history after"));
    assert_non_null(strstr(html, "All milestones"));
    assert_null(strstr(html, "nan"));
    // Curves: all milestones together, and each that can be told.
    assert_int_equal(3, occurrences(html, "<svg"));
    arena_destroy(arena);
}

static void
one_milestone_is_drawn_with_its_band(void **state)
{
    Arena *const arena = arena_create();
    const char *const one = drawing(arena, sample_normal_one(arena));
    const char *const all = drawing(arena, sample_normal(arena));

    (void)state;
    assert_int_equal(2, occurrences(one, "class=\"band h0\""));  // and in the legend
    assert_int_equal(0, occurrences(all, "class=\"band"));
    assert_int_equal(2, occurrences(all, "class=\"line h1\""));
    assert_int_equal(0, occurrences(all, "class=\"line h2\""));
    arena_destroy(arena);
}

static void
hostile_names_stay_text(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_null(strstr(page(arena, sample_normal(arena)), "<i>"));
    assert_null(strstr(drawing(arena, sample_normal(arena)), "<i>"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(tells_what_it_rests_on),
        cmocka_unit_test(abstention_is_said_in_words),
        cmocka_unit_test(one_milestone_is_drawn_with_its_band),
        cmocka_unit_test(hostile_names_stay_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
