/*
 * plot_axis.h - from values to places on the paper, and the round numbers beside an axis; shared by the parts of plot.h.
 */
#ifndef REPORTS_PLOT_AXIS_H
#define REPORTS_PLOT_AXIS_H

#include "reports/plot.h"

#define PLOT_TICKS 12  // at most

// An axis laid out: values low..high between two coordinates.
typedef struct PlotRuler
{
    const PlotAxis *axis;
    double low, high;  // low < high
    double from, to;   // coordinates of low and high
} PlotRuler;

// Whether a value has a place on such an axis at all.
bool plot_is_drawable(const PlotAxis *axis, double value);

// An axis for data between low and high (NAN, NAN: no data) on the coordinates from..to. Unless the axis has its own ends
// they are widened to round numbers.
PlotRuler
plot_ruler(const PlotAxis *axis, double data_low, double data_high, double from, double to);

// The coordinate of a drawable value, within from..to.
double plot_place(const PlotRuler *ruler, double value);

// Whether a drawable value lies between the ends.
bool plot_is_within(const PlotRuler *ruler, double value);

// Round values from low to high, rising. Returns how many; at least one unless the ends are too close for numbers to tell
// apart.
size_t plot_ticks(const PlotRuler *ruler, double ticks[PLOT_TICKS]);

// A tick as it is written beside the axis, and a value as it stands in a table ("" for NAN). Owned by the arena.
const char *plot_tick_text(Arena *arena, const PlotRuler *ruler, double tick);
const char *plot_value_text(Arena *arena, const PlotAxis *axis, double value);

#endif
