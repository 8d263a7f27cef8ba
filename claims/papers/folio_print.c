/*
 * Printing: marks become a PDF by cairo. Its date is the setup's, so that nothing depends on the hour
 * of printing; what cairo cannot say (language, alternatives of figures) is put in by finish.c.
 */
#include "claims/papers/finish.h"
#include "claims/papers/folio_parts.h"
#include "core/text.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define SHADE_GREY .91
#define LINE_GREY  .15
#define THIN_GREY  .65  // lines that only guide the eye
#define THIN       .5

typedef struct Sink
{
    Text text;
} Sink;

static cairo_status_t
sink_write(void *closure, const unsigned char *data, unsigned int length)
{
    Sink *const sink = closure;

    text_add_bytes(&sink->text, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void
print_text(cairo_t *cairo, const FolioMark *mark)
{
    PangoLayoutIter *const iter = pango_layout_get_iter(mark->layout);
    int line = 0, origin = 0, y0, y1;

    do {
        PangoRectangle logical;

        pango_layout_iter_get_line_yrange(iter, &y0, &y1);
        if (line == mark->first)
            origin = y0;
        if (line >= mark->first && line <= mark->last) {
            pango_layout_iter_get_line_extents(iter, NULL, &logical);
            cairo_move_to(cairo, mark->x + (double)logical.x / PANGO_SCALE,
                mark->y + (double)(pango_layout_iter_get_baseline(iter) - origin) / PANGO_SCALE);
            pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter));
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

static void
print_line(cairo_t *cairo, const FolioMark *mark)
{
    const double dash = mark->dash;

    const double grey = mark->weight < THIN ? THIN_GREY : LINE_GREY;

    cairo_set_source_rgb(cairo, grey, grey, grey);
    cairo_set_line_width(cairo, mark->weight);
    cairo_set_dash(cairo, &dash, dash > 0 ? 1 : 0, 0);
    cairo_move_to(cairo, mark->x, mark->y);
    cairo_line_to(cairo, mark->x + mark->width, mark->y + mark->height);
    cairo_stroke(cairo);
}

static void
print_box(cairo_t *cairo, const FolioMark *mark)
{
    cairo_rectangle(cairo, mark->x, mark->y, mark->width, mark->height);
    if (mark->kind == MARK_SHADE) {
        cairo_set_source_rgb(cairo, SHADE_GREY, SHADE_GREY, SHADE_GREY);
        cairo_fill(cairo);
    } else {
        cairo_set_source_rgb(cairo, 0, 0, 0);
        cairo_set_dash(cairo, NULL, 0, 0);
        cairo_set_line_width(cairo, mark->weight);
        cairo_stroke(cairo);
    }
}

static void
print_foot(Folio *folio, cairo_t *cairo, int number)
{
    const FolioSetup *const setup = &folio->setup;
    const char *const text = arena_printf(folio->arena, "%s%s%s - %d/%d", setup->mark,
        *setup->mark != '\0' ? " - " : "", setup->foot, number, folio->pages);
    const FolioMark mark = {.x = FOLIO_LEFT,
        .y = FOLIO_FOOT,
        .layout = folio_layout(folio, STYLE_SMALL, text, FOLIO_INNER, 1)};

    pango_layout_set_alignment(mark.layout, PANGO_ALIGN_CENTER);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    print_text(cairo, &mark);
}

static void
print_mark(Folio *folio, cairo_t *cairo, const FolioMark *mark, int *number)
{
    switch (mark->kind) {
    case MARK_TEXT:
        cairo_set_source_rgb(cairo, 0, 0, 0);
        print_text(cairo, mark);
        break;
    case MARK_LINE:
        print_line(cairo, mark);
        break;
    case MARK_FRAME:
    case MARK_SHADE:
        print_box(cairo, mark);
        break;
    case MARK_OPEN:
        cairo_tag_begin(cairo, mark->tag, NULL);
        break;
    case MARK_CLOSE:
        cairo_tag_end(cairo, mark->tag);
        break;
    case MARK_PAGE:
        print_foot(folio, cairo, ++*number);
        cairo_show_page(cairo);
        break;
    }
}

static void
describe(Folio *folio, cairo_surface_t *surface)
{
    const FolioSetup *const setup = &folio->setup;
    const char *const made_at = instant_print(folio->arena, setup->made_at);

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_TITLE, text_clean(folio->arena, setup->title));
    cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_AUTHOR, text_clean(folio->arena, setup->author));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Vigie " VIGIE_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made_at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made_at);
}

// Closing marks name their tag, as cairo wants it.
static void
name_ends(Folio *folio)
{
    const char **const open = ARENA_ARRAY(folio->arena, const char *, folio->count + 1);
    size_t depth = 0;

    for (size_t i = 0; i < folio->count; i++)
        if (folio->items[i].kind == MARK_OPEN)
            open[depth++] = folio->items[i].tag;
        else if (folio->items[i].kind == MARK_CLOSE)
            folio->items[i].tag = open[--depth];
}

bool
folio_print(Folio *folio, const char **bytes, size_t *length, Err *err)
{
    Sink sink = {.text = {.arena = folio->arena}};
    cairo_surface_t *const surface =
        cairo_pdf_surface_create_for_stream(sink_write, &sink, FOLIO_WIDTH, FOLIO_HEIGHT);
    cairo_t *const cairo = cairo_create(surface);
    int number = 0;

    name_ends(folio);
    describe(folio, surface);
    for (size_t i = 0; i < folio->count; i++)
        print_mark(folio, cairo, &folio->items[i], &number);
    cairo_surface_finish(surface);

    const cairo_status_t of_page = cairo_status(cairo), of_file = cairo_surface_status(surface);

    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (of_page != CAIRO_STATUS_SUCCESS || of_file != CAIRO_STATUS_SUCCESS)
        return err_set(err, ERR_FAILED, "could not make the PDF \"%s\": %s", folio->setup.title,
            cairo_status_to_string(of_page != CAIRO_STATUS_SUCCESS ? of_page : of_file));
    return pdf_finish(folio->arena, text_get(&sink.text), sink.text.length,
        &(PdfWords){
            .language = folio->setup.language,
            .alternatives = folio->alternatives,
            .alternative_count = folio->alternative_count,
        },
        bytes, length, err);
}
