/*
 * Lists: names with their values, numbered texts, and blanks to be filled in by hand.
 */
#include "claims/papers/folio.h"

#include "claims/papers/folio_parts.h"
#include "core/text.h"

#include <math.h>

#define FACT_SHARE   .30
#define FACT_LINES   6
#define NAME_LINES   2
#define NUMBER_WIDTH 18
#define BLANK_HEIGHT 26

static void
label_put(Folio *folio, PangoLayout *label, PangoLayout *body, double indent)
{
    folio_open(folio, "LI");
    folio_open(folio, "Lbl");
    folio_put_text(folio, label, FOLIO_LEFT, folio->y);
    folio_close(folio);
    folio_open(folio, "LBody");
    folio_put_text(folio, body, FOLIO_LEFT + indent, folio->y);
    folio_close(folio);
    folio_close(folio);
}

static void
fact_put(Folio *folio, const FolioFact *fact)
{
    const double indent = FOLIO_INNER * FACT_SHARE;
    PangoLayout *const name = folio_layout(folio, STYLE_BODY, fact->name, indent - 8, NAME_LINES);
    PangoLayout *const value =
        folio_layout(folio, STYLE_STRONG, fact->value, FOLIO_INNER - indent, FACT_LINES);
    const double height = fmax(folio_layout_height(name), folio_layout_height(value)) + 2.5;

    folio_need(folio, 0, height);
    label_put(folio, name, value, indent);
    folio->y += height;
}

void
folio_facts(Folio *folio, const FolioFact *facts, size_t count)
{
    folio_need(folio, 6, 0);
    folio_open(folio, "L");
    for (size_t i = 0; i < count; i++)
        if (!text_is_empty(facts[i].value))
            fact_put(folio, &facts[i]);
    folio_close(folio);
}

void
folio_list(Folio *folio, const char *const *texts, size_t count)
{
    folio_need(folio, 5, 0);
    folio_open(folio, "L");
    for (size_t i = 0; i < count; i++) {
        PangoLayout *const number = folio_layout(
            folio, STYLE_BODY, arena_printf(folio->arena, "%zu.", i + 1), NUMBER_WIDTH, 1);
        PangoLayout *const text =
            folio_layout(folio, STYLE_BODY, texts[i], FOLIO_INNER - NUMBER_WIDTH, FACT_LINES);
        const double height = folio_layout_height(text) + 2.5;

        folio_need(folio, 0, height);
        label_put(folio, number, text, NUMBER_WIDTH);
        folio->y += height;
    }
    folio_close(folio);
}

void
folio_blank(Folio *folio, const char *name)
{
    const double indent = FOLIO_INNER * FACT_SHARE;
    PangoLayout *const label = folio_layout(folio, STYLE_BODY, name, indent - 8, NAME_LINES);

    folio_need(folio, 0, BLANK_HEIGHT);
    folio_open(folio, "P");
    folio_put_text(
        folio, label, FOLIO_LEFT, folio->y + BLANK_HEIGHT - folio_style_size(STYLE_BODY) * 1.4);
    folio_close(folio);
    folio_put(folio, (FolioMark){.kind = MARK_LINE,
                         .x = FOLIO_LEFT + indent,
                         .y = folio->y + BLANK_HEIGHT - 3,
                         .width = FOLIO_INNER - indent,
                         .weight = .6,
                         .dash = 1.5});
    folio->y += BLANK_HEIGHT;
}
