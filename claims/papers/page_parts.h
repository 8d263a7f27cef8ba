/*
 * page_parts.h - what the files of the page kit share: pages are first laid out as lists of marks and printed afterwards, when
 * their number is known.
 */
#ifndef CLAIMS_PAPERS_PAGE_PARTS_H
#define CLAIMS_PAPERS_PAGE_PARTS_H

#include "claims/papers/page.h"

#include <pango/pango.h>

#define PAGE_LEFT   62.0
#define PAGE_TOP    56.0
#define PAGE_BOTTOM 786.0  // marks end here; the foot stands below
#define PAGE_INNER  (PAGE_WIDTH - 2 * PAGE_LEFT)
#define PAGE_FOOT   804.0

typedef enum PageStyle
{
    STYLE_BODY,
    STYLE_STRONG,
    STYLE_SMALL,
    STYLE_TITLE,
    STYLE_HEADING,
    STYLE_CELL,
    STYLE_CELL_STRONG,
    STYLE_COUNT,
} PageStyle;

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

typedef struct PageMark
{
    MarkKind kind;
    double x, y, width, height;
    double weight, dash;  // of a line
    PangoLayout *layout;
    int first, last;  // lines of it
    const char *tag;
} PageMark;

struct Page
{
    Press *press;
    Arena *arena;
    PageSetup setup;
    double y;      // where the next mark goes
    double above;  // space wanted above the next block, not at the top of a page
    PageMark *items;
    size_t count, capacity;
    int pages;
    const char **alternatives;  // of figures, in order
    size_t alternative_count, alternative_capacity;
};

// A text as laid out in a width (points), cut after so many lines with an ellipsis (0: never). Owned by the page's arena.
PangoLayout *
page_layout(Page *page, PageStyle style, const char *text, double width, int lines_max);

// Points: how high a layout is, how high the letters of a style are.
double page_layout_height(PangoLayout *layout);
double page_style_size(PageStyle style);

// Place marks; nothing is checked against the page's end.
void page_put(Page *page, PageMark mark);
void page_put_text(Page *page, PangoLayout *layout, double x, double y);
void page_put_line(Page *page, double x, double y, double width, double height, double weight);
void page_open(Page *page, const char *tag);
void page_close(Page *page);

// Begin a block: the space above it, and a new page when height does not fit on this one any more.
void page_need(Page *page, double above, double height);
void page_turn(Page *page);

// Print what was laid out.
bool page_print(Page *page, const char **bytes, size_t *length, Err *err);

#endif
