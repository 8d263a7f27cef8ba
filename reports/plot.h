/*
 * plot.h - small plots as SVG: lines, steps, points with intervals, bars and bands on linear or logarithmic axes.
 *
 * A plot is data. It is drawn as a tree (markup.h), so no name or label can become markup; the same data give the same
 * bytes. What cannot be drawn (not finite, beyond 1e15, not above 0 on a logarithmic axis, outside the ends of the x
 * axis) is left out; y beyond the ends of its axis is drawn at the end. Series differ by dash and shape, not by colour
 * alone.
 */
#ifndef REPORTS_PLOT_H
#define REPORTS_PLOT_H

#include "core/words.h"
#include "reports/markup.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum PlotScale
{
    PLOT_LINEAR,
    PLOT_LOG,
} PlotScale;

// How values of an axis read.
typedef enum PlotUnit
{
    PLOT_NUMBERS,
    PLOT_SHARES,  // .25 reads "25%"
    PLOT_HOURS,   // of a duration: ticks part days evenly
    PLOT_DAYS,    // civil days, see core/instant.h
} PlotUnit;

typedef struct PlotAxis
{
    const char *label;  // what is measured, and in which unit
    Language language;  // of its numbers
    PlotScale scale;
    PlotUnit unit;
    double low,
        high;  // the ends; when they are not low < high (NAN, or both 0), what the data need
} PlotAxis;

typedef enum PlotMark
{
    PLOT_LINE,
    PLOT_STEP,  // keeps its value up to the next point
    PLOT_DOTS,  // with a vertical interval where low and high are known
    PLOT_BARS,  // from 0
    PLOT_BAND,  // between low and high; y is not drawn
} PlotMark;

typedef struct PlotPoint
{
    double x, y;
    double low, high;  // NAN: none
} PlotPoint;

#define PLOT_HUES  5
#define PLOT_FAINT PLOT_HUES  // the hue of references that data are compared with

typedef struct PlotSeries
{
    const char *name;  // in the legend and the table of numbers; "" leaves it out of both
    PlotMark mark;
    int hue;  // 0 to PLOT_HUES - 1, or PLOT_FAINT
    const PlotPoint *points;
    size_t count;
} PlotSeries;

typedef struct Plot
{
    const char *id;  // unique in the page: letters, digits, '-'
    const char *title;
    const char *description;  // what it shows, in a sentence, for those who cannot see it
    PlotAxis x, y;
    const PlotSeries *series;  // drawn in this order
    size_t count;
} Plot;

// Append a figure: caption, drawing, and the numbers behind it in a table that opens on demand. The page needs
// plot_style. Returns the figure.
MarkupNode *plot_add(MarkupNode *parent, Arena *arena, const Plot *plot);

// The drawing as an SVG file of its own, light and dark. Owned by the arena.
bool plot_svg(Arena *arena, const Plot *plot, const char **bytes, size_t *length, Err *err);

// The look of plots; the names of colours are those of report_colours (style.h).
extern const char *const plot_style;

#endif
