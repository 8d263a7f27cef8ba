/*
 * The drawing. 360 units wide, so that on a phone a unit is about a pixel and its letters can be read; wider pages draw it
 * larger. Coordinates have two decimals, which is finer than any screen and the same on every machine.
 *
 *     y label
 *     | frame |
 *     x ticks
 *     x label
 *     legend, as many lines as it needs
 */
#include "reports/plot.h"

#include "core/text.h"
#include "core/width.h"
#include "reports/plot_axis.h"
#include "reports/plot_marks.h"

#include <math.h>

#define WIDTH        360.0
#define LEFT         46.0
#define RIGHT        348.0
#define FRAME_HEIGHT 190.0
#define LINE         15.0  // of text
#define LETTER       6.0   // about, a column of text
#define SWATCH       18.0
#define DAY_WIDE     96.0  // of a day, and half of the one before it

enum
{
    NAME_COLUMNS = 46,   // longer names are cut in the legend
    LABEL_COLUMNS = 56,  // and longer labels of axes
    TITLE_COLUMNS = 50,
};

static const char *
cut(Arena *arena, const char *text, size_t columns)
{
    const char *const clean = text_clean(arena, text ? text : "");

    if (width_of(clean) <= columns)
        return clean;
    return arena_printf(
        arena, "%s\u2026", arena_copy_bytes(arena, clean, width_fit(clean, columns - 1)));
}

static MarkupNode *
write_text(const Canvas *canvas, double x, double y, const char *class_name, const char *text)
{
    MarkupNode *const node = markup_add_class(canvas->svg, "text", class_name, text);

    markup_set_number(canvas, node, "x", x);
    markup_set_number(canvas, node, "y", y);
    markup_break(canvas->svg);
    return node;
}

static void
add_range(const PlotAxis *axis, double value, double *low, double *high)
{
    if (!plot_is_drawable(axis, value))
        return;
    *low = isnan(*low) ? value : fmin(*low, value);
    *high = isnan(*high) ? value : fmax(*high, value);
}

static PlotRuler
ruler_x(const Plot *plot)
{
    double low = NAN;
    double high = NAN;
    bool bars = false;

    for (size_t i = 0; i < plot->count; i++)
        for (size_t k = 0; k < plot->series[i].count; k++) {
            add_range(&plot->x, plot->series[i].points[k].x, &low, &high);
            bars = bars || plot->series[i].mark == PLOT_BARS;
        }

    const double room = bars ? marks_bar_spacing(plot) / 2 : 0;

    return plot_ruler(&plot->x, low - room, high + room, LEFT, RIGHT);
}

static PlotRuler
ruler_y(const Plot *plot, double top)
{
    double low = NAN;
    double high = NAN;

    for (size_t i = 0; i < plot->count; i++)
        for (size_t k = 0; k < plot->series[i].count; k++) {
            const PlotSeries *const series = &plot->series[i];
            const PlotPoint *const point = &series->points[k];

            if (!plot_is_drawable(&plot->x, point->x))
                continue;
            if (series->mark == PLOT_BARS)
                add_range(&plot->y, 0, &low, &high);
            if (series->mark != PLOT_BAND)
                add_range(&plot->y, point->y, &low, &high);
            if (series->mark == PLOT_BAND || series->mark == PLOT_DOTS) {
                add_range(&plot->y, point->low, &low, &high);
                add_range(&plot->y, point->high, &low, &high);
            }
        }
    return plot_ruler(&plot->y, low, high, top + FRAME_HEIGHT, top);
}

static void
draw_axes(const Canvas *canvas)
{
    const PlotRuler *const x = &canvas->x;
    const PlotRuler *const y = &canvas->y;
    double ticks[PLOT_TICKS];
    size_t count = plot_ticks(y, ticks);

    for (size_t i = 0; i < count; i++) {
        const double at = plot_place(y, ticks[i]);

        canvas_line(canvas, "grid", x->from, at, x->to, at);
        write_text(canvas, LEFT - 6, at + 4, "end", plot_tick_text(canvas->arena, y, ticks[i]));
    }
    count = plot_ticks(x, ticks);
    for (size_t i = 0; i < count; i++) {
        const double at = plot_place(x, ticks[i]);

        canvas_line(canvas, "axis", at, y->from, at, y->from + 4);
        // The last one ends at the frame; the one before it gives way rather than run into it.
        if (i + 2 == count && x->axis->unit == PLOT_DAYS &&
            plot_place(x, ticks[i + 1]) > RIGHT - 20 && plot_place(x, ticks[i + 1]) - at < DAY_WIDE)
            continue;
        write_text(canvas, at, y->from + LINE, at > RIGHT - 20 ? "end" : "middle",
            plot_tick_text(canvas->arena, x, ticks[i]));
    }
    canvas_line(canvas, "axis", x->from, y->from, x->to, y->from);
    write_text(canvas, 2, y->to - 9, "label", cut(canvas->arena, y->axis->label, LABEL_COLUMNS));
    write_text(canvas, RIGHT, y->from + 2 * LINE + 1, "label end",
        cut(canvas->arena, x->axis->label, LABEL_COLUMNS));
}

// Names flow from left to right; drawn at y downwards when there is a canvas. Returns how many lines they take.
static size_t
legend(Arena *arena, const Plot *plot, const Canvas *canvas, double y)
{
    double x = 4;
    size_t lines = 0;

    for (size_t i = 0; i < plot->count; i++) {
        const PlotSeries *const series = &plot->series[i];

        if (text_is_empty(series->name))
            continue;

        const char *const name = cut(arena, series->name, NAME_COLUMNS);
        const double width = SWATCH + 5 + LETTER * (double)width_of(name) + 12;

        if (lines == 0 || x + width > WIDTH) {
            lines++;
            x = 4;
        }
        if (canvas) {
            const double line = y + (double)lines * LINE;

            marks_swatch(canvas, series, x, line - 4, SWATCH);
            write_text(canvas, x + SWATCH + 5, line, "name", name);
        }
        x += width;
    }
    return lines;
}

static void
draw(MarkupNode *svg, Arena *arena, const Plot *plot, double top)
{
    const Canvas canvas = {
        .arena = arena, .svg = svg, .x = ruler_x(plot), .y = ruler_y(plot, top), .plot = plot};
    Canvas marks = canvas;
    const double below = canvas.y.from + 2 * LINE + 4;
    const double height = below + (double)legend(arena, plot, NULL, 0) * LINE + 8;
    size_t drawn = 0;

    markup_set(svg, "viewBox", arena_printf(arena, "0 0 %.0f %.0f", WIDTH, height));
    draw_axes(&canvas);
    marks.svg = markup_add_class(svg, "g", "marks", NULL);
    markup_break(marks.svg);
    for (size_t i = 0; i < plot->count; i++)
        drawn += marks_draw(&marks, i);
    markup_break(svg);
    if (drawn == 0)
        write_text(
            &canvas, (LEFT + RIGHT) / 2, top + FRAME_HEIGHT / 2, "middle", "nothing to show");
    legend(arena, plot, &canvas, below);
}

static void
describe(MarkupNode *svg, Arena *arena, const Plot *plot)
{
    const char *const title = arena_printf(arena, "%s-title", plot->id);
    const char *const words = arena_printf(arena, "%s-words", plot->id);

    markup_set(svg, "class", "drawing");
    markup_set(svg, "role", "img");
    markup_set(svg, "aria-labelledby", arena_printf(arena, "%s %s", title, words));
    markup_set(markup_add(svg, "title", plot->title), "id", title);
    markup_set(markup_add(svg, "desc", plot->description), "id", words);
}

MarkupNode *
plot_add(MarkupNode *parent, Arena *arena, const Plot *plot)
{
    MarkupNode *const figure = markup_add_class(parent, "figure", "plot", NULL);

    markup_add(figure, "figcaption", plot->title);

    MarkupNode *const svg = markup_add(figure, "svg", NULL);

    describe(svg, arena, plot);
    draw(svg, arena, plot, 2 * LINE - 4);
    plot_numbers(figure, arena, plot);
    return figure;
}

bool
plot_svg(Arena *arena, const Plot *plot, const char **bytes, size_t *length, Err *err)
{
    MarkupNode *const svg = markup_create_svg(arena);
    const Canvas canvas = {.arena = arena, .svg = svg};

    describe(svg, arena, plot);
    markup_add(svg, "style", plot_file_style(arena));
    markup_break(svg);
    write_text(&canvas, 4, LINE, "caption", cut(arena, plot->title, TITLE_COLUMNS));
    draw(svg, arena, plot, 3 * LINE + 4);
    return markup_print(arena, svg, bytes, length, err);
}
