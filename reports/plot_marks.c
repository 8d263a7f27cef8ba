/*
 * Lines, steps, dots with intervals, bars and bands. Where a point cannot be drawn a line breaks: it does not lead over
 * what is unknown. A point alone between two breaks is drawn as a dot, or nobody would see it.
 */
#include "reports/plot_marks.h"

#include "core/text.h"

#include <math.h>

#define DOT        2.6  // half the size of a dot
#define CAP        2.5  // half the width of an interval's ends
#define BAR_WIDEST 28.0
#define BAR_SHARE  .8  // of the space between bars

void
markup_set_number(const Canvas *canvas, MarkupNode *node, const char *attribute, double value)
{
    markup_set(node, attribute, arena_printf(canvas->arena, "%.2f", value));
}

void
canvas_line(
    const Canvas *canvas, const char *class_name, double x1, double y1, double x2, double y2)
{
    MarkupNode *const line = markup_add_class(canvas->svg, "line", class_name, NULL);

    markup_set_number(canvas, line, "x1", x1);
    markup_set_number(canvas, line, "y1", y1);
    markup_set_number(canvas, line, "x2", x2);
    markup_set_number(canvas, line, "y2", y2);
    markup_break(canvas->svg);
}

static const char *
class_of(const Canvas *canvas, const char *mark, int hue)
{
    return hue < 0 || hue >= PLOT_FAINT ? arena_printf(canvas->arena, "%s faint", mark)
                                        : arena_printf(canvas->arena, "%s h%d", mark, hue);
}

static void
add_path(const Canvas *canvas, const char *mark, int hue, const char *data)
{
    MarkupNode *const path =
        markup_add_class(canvas->svg, "path", class_of(canvas, mark, hue), NULL);

    markup_set(path, "d", data);
    markup_break(canvas->svg);
}

// Circle, square, diamond, triangle up, triangle down: told apart without colour.
static void
add_dot(const Canvas *canvas, int hue, double x, double y)
{
    static const double shapes[PLOT_HUES][4][2] = {
        {{0}},
        {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}},
        {{0, -1.4}, {1.4, 0}, {0, 1.4}, {-1.4, 0}},
        {{0, -1.3}, {1.3, 1}, {-1.3, 1}, {0, -1.3}},
        {{0, 1.3}, {1.3, -1}, {-1.3, -1}, {0, 1.3}},
    };
    Text data = {.arena = canvas->arena};

    if (hue <= 0 || hue >= PLOT_HUES) {
        MarkupNode *const circle =
            markup_add_class(canvas->svg, "circle", class_of(canvas, "dot", hue), NULL);

        markup_set_number(canvas, circle, "cx", x);
        markup_set_number(canvas, circle, "cy", y);
        markup_set_number(canvas, circle, "r", DOT);
        markup_break(canvas->svg);
        return;
    }
    for (size_t i = 0; i < 4; i++)
        text_add_format(&data, "%s%.2f %.2f", i == 0 ? "M" : "L", x + DOT * shapes[hue][i][0],
            y + DOT * shapes[hue][i][1]);
    text_add(&data, "Z");
    add_path(canvas, "dot", hue, text_get(&data));
}

static bool
has_place(const Canvas *canvas, const PlotPoint *point, double y)
{
    return plot_is_drawable(canvas->x.axis, point->x) && plot_is_within(&canvas->x, point->x) &&
           plot_is_drawable(canvas->y.axis, y);
}

static size_t
draw_line(const Canvas *canvas, const PlotSeries *series)
{
    Text data = {.arena = canvas->arena};
    size_t drawn = 0;
    size_t run = 0;

    for (size_t i = 0; i <= series->count; i++) {
        const PlotPoint *const point = i < series->count ? &series->points[i] : NULL;

        if (point && has_place(canvas, point, point->y)) {
            const double x = plot_place(&canvas->x, point->x);
            const double y = plot_place(&canvas->y, point->y);

            if (run > 0 && series->mark == PLOT_STEP)
                text_add_format(&data, "H%.2fV%.2f", x, y);
            else
                text_add_format(&data, "%s%.2f %.2f", run == 0 ? "M" : "L", x, y);
            run++;
            drawn++;
            continue;
        }
        if (run == 1)
            add_dot(canvas, series->hue, plot_place(&canvas->x, series->points[i - 1].x),
                plot_place(&canvas->y, series->points[i - 1].y));
        run = 0;
    }
    if (drawn > 0)
        add_path(canvas, "line", series->hue, text_get(&data));
    return drawn;
}

static bool
has_interval(const Canvas *canvas, const PlotPoint *point)
{
    return has_place(canvas, point, point->low) && has_place(canvas, point, point->high) &&
           point->low <= point->high;
}

static size_t
draw_dots(const Canvas *canvas, const PlotSeries *series)
{
    size_t drawn = 0;

    for (size_t i = 0; i < series->count; i++) {
        const PlotPoint *const point = &series->points[i];

        if (!has_place(canvas, point, point->y))
            continue;

        const double x = plot_place(&canvas->x, point->x);

        if (has_interval(canvas, point)) {
            const double low = plot_place(&canvas->y, point->low);
            const double high = plot_place(&canvas->y, point->high);
            const double left = fmax(x - CAP, canvas->x.from);
            const double right = fmin(x + CAP, canvas->x.to);

            add_path(canvas, "interval", series->hue,
                arena_printf(canvas->arena, "M%.2f %.2fH%.2fM%.2f %.2fV%.2fM%.2f %.2fH%.2f", left,
                    low, right, x, low, high, left, high, right));
        }
        add_dot(canvas, series->hue, x, plot_place(&canvas->y, point->y));
        drawn++;
    }
    return drawn;
}

// One closed shape for each run of points: along the upper edge, and back along the lower one.
static void
add_band(const Canvas *canvas, const PlotSeries *series, size_t first, size_t end)
{
    Text data = {.arena = canvas->arena};

    for (size_t i = first; i < end; i++)
        text_add_format(&data, "%s%.2f %.2f", i == first ? "M" : "L",
            plot_place(&canvas->x, series->points[i].x),
            plot_place(&canvas->y, series->points[i].high));
    for (size_t i = end; i > first; i--)
        text_add_format(&data, "L%.2f %.2f", plot_place(&canvas->x, series->points[i - 1].x),
            plot_place(&canvas->y, series->points[i - 1].low));
    text_add(&data, "Z");
    add_path(canvas, "band", series->hue, text_get(&data));
}

static size_t
draw_band(const Canvas *canvas, const PlotSeries *series)
{
    size_t drawn = 0;
    size_t first = 0;

    for (size_t i = 0; i <= series->count; i++) {
        if (i < series->count && has_interval(canvas, &series->points[i])) {
            drawn++;
            continue;
        }
        if (i > first)
            add_band(canvas, series, first, i);
        first = i + 1;
    }
    return drawn;
}

double
marks_bar_spacing(const Plot *plot)
{
    double least = INFINITY;

    for (size_t i = 0; i < plot->count; i++) {
        const PlotSeries *const series = &plot->series[i];

        for (size_t k = 1; series->mark == PLOT_BARS && k < series->count; k++) {
            const double apart = fabs(series->points[k].x - series->points[k - 1].x);

            if (apart > 0)
                least = fmin(least, apart);
        }
    }
    return isfinite(least) ? least : 1;
}

// Bars of several series stand side by side.
static void
bar_slot(const Canvas *canvas, size_t series, double *width, double *shift)
{
    const Plot *const plot = canvas->plot;
    const double scale = (canvas->x.to - canvas->x.from) / (canvas->x.high - canvas->x.low);
    size_t count = 0;
    size_t before = 0;

    for (size_t i = 0; i < plot->count; i++)
        if (plot->series[i].mark == PLOT_BARS) {
            count++;
            before += i < series;
        }
    *width = fmin(BAR_SHARE * scale * marks_bar_spacing(plot) / (double)count, BAR_WIDEST);
    *shift = ((double)before - ((double)count - 1) / 2) * *width;
}

static size_t
draw_bars(const Canvas *canvas, const PlotSeries *series, size_t index)
{
    const double base =
        plot_place(&canvas->y, canvas->y.axis->scale == PLOT_LOG ? canvas->y.low : 0);
    double width;
    double shift;
    size_t drawn = 0;

    bar_slot(canvas, index, &width, &shift);
    for (size_t i = 0; i < series->count; i++) {
        const PlotPoint *const point = &series->points[i];

        if (!has_place(canvas, point, point->y))
            continue;

        const double middle = plot_place(&canvas->x, point->x) + shift;
        const double left = fmax(middle - width / 2, canvas->x.from);
        const double right = fmin(middle + width / 2, canvas->x.to);
        const double y = plot_place(&canvas->y, point->y);
        MarkupNode *const bar =
            markup_add_class(canvas->svg, "rect", class_of(canvas, "bar", series->hue), NULL);

        markup_set_number(canvas, bar, "x", left);
        markup_set_number(canvas, bar, "y", fmin(y, base));
        markup_set_number(canvas, bar, "width", fmax(right - left, 0));
        markup_set_number(canvas, bar, "height", fabs(base - y));
        markup_break(canvas->svg);
        drawn++;
    }
    return drawn;
}

size_t
marks_draw(const Canvas *canvas, size_t series)
{
    const PlotSeries *const drawn = &canvas->plot->series[series];

    switch (drawn->mark) {
    case PLOT_LINE:
    case PLOT_STEP:
        return draw_line(canvas, drawn);
    case PLOT_DOTS:
        return draw_dots(canvas, drawn);
    case PLOT_BARS:
        return draw_bars(canvas, drawn, series);
    case PLOT_BAND:
        return draw_band(canvas, drawn);
    }
    return 0;
}

void
marks_swatch(const Canvas *canvas, const PlotSeries *series, double x, double y, double width)
{
    if (series->mark == PLOT_DOTS) {
        add_dot(canvas, series->hue, x + width / 2, y);
        return;
    }

    const bool area = series->mark == PLOT_BARS || series->mark == PLOT_BAND;
    const char *const data =
        area ? arena_printf(canvas->arena, "M%.2f %.2fh%.2fv8h%.2fZ", x, y - 4, width, -width)
             : arena_printf(canvas->arena, "M%.2f %.2fh%.2f", x, y, width);

    add_path(canvas,
        series->mark == PLOT_BARS   ? "bar"
        : series->mark == PLOT_BAND ? "band"
                                    : "line",
        series->hue, data);
}
