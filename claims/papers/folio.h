/*
 * folio.h - a PDF of A4 pages, written from top to bottom: headings, paragraphs, facts, tables, a curve. Pages break by
 * themselves; every page ends with its number. The PDF is tagged (headings, paragraphs, lists, tables, figures), has a title,
 * an author and a language, and holds its fonts.
 *
 * Texts are cleaned (text_clean); what is longer than a place allows is cut with an ellipsis. Lengths are points.
 */
#ifndef CLAIMS_PAPERS_FOLIO_H
#define CLAIMS_PAPERS_FOLIO_H

#include "claims/papers/press.h"

#define FOLIO_WIDTH  595.276  // ISO 216, A4
#define FOLIO_HEIGHT 841.890

typedef struct Folio Folio;

typedef struct FolioSetup
{
    const char *title, *author, *language;
    const char *foot;  // before the page's number: "VG-000123"
    const char *mark;  // a word before that, on every page: "DRAFT"; "" for none
    Instant made_at;   // stated as the time of making
} FolioSetup;

// Begin a PDF. Texts of the setup are kept by reference until folio_end().
Folio *folio_begin(Press *press, Arena *arena, const FolioSetup *setup);

// Blocks of text, from the top of the page to its bottom.
void folio_title(Folio *folio, const char *text);
void folio_heading(Folio *folio, const char *text);  // stays with what follows
void folio_paragraph(Folio *folio, const char *text);
void folio_small(Folio *folio, const char *text);   // a paragraph of lesser weight
void folio_banner(Folio *folio, const char *text);  // in a frame: what nobody may overlook
void folio_space(Folio *folio, double height);

// Two blocks of lines beside each other, as at the head of a letter; '\n' ends a line. The first line of each is bold.
void folio_blocks(Folio *folio, const char *left, const char *right);

// A line on the right: place and date.
void folio_dateline(Folio *folio, const char *text);

typedef struct FolioFact
{
    const char *name, *value;
} FolioFact;

// Names and values in two columns; those without value are left out.
void folio_facts(Folio *folio, const FolioFact *facts, size_t count);

// A numbered list.
void folio_list(Folio *folio, const char *const *texts, size_t count);

typedef struct FolioColumn
{
    const char *name;
    double share;  // of the width; all of a table make 1
    bool right;    // aligned so: numbers
} FolioColumn;

typedef struct FolioRow
{
    const char *const *cells;  // one for each column; NULL is ""
    bool strong;               // a total, what decided
} FolioRow;

// A table; its header is repeated on each page that it goes on to.
void folio_table(Folio *folio, const FolioColumn *columns, size_t column_count,
    const FolioRow *rows, size_t count);

// A line to write on by hand, after its name: "Name ......".
void folio_blank(Folio *folio, const char *name);

typedef struct FolioCurve
{
    const double *x, *y;  // y is a share, 0..1; steps
    size_t count;
    double mark_x;     // where a vertical line stands; NAN for none
    const char *mark;  // what it says
    const char *x_name, *y_name;
    const char *hour, *day;   // short names of units: "h", "d"
    const char *alternative;  // the figure in words, for those who do not see it
} FolioCurve;

// Shares by hours since an event, with a mark; readable in black and white. x is in hours.
void folio_curve(Folio *folio, const FolioCurve *curve);

// Finish. The bytes belong to the arena. ERR_FAILED with the reason of cairo or qpdf.
bool folio_end(Folio *folio, const char **bytes, size_t *length, Err *err);

#endif
