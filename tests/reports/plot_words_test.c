// Plots as words: names stay text, the drawing names itself to those who cannot see it, the numbers stand behind it.
#include "reports/plot.h"
#include "tests/harness/occurrences.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
file_of(Arena *arena, const Plot *plot)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    assert_true(plot_svg(arena, plot, &bytes, &length, &err));
    return bytes;
}

static const char *
page_of(Arena *arena, const Plot *plot)
{
    MarkupNode *const page = markup_create(arena, "en");
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    plot_add(markup_add(page, "body", NULL), arena, plot);
    assert_true(markup_print(arena, page, &bytes, &length, &err));
    return bytes;
}

static void
hostile_names_stay_text(void **unused)
{
    static const char *const hostile = "</text><script>alert(1)</script>\x01&\"'\xff \xe2\x80\xae";
    static const PlotPoint points[] = {{0, 1, NAN, NAN}, {1, 2, NAN, NAN}};
    const PlotSeries series = {hostile, PLOT_STEP, 0, points, 2};
    const Plot plot = {.id = "p",
        .title = hostile,
        .description = hostile,
        .x = {.label = hostile},
        .y = {.label = hostile},
        .series = &series,
        .count = 1};
    Arena *const arena = arena_create();
    const char *const both[] = {file_of(arena, &plot), page_of(arena, &plot)};

    (void)unused;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(0, occurrences(both[i], "<script"));
        assert_int_equal(0, occurrences(both[i], "\x01"));
        assert_int_equal(0, occurrences(both[i], "\xe2\x80\xae"));
        // title, description, legend, both axes and, in the file, the caption
        assert_true(occurrences(both[i], "&lt;/text&gt;&lt;script&gt;alert(1)") >= 6);
    }
    arena_destroy(arena);
}

static void
names_itself_to_those_who_cannot_see(void **unused)
{
    const Plot plot = {.id = "p", .title = "Title", .description = "Words."};
    Arena *const arena = arena_create();
    const char *const file = file_of(arena, &plot);

    (void)unused;
    assert_int_equal(1, occurrences(file, " role=\"img\" aria-labelledby=\"p-title p-words\""));
    assert_int_equal(1, occurrences(file, "<title id=\"p-title\">Title</title>"));
    assert_int_equal(1, occurrences(file, "<desc id=\"p-words\">Words.</desc>"));
    assert_int_equal(1, occurrences(file, "(prefers-color-scheme:dark){:root{"));
    arena_destroy(arena);
}

static void
the_numbers_stand_behind_the_figure(void **unused)
{
    PlotPoint points[150];
    const PlotSeries series[] = {
        {"many", PLOT_LINE, 0, points, 150}, {"", PLOT_LINE, PLOT_FAINT, points, 2}};
    const Plot plot = {
        .id = "p", .title = "Title", .description = "Words.", .series = series, .count = 2};
    Arena *const arena = arena_create();

    (void)unused;
    for (int i = 0; i < 150; i++)
        points[i] = (PlotPoint){i, i / 10., NAN, NAN};

    const char *const page = page_of(arena, &plot);

    assert_int_equal(50, occurrences(page, "<td>many</td>"));
    assert_int_equal(1, occurrences(page, "many: one in 3 of 150 points."));
    assert_int_equal(1, occurrences(page, "<td class=\"n\">14.7</td>"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_names_stay_text),
        cmocka_unit_test(names_itself_to_those_who_cannot_see),
        cmocka_unit_test(the_numbers_stand_behind_the_figure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
