/*
 * reports.h - a digest as documents. The same digest gives the same bytes.
 *
 * What grows with the cases of a night is written to a file row by row, so that memory does not grow with it; whoever made the file
 * sees whether all bytes got there (core/file.h, file_make). ERR_FAILED: no memory for a row.
 */
#ifndef REPORTS_REPORTS_H
#define REPORTS_REPORTS_H

#include "config/catalogue.h"
#include "core/arena.h"
#include "core/backtest.h"
#include "core/digest.h"
#include "core/err.h"
#include "core/story.h"
#include "core/zone.h"

#include <stdio.h>

// How the pages of a night are to be.
typedef struct ReportOptions
{
    const Zone *zone;
    const char *language;        // "fr" or "en"
    const Catalogue *catalogue;  // for links to the carriers' tracking pages; NULL for none
    const int64_t *case_pages;   // numbers of the cases with a page of their own, ascending
    size_t case_page_count;
} ReportOptions;

// The night as one self-contained HTML page: no network, no script needed to read it; script sorts, filters and searches.
// Light and dark, phone and paper. Built as a tree by libxml2, so that texts are escaped by construction. It links to the
// pages below by their names, to "../index.html" and, of the nights before and after, to theirs.
bool report_html(FILE *file, const Digest *digest, const ReportOptions *options, Err *err);

// Further pages for long tables, for those who run no script: how many, the file name of each ("cases-2.html"), and each.
size_t report_further_count(const Digest *digest);
const char *report_further_name(Arena *arena, const Digest *digest, size_t index);
bool report_further(
    FILE *file, const Digest *digest, const ReportOptions *options, size_t index, Err *err);

// The page of one case ("cases/12.html"): its story, in English as it is told, with its waits drawn. tracking_link "" for none.
bool report_case(Arena *arena, const ReportOptions *options, int64_t number,
    const char *tracking_link, const Story *story, const char **bytes, size_t *length, Err *err);

// "next.html" of a night's folder: leads to the night after, once there is one. folder is that night's, "" while there is
// none.
bool report_next(Arena *arena, const char *language, const char *folder, const char **bytes,
    size_t *length, Err *err);

// "index.html" over all nights of the digest, for the folder above theirs.
bool report_index(Arena *arena, const Digest *digest, const ReportOptions *options,
    const char **bytes, size_t *length, Err *err);

// Ranked cases as CSV: one header, one row per case, machine formats (RFC 3339, minor units as
// decimals).
void report_csv(FILE *file, const Digest *digest);

// Scorecards as CSV: one header, one row per card, machine formats.
const char *report_carriers_csv(Arena *arena, const Scorecards *cards, size_t *length);

// The night as a workbook (XLSX) for people: a sheet for each audience, carriers, and incidents. ERR_FAILED when temporary
// files cannot be written.
bool
report_xlsx(FILE *file, const Digest *digest, const Zone *zone, const char *language, Err *err);

// The whole digest as JSON; "schema": "vigie.night/1", described in docs/night.schema.json.
bool report_json(FILE *file, const Digest *digest, Err *err);

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
