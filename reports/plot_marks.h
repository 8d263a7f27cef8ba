/*
 * plot_marks.h - the marks of a drawing, one kind of series each; shared by the parts of plot.h.
 */
#ifndef REPORTS_PLOT_MARKS_H
#define REPORTS_PLOT_MARKS_H

#include "reports/plot_axis.h"

typedef struct Canvas
{
    Arena *arena;
    MarkupNode *svg;
    PlotRuler x, y;
    const Plot *plot;
} Canvas;

// Append a line, of a class.
void canvas_line(
    const Canvas *canvas, const char *class_name, double x1, double y1, double x2, double y2);

// Give an element a coordinate, with two decimals.
void markup_set_number(const Canvas *canvas, MarkupNode *node, const char *attribute, double value);

// Draw a series. Returns how many of its points were drawn.
size_t marks_draw(const Canvas *canvas, size_t series);

// What stands for a series in the legend, `width` wide, its middle at y.
void marks_swatch(const Canvas *canvas, const PlotSeries *series, double x, double y, double width);

// The least distance of two bars of a plot on its x axis; 1 when there are not two.
double marks_bar_spacing(const Plot *plot);

// The numbers of a plot in a table that opens on demand.
void plot_numbers(MarkupNode *figure, Arena *arena, const Plot *plot);

// The whole style sheet of a drawing in a file of its own.
const char *plot_file_style(Arena *arena);

#endif
