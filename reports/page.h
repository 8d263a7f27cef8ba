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
    const ReportOptions *options;
    const char *home;  // the file of the night's page; "" where this is it
} Page;

// A column of a table: its heading and the class of its cells.
typedef struct Column
{
    const char *heading, *class_name;  // class_name "" for none
} Column;

// A page about a digest. Texts are owned by the arena.
Page page_of(Arena *arena, const Digest *digest, const ReportOptions *options);

// What titles begin with: "Merchant - ", "" where the settings name none.
const char *page_of_whom(const Page *page);

// The head of a page: it needs no network and runs no script, but the one with the fingerprint script ("" for none).
// more_style is added to the style sheet. Returns the head.
MarkupNode *page_head(
    MarkupNode *root, Arena *arena, const char *title, const char *more_style, const char *script);

// The top of a page's body: a link to the element `skip_to` for those who do not see the page, then the header with the title;
// returns it, to be added to.
MarkupNode *page_header(const Page *page, MarkupNode *body, const char *title, const char *skip_to);
void page_footer(const Page *page, MarkupNode *body);

// A link in a list of links; nothing is linked where href is "".
void page_link(MarkupNode *parent, const char *href, const char *text);

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

// Where a case's own page is ("cases/12.html"); "" when it has none.
const char *page_case_link(const Page *page, int64_t number);

// The night before among the digest's; NULL for none.
const NightCount *page_night_before(const Digest *digest);

// The sum of a night's counts over the kinds.
KindCount page_kinds_sum(const KindCount kinds[CASE_KIND_COUNT]);

// The long tables; they refer to the page's digest.
struct Grid;
void page_cases_grid(const Page *page, struct Grid *out);
void page_claims_grid(const Page *page, struct Grid *out);

// The sections, in their order: counts, the ranked cases, incidents (none without any), claims with bordereaux, how true
// the last nights were, and what it all rests on.
void page_add_tonight(const Page *page, MarkupNode *main);
void page_add_cases(const Page *page, MarkupNode *main);
void page_add_incidents(const Page *page, MarkupNode *main);
void page_add_claims(const Page *page, MarkupNode *main);
void page_add_claims_past(const Page *page, MarkupNode *section);  // part of the section before
void page_add_carriers(const Page *page, MarkupNode *main);        // nothing without scorecards
void page_add_trust(const Page *page, MarkupNode *main);
void page_add_fates(const Page *page, MarkupNode *section);  // part of the section before
void page_add_data(const Page *page, MarkupNode *main);
void page_add_freshness(const Page *page, MarkupNode *section);  // part of the section before

#endif
