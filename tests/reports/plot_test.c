// Plots, read back as XML: what is drawn lies inside the frame, what cannot be drawn is left out.
#include "reports/plot.h"

#include "core/text.h"
#include "tests/harness/odd_numbers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#define FRAME_LEFT  46.0
#define FRAME_RIGHT 348.0
#define DOT_SIZE    4.0  // marks of dots and ends of intervals may stand out by so much

typedef struct Drawing
{
    Arena *arena;
    const char *bytes;
    xmlDoc *doc;
} Drawing;

static void
release_doc(void *doc)
{
    xmlFreeDoc(doc);
}

static Drawing
draw(Arena *arena, const Plot *plot)
{
    Drawing drawing = {.arena = arena};
    size_t length = 0;
    Err err = {0};

    assert_true(plot_svg(arena, plot, &drawing.bytes, &length, &err));
    assert_int_equal(strlen(drawing.bytes), length);
    drawing.doc = xmlReadMemory(drawing.bytes, (int)length, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(drawing.doc);
    arena_defer(arena, release_doc, drawing.doc);
    return drawing;
}

static void
release_found(void *found)
{
    xmlXPathFreeObject(found);
}

static void
release_context(void *context)
{
    xmlXPathFreeContext(context);
}

static const xmlNodeSet *
find(const Drawing *drawing, const char *path)
{
    xmlXPathContext *const context = xmlXPathNewContext(drawing->doc);

    arena_defer(drawing->arena, release_context, context);
    xmlXPathRegisterNs(
        context, (const xmlChar *)"s", (const xmlChar *)"http://www.w3.org/2000/svg");

    xmlXPathObject *const found = xmlXPathEvalExpression((const xmlChar *)path, context);

    assert_non_null(found);
    arena_defer(drawing->arena, release_found, found);
    return found->nodesetval;
}

static int
count_of(const Drawing *drawing, const char *path)
{
    const xmlNodeSet *const nodes = find(drawing, path);

    return nodes ? nodes->nodeNr : 0;
}

static double
number_of(const Drawing *drawing, xmlNode *node, const char *attribute)
{
    xmlChar *const text = xmlGetProp(node, (const xmlChar *)attribute);
    const char *const copy = text ? arena_copy(drawing->arena, (const char *)text) : NULL;
    double value = NAN;

    xmlFree(text);
    assert_non_null(copy);
    assert_true(text_parse_real(copy, &value));
    return value;
}

// The frame's upper and lower edge: where the horizontal lines begin and end.
static void
frame_of(const Drawing *drawing, double *top, double *bottom)
{
    const xmlNodeSet *const axes = find(drawing, "//s:line[@class='axis']");

    *bottom = number_of(drawing, axes->nodeTab[axes->nodeNr - 1], "y1");
    *top = *bottom - 190;
}

static void
is_inside(double x, double y, double top, double bottom)
{
    if (x < FRAME_LEFT - DOT_SIZE || x > FRAME_RIGHT + DOT_SIZE || y < top - DOT_SIZE ||
        y > bottom + DOT_SIZE)
        fail_msg("(%.2f, %.2f) lies outside of the frame", x, y);
}

// The coordinates of a path made of M, L (two numbers), H, V (one) and Z.
static size_t
path_is_inside(const char *path, double top, double bottom)
{
    size_t points = 0;
    double x = 0;
    double y = 0;

    while (*path != '\0') {
        const char command = *path++;
        char *end = NULL;

        if (command == 'Z')
            continue;
        if (command == 'M' || command == 'L' || command == 'H')
            x = strtod(path, &end);
        if (command == 'M' || command == 'L')
            y = strtod(end, &end);
        if (command == 'V')
            y = strtod(path, &end);
        assert_non_null(end);
        assert_ptr_not_equal(end, path);
        is_inside(x, y, top, bottom);
        points++;
        path = end;
    }
    return points;
}

// All that is drawn of the data. Returns how many coordinates were seen.
static size_t
marks_are_inside(const Drawing *drawing)
{
    const xmlNodeSet *const marks = find(drawing, "//s:g[@class='marks']/*");
    double top;
    double bottom;
    size_t seen = 0;

    frame_of(drawing, &top, &bottom);
    for (int i = 0; marks && i < marks->nodeNr; i++) {
        xmlNode *const node = marks->nodeTab[i];
        const char *const name = (const char *)node->name;

        if (strcmp(name, "path") == 0) {
            xmlChar *const data = xmlGetProp(node, (const xmlChar *)"d");

            seen += path_is_inside((const char *)data, top, bottom);
            xmlFree(data);
        } else if (strcmp(name, "circle") == 0) {
            is_inside(number_of(drawing, node, "cx"), number_of(drawing, node, "cy"), top, bottom);
            seen++;
        } else {
            const double x = number_of(drawing, node, "x");
            const double y = number_of(drawing, node, "y");

            assert_string_equal(name, "rect");
            is_inside(x, y, top, bottom);
            is_inside(x + number_of(drawing, node, "width"), y + number_of(drawing, node, "height"),
                top, bottom);
            seen++;
        }
    }
    return seen;
}

static Plot
plot_of(const PlotSeries *series, size_t count)
{
    return (Plot){.id = "p",
        .title = "Title",
        .description = "Words.",
        .x = {.label = "x", .low = NAN, .high = NAN},
        .y = {.label = "y", .low = NAN, .high = NAN},
        .series = series,
        .count = count};
}

static void
every_mark_lies_inside_the_frame(void **unused)
{
    uint64_t state = 7;
    size_t seen = 0;

    (void)unused;
    for (int round = 0; round < 400; round++) {
        Arena *const arena = arena_create();
        PlotPoint points[5][12];
        PlotSeries series[5];

        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 12; k++)
                points[i][k] = (PlotPoint){
                    odd_number(&state), odd_number(&state), odd_number(&state), odd_number(&state)};
            series[i] = (PlotSeries){"s", (PlotMark)i, (int)(odd_dice(&state) % 8) - 1, points[i],
                odd_dice(&state) % 13};
        }

        Plot plot = plot_of(series, 5);

        plot.x.scale = odd_dice(&state) % 2 ? PLOT_LOG : PLOT_LINEAR;
        plot.y.scale = odd_dice(&state) % 2 ? PLOT_LOG : PLOT_LINEAR;
        plot.x.unit = (PlotUnit)(odd_dice(&state) % 4);
        if (odd_dice(&state) % 3 == 0) {
            plot.x.low = odd_number(&state);
            plot.x.high = odd_number(&state);
            plot.y.low = 0;
            plot.y.high = 1;
        }

        const Drawing drawing = draw(arena, &plot);

        seen += marks_are_inside(&drawing);
        assert_null(strstr(drawing.bytes, "nan"));
        assert_null(strstr(drawing.bytes, "inf"));
        assert_null(strstr(drawing.bytes, "\"-"));
        arena_destroy(arena);
    }
    assert_true(seen > 1000);
}

static void
unknown_points_break_the_line(void **unused)
{
    static const PlotPoint points[] = {
        {0, 1, NAN, NAN}, {1, 2, NAN, NAN}, {2, NAN, NAN, NAN}, {3, 2, NAN, NAN}, {4, 1, NAN, NAN}};
    const PlotSeries series = {"s", PLOT_LINE, 0, points, 5};
    const Plot plot = plot_of(&series, 1);
    Arena *const arena = arena_create();
    const Drawing drawing = draw(arena, &plot);
    const xmlNodeSet *const paths = find(&drawing, "//s:g[@class='marks']/s:path/@d");
    const char *const data = (const char *)paths->nodeTab[0]->children->content;

    (void)unused;
    assert_int_equal(paths->nodeNr, 1);
    assert_string_equal(data, "M46.00 239.00L121.50 49.00M272.50 49.00L348.00 239.00");
    arena_destroy(arena);
}

static void
a_lonely_point_can_be_seen(void **unused)
{
    static const PlotPoint points[] = {{3, 7, NAN, NAN}};
    Arena *const arena = arena_create();

    (void)unused;
    for (PlotMark mark = PLOT_LINE; mark <= PLOT_BARS; mark++) {
        const PlotSeries series = {"s", mark, 0, points, 1};
        const Plot plot = plot_of(&series, 1);
        const Drawing drawing = draw(arena, &plot);

        assert_int_equal(
            1, count_of(&drawing, "//s:g[@class='marks']/s:circle | //s:g[@class='marks']/s:rect"));
        assert_int_equal(0, count_of(&drawing, "//s:text[.='nothing to show']"));
    }
    arena_destroy(arena);
}

static void
no_points_are_said_in_words(void **unused)
{
    static const PlotPoint unknown[] = {{NAN, NAN, NAN, NAN}, {1, INFINITY, NAN, NAN}};
    Arena *const arena = arena_create();
    const Plot none = plot_of(NULL, 0);
    const PlotSeries series = {"s", PLOT_DOTS, 1, unknown, 2};
    const Plot nothing = plot_of(&series, 1);
    const Drawing empty = draw(arena, &none);
    const Drawing blank = draw(arena, &nothing);

    (void)unused;
    assert_int_equal(1, count_of(&empty, "//s:text[.='nothing to show']"));
    assert_int_equal(1, count_of(&blank, "//s:text[.='nothing to show']"));
    assert_true(count_of(&blank, "//s:line[@class='grid']") >= 2);
    arena_destroy(arena);
}

static void
intervals_stand_with_their_points(void **unused)
{
    static const PlotPoint points[] = {
        {.1, .12, .08, .2}, {.5, .4, NAN, NAN}, {.7, .9, .95, .85}, {.9, .8, .7, .95}};
    const PlotSeries series = {"s", PLOT_DOTS, 2, points, 4};
    const Plot plot = plot_of(&series, 1);
    Arena *const arena = arena_create();
    const Drawing drawing = draw(arena, &plot);

    (void)unused;
    assert_int_equal(4, count_of(&drawing, "//s:g[@class='marks']/s:path[@class='dot h2']"));
    // The third one's ends are the wrong way round: it has none.
    assert_int_equal(2, count_of(&drawing, "//s:g[@class='marks']/s:path[@class='interval h2']"));
    arena_destroy(arena);
}

static void
bars_do_not_overlap(void **unused)
{
    static const PlotPoint a[] = {{0, 3, NAN, NAN}, {1, 5, NAN, NAN}, {2, 0, NAN, NAN}};
    static const PlotPoint b[] = {{0, 2, NAN, NAN}, {1, 1, NAN, NAN}, {2, 4, NAN, NAN}};
    const PlotSeries series[] = {{"a", PLOT_BARS, 0, a, 3}, {"b", PLOT_BARS, 1, b, 3}};
    const Plot plot = plot_of(series, 2);
    Arena *const arena = arena_create();
    const Drawing drawing = draw(arena, &plot);
    const xmlNodeSet *const bars = find(&drawing, "//s:g[@class='marks']/s:rect");

    (void)unused;
    assert_int_equal(6, bars->nodeNr);
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < i; k++) {
            const double left = number_of(&drawing, bars->nodeTab[i], "x");
            const double other = number_of(&drawing, bars->nodeTab[k], "x");
            const double width = number_of(&drawing, bars->nodeTab[i], "width");

            assert_true(fabs(left - other) >= width - .02);
        }
    arena_destroy(arena);
}

static void
the_same_data_give_the_same_bytes(void **unused)
{
    static const PlotPoint points[] = {{.1, .3, .2, .4}, {.7, .6, .5, .9}};
    const PlotSeries series[] = {{"a", PLOT_BAND, 0, points, 2}, {"b", PLOT_STEP, 1, points, 2}};
    const Plot plot = plot_of(series, 2);
    Arena *const arena = arena_create();

    (void)unused;
    assert_string_equal(draw(arena, &plot).bytes, draw(arena, &plot).bytes);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_lies_inside_the_frame),
        cmocka_unit_test(unknown_points_break_the_line),
        cmocka_unit_test(a_lonely_point_can_be_seen),
        cmocka_unit_test(no_points_are_said_in_words),
        cmocka_unit_test(intervals_stand_with_their_points),
        cmocka_unit_test(bars_do_not_overlap),
        cmocka_unit_test(the_same_data_give_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
