/*
 * timeline_plot.h - a parcel's waits on one axis of time, each against what is normal there.
 */
#ifndef REPORTS_TIMELINE_PLOT_H
#define REPORTS_TIMELINE_PLOT_H

#include "core/story.h"
#include "core/zone.h"
#include "reports/markup.h"

// Append a figure: caption, drawing, and its numbers in a table that opens on demand. The page needs plot_style and
// timeline_style.
void timeline_add(MarkupNode *parent, Arena *arena, const Zone *zone, const Story *story);

// The look of what other plots have not.
extern const char *const timeline_style;

#endif
