#include "reports/reports.h"

#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/occurrences.h"
#include "tests/harness/sample_backtest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
page(Arena *arena, const BacktestReport *report)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    if (!report_backtest_html(arena, report, &bytes, &length, &err))
        fail_msg("%s", err.text);
    assert_int_equal(strlen(bytes), length);
    return bytes;
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    golden_check("tests/reports/golden/backtest.html", page(arena, sample_backtest(arena)));
    arena_destroy(arena);
}

// Spaces before units do not break in HTML; here they are plain.
static const char *
with_plain_spaces(Arena *arena, const char *html)
{
    Text plain = {.arena = arena};

    for (const char *space; (space = strstr(html, "\xc2\xa0")) != NULL; html = space + 2) {
        text_add_bytes(&plain, html, (size_t)(space - html));
        text_add(&plain, " ");
    }
    text_add(&plain, html);
    return text_get(&plain);
}

static void
says_the_essence_in_words(void **state)
{
    static const char *const said[] = {
        "Of 31,142 statements about 14,220 parcels, 10% came late; Vigie had stated 11%.",
        "On average its probabilities were 0.5 points off.",
        "the higher probability 82 times in 100 (AUC 0.821, 95% interval 0.812 to 0.830)",
        "lose 0.436 a statement; Vigie loses 0.362, 17% less.",
        "Of 1,480 parcels that came late, 903 (61%) had been listed as at risk before their "
        "promise, half of them more than 71 h ahead.",
        "Its lists of lost parcels stated 5.0% false ones; 4.8% were false, 95% interval 4.0 to "
        "5.6.",
        "Left out: 310 parcel-nights whose outcome was not known yet, 42 of which nothing could be "
        "stated.",
    };
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_backtest(arena));

    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const char *const plain = with_plain_spaces(arena, html);

        if (!strstr(plain, said[i]))
            fail_msg("the page does not say: %s", said[i]);
    }
    arena_destroy(arena);
}

static void
stands_alone_and_escapes(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_backtest(arena));

    (void)state;
    assert_true(text_starts_with(html, "<!DOCTYPE html>\n<html lang=\"en\">"));
    assert_non_null(strstr(html, "default-src 'none'; style-src 'unsafe-inline'"));
    assert_null(strstr(html, "http:"));
    assert_null(strstr(html, "https:"));
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<b>"));
    assert_null(strstr(html, "<Filhos>"));
    assert_int_equal(occurrences(html, "<svg"), occurrences(html, "<desc"));
    assert_int_equal(11, occurrences(html, "<svg"));
    arena_destroy(arena);
}

static void
a_sample_is_scored_row_by_row_too(void **state)
{
    Arena *const arena = arena_create();
    BacktestReport report = *sample_backtest(arena);

    (void)state;
    assert_int_equal(0, occurrences(page(arena, &report), "The same with each row counted once"));
    report.is_weighted = true;
    assert_int_equal(BACKTEST_QUESTIONS,
        occurrences(page(arena, &report), "The same with each row counted once"));
    arena_destroy(arena);
}

static void
what_is_not_known_is_a_dash(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_backtest_unknown(arena));

    (void)state;
    assert_null(strstr(html, "nan"));
    assert_null(strstr(html, "inf\""));
    assert_int_equal(2, occurrences(html, "Nothing could be scored: no outcome was known."));
    assert_true(occurrences(html, "nothing to show") >= 4);
    arena_destroy(arena);
}

static void
the_same_result_gives_the_same_bytes(void **state)
{
    Arena *const arena = arena_create();
    Arena *const other = arena_create();

    (void)state;
    assert_string_equal(page(arena, sample_backtest(arena)), page(other, sample_backtest(other)));
    arena_destroy(other);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(says_the_essence_in_words),
        cmocka_unit_test(stands_alone_and_escapes),
        cmocka_unit_test(a_sample_is_scored_row_by_row_too),
        cmocka_unit_test(what_is_not_known_is_a_dash),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
