/*
 * Layout: text goes down the page block by block. Nothing is drawn here; marks are kept until the
 * number of pages is known.
 */
#include "claims/papers/folio.h"

#include "claims/papers/folio_parts.h"
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
folio_style_size(FolioStyle style)
{
    return styles[style].size;
}

// Ligatures are off: not every reader of PDFs takes them apart again. So are hyphens where a word is broken: a long number
// must not gain a character.
static void
dress(PangoLayout *layout, FolioStyle style)
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
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoLayout *
folio_layout(Folio *folio, FolioStyle style, const char *text, double width, int lines_max)
{
    PangoLayout *const layout = pango_layout_new(press_context(folio->press));
    arena_defer(folio->arena, release_layout, layout);

    dress(layout, style);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, text_clean(folio->arena, text), -1);
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
folio_layout_height(PangoLayout *layout)
{
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

void
folio_put(Folio *folio, FolioMark mark)
{
    ARENA_PUSH(folio, mark);
}

void
folio_put_text(Folio *folio, PangoLayout *layout, double x, double y)
{
    folio_put(folio, (FolioMark){.kind = MARK_TEXT,
                         .x = x,
                         .y = y,
                         .layout = layout,
                         .last = pango_layout_get_line_count(layout) - 1});
}

void
folio_put_line(Folio *folio, double x, double y, double width, double height, double weight)
{
    folio_put(folio,
        (FolioMark){
            .kind = MARK_LINE, .x = x, .y = y, .width = width, .height = height, .weight = weight});
}

void
folio_open(Folio *folio, const char *tag)
{
    folio_put(folio, (FolioMark){.kind = MARK_OPEN, .tag = tag});
}

void
folio_close(Folio *folio)
{
    folio_put(folio, (FolioMark){.kind = MARK_CLOSE});
}

void
folio_turn(Folio *folio)
{
    folio_put(folio, (FolioMark){.kind = MARK_PAGE});
    folio->pages++;
    folio->y = FOLIO_TOP;
}

void
folio_need(Folio *folio, double above, double height)
{
    if (folio->y > FOLIO_TOP)
        folio->y += above;
    if (folio->y + height > FOLIO_BOTTOM && folio->y > FOLIO_TOP)
        folio_turn(folio);
}

Folio *
folio_begin(Press *press, Arena *arena, const FolioSetup *setup)
{
    Folio *const folio = ARENA_NEW(arena, Folio);

    *folio = (Folio){.press = press, .arena = arena, .setup = *setup, .y = FOLIO_TOP, .pages = 1};
    pango_context_set_language(press_context(press), pango_language_from_string(setup->language));
    return folio;
}

// Lines first..last under one tag.
static void
lines_put(Folio *folio, PangoLayout *layout, const char *tag, int first, int last)
{
    folio_open(folio, tag);
    folio_put(folio, (FolioMark){.kind = MARK_TEXT,
                         .x = FOLIO_LEFT,
                         .y = folio->y,
                         .layout = layout,
                         .first = first,
                         .last = last});
    folio_close(folio);
}

// A text that may go over the page's end, line by line.
static void
flow(Folio *folio, PangoLayout *layout, const char *tag, double above)
{
    PangoLayoutIter *const iter = pango_layout_get_iter(layout);
    int first = 0, line = 0, from = 0, y0, y1;

    folio_need(folio, above, folio_style_size(STYLE_BODY) * 3);
    do {
        pango_layout_iter_get_line_yrange(iter, &y0, &y1);
        if (folio->y + (double)(y1 - from) / PANGO_SCALE > FOLIO_BOTTOM && line > first) {
            lines_put(folio, layout, tag, first, line - 1);
            folio_turn(folio);
            first = line;
            from = y0;
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    lines_put(folio, layout, tag, first, line - 1);
    folio->y += (double)(y1 - from) / PANGO_SCALE;
}

void
folio_title(Folio *folio, const char *text)
{
    flow(folio, folio_layout(folio, STYLE_TITLE, text, FOLIO_INNER, 3), "H1", 12);
    folio->y += 2;
}

void
folio_heading(Folio *folio, const char *text)
{
    folio_need(folio, 12, 70);
    flow(folio, folio_layout(folio, STYLE_HEADING, text, FOLIO_INNER, 2), "H2", 0);
}

void
folio_paragraph(Folio *folio, const char *text)
{
    flow(folio, folio_layout(folio, STYLE_BODY, text, FOLIO_INNER, 0), "P", 7);
}

void
folio_small(Folio *folio, const char *text)
{
    flow(folio, folio_layout(folio, STYLE_SMALL, text, FOLIO_INNER, 0), "P", 5);
}

void
folio_space(Folio *folio, double height)
{
    folio->y += height;
}

void
folio_banner(Folio *folio, const char *text)
{
    PangoLayout *const layout =
        folio_layout(folio, STYLE_STRONG, text, FOLIO_INNER - 2 * BANNER_MARGIN, BANNER_LINES);
    const double height = folio_layout_height(layout) + 2 * BANNER_MARGIN;

    folio_need(folio, 8, height);
    folio_put(folio, (FolioMark){.kind = MARK_FRAME,
                         .x = FOLIO_LEFT,
                         .y = folio->y,
                         .width = FOLIO_INNER,
                         .height = height,
                         .weight = 1.2});
    folio_open(folio, "P");
    folio_put_text(folio, layout, FOLIO_LEFT + BANNER_MARGIN, folio->y + BANNER_MARGIN);
    folio_close(folio);
    folio->y += height + BANNER_MARGIN;
}

// Returns the height.
static double
block_put(Folio *folio, const char *text, double x, double width)
{
    double y = folio->y;

    for (int line = 0; *text != '\0' && line < BLOCK_LINES; line++) {
        const size_t length = strcspn(text, "\n");
        const char *const own = arena_copy_bytes(folio->arena, text, length);
        PangoLayout *const layout =
            folio_layout(folio, line == 0 ? STYLE_STRONG : STYLE_BODY, own, width, LINE_LINES);

        folio_open(folio, "P");
        folio_put_text(folio, layout, x, y);
        folio_close(folio);
        y += folio_layout_height(layout) + 1.5;
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    return y - folio->y;
}

void
folio_blocks(Folio *folio, const char *left, const char *right)
{
    const double width = FOLIO_INNER * .46;
    const double one = block_put(folio, left, FOLIO_LEFT, width);
    const double two = block_put(folio, right, FOLIO_LEFT + FOLIO_INNER * .54, width);

    folio->y += fmax(one, two) + 8;
}

void
folio_dateline(Folio *folio, const char *text)
{
    PangoLayout *const layout =
        folio_layout(folio, STYLE_BODY, text, FOLIO_INNER * .46, LINE_LINES);

    folio_open(folio, "P");
    folio_put_text(folio, layout, FOLIO_LEFT + FOLIO_INNER * .54, folio->y);
    folio_close(folio);
    folio->y += folio_layout_height(layout) + 6;
}

bool
folio_end(Folio *folio, const char **bytes, size_t *length, Err *err)
{
    folio_put(folio, (FolioMark){.kind = MARK_PAGE});
    return folio_print(folio, bytes, length, err);
}
