/*
 * folio_parts.h - what the files of the page kit share: pages are first laid out as lists of marks and printed afterwards, when
 * their number is known.
 */
#ifndef CLAIMS_PAPERS_FOLIO_PARTS_H
#define CLAIMS_PAPERS_FOLIO_PARTS_H

#include "claims/papers/folio.h"

#include <pango/pango.h>

#define FOLIO_LEFT   62.0
#define FOLIO_TOP    56.0
#define FOLIO_BOTTOM 786.0  // marks end here; the foot stands below
#define FOLIO_INNER  (FOLIO_WIDTH - 2 * FOLIO_LEFT)
#define FOLIO_FOOT   804.0

typedef enum FolioStyle
{
    STYLE_BODY,
    STYLE_STRONG,
    STYLE_SMALL,
    STYLE_TITLE,
    STYLE_HEADING,
    STYLE_CELL,
    STYLE_CELL_STRONG,
    STYLE_COUNT,
} FolioStyle;

typedef enum MarkKind
{
    MARK_TEXT,   // lines first..last of a layout, the first at x, y
    MARK_LINE,   // from x, y by width, height
    MARK_FRAME,  // a rectangle
    MARK_SHADE,  // a light grey rectangle
    MARK_OPEN,   // a tag of structure begins
    MARK_CLOSE,
    MARK_PAGE,  // the page ends
} MarkKind;

typedef struct FolioMark
{
    MarkKind kind;
    double x, y, width, height;
    double weight, dash;  // of a line
    PangoLayout *layout;
    int first, last;  // lines of it
    const char *tag;
} FolioMark;

struct Folio
{
    Press *press;
    Arena *arena;
    FolioSetup setup;
    double y;      // where the next mark goes
    double above;  // space wanted above the next block, not at the top of a page
    FolioMark *items;
    size_t count, capacity;
    int pages;
    const char **alternatives;  // of figures, in order
    size_t alternative_count, alternative_capacity;
};

// A text as laid out in a width (points), cut after so many lines with an ellipsis (0: never). Owned by the page's arena.
PangoLayout *
folio_layout(Folio *folio, FolioStyle style, const char *text, double width, int lines_max);

// Points: how high a layout is, how high the letters of a style are.
double folio_layout_height(PangoLayout *layout);
double folio_style_size(FolioStyle style);

// Place marks; nothing is checked against the page's end.
void folio_put(Folio *folio, FolioMark mark);
void folio_put_text(Folio *folio, PangoLayout *layout, double x, double y);
void folio_put_line(Folio *folio, double x, double y, double width, double height, double weight);
void folio_open(Folio *folio, const char *tag);
void folio_close(Folio *folio);

// Begin a block: the space above it, and a new page when height does not fit on this one any more.
void folio_need(Folio *folio, double above, double height);
void folio_turn(Folio *folio);

// Print what was laid out.
bool folio_print(Folio *folio, const char **bytes, size_t *length, Err *err);

#endif
