/*
 * baseline.h - what is normal, as a page and as a drawing. The same answer gives the same bytes.
 */
#ifndef REPORTS_BASELINE_H
#define REPORTS_BASELINE_H

#include "core/arena.h"
#include "core/err.h"
#include "core/normal.h"
#include "core/zone.h"

// One self-contained HTML page, in English: a section for each milestone with its curve, its numbers and the groups it
// rests on.
bool report_baseline_html(Arena *arena, const NormalReport *report, const Zone *zone,
    const char **bytes, size_t *length, Err *err);

// The curve as an SVG file: of one milestone with its 95 % band, of several (the five with the most events) without.
bool report_baseline_svg(
    Arena *arena, const NormalReport *report, const char **bytes, size_t *length, Err *err);

#endif
