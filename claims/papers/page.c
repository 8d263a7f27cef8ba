/*
 * Layout: text goes down the page block by block. Nothing is drawn here; marks are kept until the
 * number of pages is known.
 */
#include "claims/papers/page.h"

#include "claims/papers/page_parts.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

#define FAMILY        "Liberation Sans"
#define BANNER_LINES  8
#define BLOCK_LINES   9
#define LINE_LINES    2
#define BANNER_MARGIN 8

static const struct
{
    double size;
    bool bold;
} styles[STYLE_COUNT] = {
    [STYLE_BODY] = {9.5, false},
    [STYLE_STRONG] = {9.5, true},
    [STYLE_SMALL] = {8, false},
    [STYLE_TITLE] = {13, true},
    [STYLE_HEADING] = {10.5, true},
    [STYLE_CELL] = {8.2, false},
    [STYLE_CELL_STRONG] = {8.2, true},
};

static void
release_layout(void *layout)
{
    g_object_unref(layout);
}

double
page_style_size(PageStyle style)
{
    return styles[style].size;
}

// Ligatures are off: not every reader of PDFs takes them apart again.
static void
dress(PangoLayout *layout, PageStyle style)
{
    PangoFontDescription *const font = pango_font_description_new();
    PangoAttrList *const attributes = pango_attr_list_new();

    pango_font_description_set_family_static(font, FAMILY);
    pango_font_description_set_absolute_size(font, styles[style].size * PANGO_SCALE);
    pango_font_description_set_weight(
        font, styles[style].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga 0, clig 0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoLayout *
page_layout(Page *page, PageStyle style, const char *text, double width, int lines_max)
{
    PangoLayout *const layout = pango_layout_new(press_context(page->press));
    arena_defer(page->arena, release_layout, layout);

    dress(layout, style);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, text_clean(page->arena, text), -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, (int)floor(width * PANGO_SCALE));
    pango_layout_set_spacing(layout, (int)(styles[style].size * .22 * PANGO_SCALE));
    if (lines_max > 0) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(layout, -lines_max);
    }
    return layout;
}

double
page_layout_height(PangoLayout *layout)
{
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

void
page_put(Page *page, PageMark mark)
{
    ARENA_PUSH(page, mark);
}

void
page_put_text(Page *page, PangoLayout *layout, double x, double y)
{
    page_put(page, (PageMark){.kind = MARK_TEXT,
                       .x = x,
                       .y = y,
                       .layout = layout,
                       .last = pango_layout_get_line_count(layout) - 1});
}

void
page_put_line(Page *page, double x, double y, double width, double height, double weight)
{
    page_put(page,
        (PageMark){
            .kind = MARK_LINE, .x = x, .y = y, .width = width, .height = height, .weight = weight});
}

void
page_open(Page *page, const char *tag)
{
    page_put(page, (PageMark){.kind = MARK_OPEN, .tag = tag});
}

void
page_close(Page *page)
{
    page_put(page, (PageMark){.kind = MARK_CLOSE});
}

void
page_turn(Page *page)
{
    page_put(page, (PageMark){.kind = MARK_PAGE});
    page->pages++;
    page->y = PAGE_TOP;
}

void
page_need(Page *page, double above, double height)
{
    if (page->y > PAGE_TOP)
        page->y += above;
    if (page->y + height > PAGE_BOTTOM && page->y > PAGE_TOP)
        page_turn(page);
}

Page *
page_begin(Press *press, Arena *arena, const PageSetup *setup)
{
    Page *const page = ARENA_NEW(arena, Page);

    *page = (Page){.press = press, .arena = arena, .setup = *setup, .y = PAGE_TOP, .pages = 1};
    pango_context_set_language(press_context(press), pango_language_from_string(setup->language));
    return page;
}

// Lines first..last under one tag.
static void
lines_put(Page *page, PangoLayout *layout, const char *tag, int first, int last)
{
    page_open(page, tag);
    page_put(page, (PageMark){.kind = MARK_TEXT,
                       .x = PAGE_LEFT,
                       .y = page->y,
                       .layout = layout,
                       .first = first,
                       .last = last});
    page_close(page);
}

// A text that may go over the page's end, line by line.
static void
flow(Page *page, PangoLayout *layout, const char *tag, double above)
{
    PangoLayoutIter *const iter = pango_layout_get_iter(layout);
    int first = 0, line = 0, from = 0, y0, y1;

    page_need(page, above, page_style_size(STYLE_BODY) * 3);
    do {
        pango_layout_iter_get_line_yrange(iter, &y0, &y1);
        if (page->y + (double)(y1 - from) / PANGO_SCALE > PAGE_BOTTOM && line > first) {
            lines_put(page, layout, tag, first, line - 1);
            page_turn(page);
            first = line;
            from = y0;
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    lines_put(page, layout, tag, first, line - 1);
    page->y += (double)(y1 - from) / PANGO_SCALE;
}

void
page_title(Page *page, const char *text)
{
    flow(page, page_layout(page, STYLE_TITLE, text, PAGE_INNER, 3), "H1", 12);
    page->y += 2;
}

void
page_heading(Page *page, const char *text)
{
    page_need(page, 12, 70);
    flow(page, page_layout(page, STYLE_HEADING, text, PAGE_INNER, 2), "H2", 0);
}

void
page_paragraph(Page *page, const char *text)
{
    flow(page, page_layout(page, STYLE_BODY, text, PAGE_INNER, 0), "P", 7);
}

void
page_small(Page *page, const char *text)
{
    flow(page, page_layout(page, STYLE_SMALL, text, PAGE_INNER, 0), "P", 5);
}

void
page_space(Page *page, double height)
{
    page->y += height;
}

void
page_banner(Page *page, const char *text)
{
    PangoLayout *const layout =
        page_layout(page, STYLE_STRONG, text, PAGE_INNER - 2 * BANNER_MARGIN, BANNER_LINES);
    const double height = page_layout_height(layout) + 2 * BANNER_MARGIN;

    page_need(page, 8, height);
    page_put(page, (PageMark){.kind = MARK_FRAME,
                       .x = PAGE_LEFT,
                       .y = page->y,
                       .width = PAGE_INNER,
                       .height = height,
                       .weight = 1.2});
    page_open(page, "P");
    page_put_text(page, layout, PAGE_LEFT + BANNER_MARGIN, page->y + BANNER_MARGIN);
    page_close(page);
    page->y += height;
}

// Returns the height.
static double
block_put(Page *page, const char *text, double x, double width)
{
    double y = page->y;

    for (int line = 0; *text != '\0' && line < BLOCK_LINES; line++) {
        const size_t length = strcspn(text, "\n");
        const char *const own = arena_copy_bytes(page->arena, text, length);
        PangoLayout *const layout =
            page_layout(page, line == 0 ? STYLE_STRONG : STYLE_BODY, own, width, LINE_LINES);

        page_open(page, "P");
        page_put_text(page, layout, x, y);
        page_close(page);
        y += page_layout_height(layout) + 1.5;
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    return y - page->y;
}

void
page_blocks(Page *page, const char *left, const char *right)
{
    const double width = PAGE_INNER * .46;
    const double one = block_put(page, left, PAGE_LEFT, width);
    const double two = block_put(page, right, PAGE_LEFT + PAGE_INNER * .54, width);

    page->y += fmax(one, two) + 8;
}

void
page_dateline(Page *page, const char *text)
{
    PangoLayout *const layout = page_layout(page, STYLE_BODY, text, PAGE_INNER * .46, LINE_LINES);

    page_open(page, "P");
    page_put_text(page, layout, PAGE_LEFT + PAGE_INNER * .54, page->y);
    page_close(page);
    page->y += page_layout_height(layout) + 6;
}

bool
page_end(Page *page, const char **bytes, size_t *length, Err *err)
{
    page_put(page, (PageMark){.kind = MARK_PAGE});
    return page_print(page, bytes, length, err);
}
