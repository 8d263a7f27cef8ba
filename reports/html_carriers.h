/*
 * html_carriers.h - what the parts of the carriers' section share.
 */
#ifndef REPORTS_HTML_CARRIERS_H
#define REPORTS_HTML_CARRIERS_H

#include "core/scorecard.h"
#include "reports/page.h"

// A text in each language.
typedef struct Spoken
{
    const char *of[LANGUAGE_COUNT];
} Spoken;

extern const Spoken carriers_heading;

// Columns with their headings in the page's language; numbers from the column `first_number` on.
void carriers_columns(
    const Page *page, const Spoken *headings, size_t count, size_t first_number, Column *columns);

// "92 %" with "90 % to 94 %, of 549" below it; "-" when of nothing.
void carriers_share_cell(
    const Page *page, MarkupNode *row, const Column *column, const ScoreShare *share);

// The promises by which cards are compared: those of the origin with more of them.
const ScoreShare *carriers_on_time(const Scorecard *card);

// The numbers that all cards are compared by: parcels, transit times, promises kept, losses; CARRIERS_NUMBERS cells.
#define CARRIERS_NUMBERS 6
void carriers_number_cells(
    const Page *page, MarkupNode *row, const Column *columns, const Scorecard *card);
extern const Spoken carriers_number_headings[CARRIERS_NUMBERS];

// The parts of the section: services, lanes that several carriers serve, and lanes and parcels that are delayed most.
void carriers_add_services(const Page *page, MarkupNode *section);
void carriers_add_shared_lanes(const Page *page, MarkupNode *section);
void carriers_add_late_lanes(const Page *page, MarkupNode *section);
void carriers_add_late_parcels(const Page *page, MarkupNode *section);

#endif
