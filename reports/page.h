/*
 * page.h - what the parts of the HTML report share.
 */
#ifndef REPORTS_PAGE_H
#define REPORTS_PAGE_H

#include "reports/markup.h"
#include "reports/phrases.h"
#include "reports/reports.h"

typedef struct Page
{
    Arena *arena;
    const Digest *digest;
    const Zone *zone;
    Language language;
    const Phrases *phrases;
} Page;

// A column of a table: its heading and the class of its cells.
typedef struct Column
{
    const char *heading, *class_name;  // class_name "" for none
} Column;

// The head of a page: it needs no network and runs no script. more_style is added to the style sheet.
void page_head(MarkupNode *root, Arena *arena, const char *title, const char *more_style);

// A section with a heading that labels it.
MarkupNode *page_section(MarkupNode *main, const char *id, const char *heading);

// A table with its head; wide ones become cards on a phone. caption may be NULL. Returns the body.
MarkupNode *
page_table(MarkupNode *parent, const char *caption, const Column *columns, size_t count, bool wide);

// Append a cell under a column, with a text unless that is NULL; a header cell names its row.
// Returns the cell.
MarkupNode *page_cell(MarkupNode *row, const Column *column, const char *text);
MarkupNode *page_row_header(MarkupNode *row, const Column *column, const char *text);

// Money of the night's currency.
Money page_cost(const Page *page, int64_t minor);

// The sections, in their order: counts by kind, incidents (none without any), the ranked cases, claims with bordereaux, how true
// the last nights were, and what it all rests on.
void page_add_tonight(const Page *page, MarkupNode *main);
void page_add_incidents(const Page *page, MarkupNode *main);
void page_add_cases(const Page *page, MarkupNode *main);
void page_add_claims(const Page *page, MarkupNode *main);
void page_add_trust(const Page *page, MarkupNode *main);
void page_add_data(const Page *page, MarkupNode *main);

#endif
