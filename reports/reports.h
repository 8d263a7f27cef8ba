/*
 * reports.h - a digest as documents. The same digest gives the same bytes.
 */
#ifndef REPORTS_REPORTS_H
#define REPORTS_REPORTS_H

#include "core/arena.h"
#include "core/backtest.h"
#include "core/digest.h"
#include "core/err.h"
#include "core/zone.h"

// One self-contained HTML page: no script needed, no network, light and dark, phone and paper.
// language "fr" or "en". Built as a tree by libxml2, so that texts are escaped by construction.
bool report_html(Arena *arena, const Digest *digest, const Zone *zone, const char *language,
    const char **bytes, size_t *length, Err *err);

// Ranked cases as CSV: one header, one row per case, machine formats (RFC 3339, minor units as
// decimals).
const char *report_csv(Arena *arena, const Digest *digest, size_t *length);

// The whole digest as JSON; "schema": "vigie.night/1", described in docs/night.schema.json.
bool report_json(Arena *arena, const Digest *digest, const char **bytes, size_t *length, Err *err);

// Ranked cases as a table for a terminal of so many columns (at least 40; less counts as 40).
// currency is that of the expected cost; days are those of the zone. Columns give way before texts
// are cut, and what is cut ends in an ellipsis. One line per case and one for the headings.
const char *report_table(Arena *arena, const CaseRecord *cases, size_t count, const Zone *zone,
    const char *currency, size_t columns);

// A backtest as JSON; "schema": "vigie.backtest/1", described in docs/backtest.schema.json. Without its parcel-nights.
bool report_backtest_json(
    Arena *arena, const BacktestReport *report, const char **bytes, size_t *length, Err *err);

// Its parcel-nights as CSV, part by part: part 0 is the header, part n the rows of night n - 1.
const char *
report_backtest_csv(Arena *arena, const BacktestReport *report, size_t part, size_t *length);

// Its scores as tables for a terminal of so many columns (at least 40; less counts as 40).
const char *report_backtest_table(Arena *arena, const BacktestReport *report, size_t columns);

// The result of a backtest as one self-contained HTML page, in English, as report_html() makes it: sentences first, then
// scores, plots and lists of each question, the nights, and how it was done. The same result gives the same bytes.
bool report_backtest_html(
    Arena *arena, const BacktestReport *report, const char **bytes, size_t *length, Err *err);

#endif
