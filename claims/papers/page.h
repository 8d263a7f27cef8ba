/*
 * page.h - a PDF of A4 pages, written from top to bottom: headings, paragraphs, facts, tables, a curve. Pages break by
 * themselves; every page ends with its number. The PDF is tagged (headings, paragraphs, lists, tables, figures), has a title,
 * an author and a language, and holds its fonts.
 *
 * Texts are cleaned (text_clean); what is longer than a place allows is cut with an ellipsis. Lengths are points.
 */
#ifndef CLAIMS_PAPERS_PAGE_H
#define CLAIMS_PAPERS_PAGE_H

#include "claims/papers/press.h"

#define PAGE_WIDTH  595.276  // ISO 216, A4
#define PAGE_HEIGHT 841.890

typedef struct Page Page;

typedef struct PageSetup
{
    const char *title, *author, *language;
    const char *foot;  // before the page's number: "VG-000123"
    const char *mark;  // a word before that, on every page: "DRAFT"; "" for none
    Instant made_at;   // stated as the time of making
} PageSetup;

// Begin a PDF. Texts of the setup are kept by reference until page_end().
Page *page_begin(Press *press, Arena *arena, const PageSetup *setup);

// Blocks of text, from the top of the page to its bottom.
void page_title(Page *page, const char *text);
void page_heading(Page *page, const char *text);  // stays with what follows
void page_paragraph(Page *page, const char *text);
void page_small(Page *page, const char *text);   // a paragraph of lesser weight
void page_banner(Page *page, const char *text);  // in a frame: what nobody may overlook
void page_space(Page *page, double height);

// Two blocks of lines beside each other, as at the head of a letter; '\n' ends a line. The first line of each is bold.
void page_blocks(Page *page, const char *left, const char *right);

// A line on the right: place and date.
void page_dateline(Page *page, const char *text);

typedef struct PageFact
{
    const char *name, *value;
} PageFact;

// Names and values in two columns; those without value are left out.
void page_facts(Page *page, const PageFact *facts, size_t count);

// A numbered list.
void page_list(Page *page, const char *const *texts, size_t count);

typedef struct PageColumn
{
    const char *name;
    double share;  // of the width; all of a table make 1
    bool right;    // aligned so: numbers
} PageColumn;

typedef struct PageRow
{
    const char *const *cells;  // one for each column; NULL is ""
    bool strong;               // a total, what decided
} PageRow;

// A table; its header is repeated on each page that it goes on to.
void page_table(
    Page *page, const PageColumn *columns, size_t column_count, const PageRow *rows, size_t count);

// A line to write on by hand, after its name: "Name ......".
void page_blank(Page *page, const char *name);

typedef struct PageCurve
{
    const double *x, *y;  // y is a share, 0..1; steps
    size_t count;
    double mark_x;     // where a vertical line stands; NAN for none
    const char *mark;  // what it says
    const char *x_name, *y_name;
    const char *hour, *day;   // short names of units: "h", "d"
    const char *alternative;  // the figure in words, for those who do not see it
} PageCurve;

// Shares by hours since an event, with a mark; readable in black and white. x is in hours.
void page_curve(Page *page, const PageCurve *curve);

// Finish. The bytes belong to the arena. ERR_FAILED with the reason of cairo or qpdf.
bool page_end(Page *page, const char **bytes, size_t *length, Err *err);

#endif
