/*
 * Lists: names with their values, numbered texts, and blanks to be filled in by hand.
 */
#include "claims/papers/page.h"

#include "claims/papers/page_parts.h"
#include "core/text.h"

#include <math.h>

#define FACT_SHARE   .30
#define FACT_LINES   6
#define NAME_LINES   2
#define NUMBER_WIDTH 18
#define BLANK_HEIGHT 26

static void
label_put(Page *page, PangoLayout *label, PangoLayout *body, double indent)
{
    page_open(page, "LI");
    page_open(page, "Lbl");
    page_put_text(page, label, PAGE_LEFT, page->y);
    page_close(page);
    page_open(page, "LBody");
    page_put_text(page, body, PAGE_LEFT + indent, page->y);
    page_close(page);
    page_close(page);
}

static void
fact_put(Page *page, const PageFact *fact)
{
    const double indent = PAGE_INNER * FACT_SHARE;
    PangoLayout *const name = page_layout(page, STYLE_BODY, fact->name, indent - 8, NAME_LINES);
    PangoLayout *const value =
        page_layout(page, STYLE_STRONG, fact->value, PAGE_INNER - indent, FACT_LINES);
    const double height = fmax(page_layout_height(name), page_layout_height(value)) + 2.5;

    page_need(page, 0, height);
    label_put(page, name, value, indent);
    page->y += height;
}

void
page_facts(Page *page, const PageFact *facts, size_t count)
{
    page_need(page, 6, 0);
    page_open(page, "L");
    for (size_t i = 0; i < count; i++)
        if (!text_is_empty(facts[i].value))
            fact_put(page, &facts[i]);
    page_close(page);
}

void
page_list(Page *page, const char *const *texts, size_t count)
{
    page_need(page, 5, 0);
    page_open(page, "L");
    for (size_t i = 0; i < count; i++) {
        PangoLayout *const number = page_layout(
            page, STYLE_BODY, arena_printf(page->arena, "%zu.", i + 1), NUMBER_WIDTH, 1);
        PangoLayout *const text =
            page_layout(page, STYLE_BODY, texts[i], PAGE_INNER - NUMBER_WIDTH, FACT_LINES);
        const double height = page_layout_height(text) + 2.5;

        page_need(page, 0, height);
        label_put(page, number, text, NUMBER_WIDTH);
        page->y += height;
    }
    page_close(page);
}

void
page_blank(Page *page, const char *name)
{
    const double indent = PAGE_INNER * FACT_SHARE;
    PangoLayout *const label = page_layout(page, STYLE_BODY, name, indent - 8, NAME_LINES);

    page_need(page, 0, BLANK_HEIGHT);
    page_open(page, "P");
    page_put_text(
        page, label, PAGE_LEFT, page->y + BLANK_HEIGHT - page_style_size(STYLE_BODY) * 1.4);
    page_close(page);
    page_put(page, (PageMark){.kind = MARK_LINE,
                       .x = PAGE_LEFT + indent,
                       .y = page->y + BLANK_HEIGHT - 3,
                       .width = PAGE_INNER - indent,
                       .weight = .6,
                       .dash = 1.5});
    page->y += BLANK_HEIGHT;
}
