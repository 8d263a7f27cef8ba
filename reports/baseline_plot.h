/*
 * baseline_plot.h - the curves of what is normal, for the page and the drawing.
 */
#ifndef REPORTS_BASELINE_PLOT_H
#define REPORTS_BASELINE_PLOT_H

#include "core/normal.h"
#include "reports/plot.h"

// One milestone: its curve with the band. Owned by the arena.
Plot baseline_plot(Arena *arena, const char *id, const Normal *normal);

// Several: the curves of those with the most events.
Plot baseline_plot_all(Arena *arena, const NormalReport *report);

// "in transit", or with the other measure "in transit, to first presentation". Owned by the arena.
const char *baseline_title(Arena *arena, const Normal *normal);

// Events of the narrowest group behind an answer.
double baseline_events(const Normal *normal);

#endif
