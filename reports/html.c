/*
 * What pages are made of: their head, their landmarks, their sections and tables. What they say is in the other html_*.c.
 */
#include "core/text.h"
#include "reports/page.h"
#include "reports/style.h"

#include <inttypes.h>
#include <stdlib.h>

MarkupNode *
page_section(MarkupNode *main, const char *id, const char *heading)
{
    MarkupNode *const section = markup_add(main, "section", NULL);
    MarkupNode *const title = markup_add(section, "h2", heading);

    markup_set(section, "aria-labelledby", id);
    markup_set(title, "id", id);
    return section;
}

MarkupNode *
page_table(MarkupNode *parent, const char *caption, const Column *columns, size_t count, bool wide)
{
    MarkupNode *const table = markup_add(parent, "table", NULL);

    if (wide)
        markup_set(table, "class", "wide");
    if (caption)
        markup_add(table, "caption", caption);

    MarkupNode *const row = markup_add(markup_add(table, "thead", NULL), "tr", NULL);

    for (size_t i = 0; i < count; i++) {
        MarkupNode *const cell = markup_add(row, "th", columns[i].heading);

        markup_set(cell, "scope", "col");
        if (!text_is_empty(columns[i].class_name))
            markup_set(cell, "class", columns[i].class_name);
    }
    return markup_add(table, "tbody", NULL);
}

static MarkupNode *
cell_add(MarkupNode *row, const char *name, const Column *column, const char *text)
{
    MarkupNode *const cell = markup_add(row, name, text);

    if (!text_is_empty(column->class_name))
        markup_set(cell, "class", column->class_name);
    markup_set(cell, "data-label", column->heading);
    return cell;
}

MarkupNode *
page_cell(MarkupNode *row, const Column *column, const char *text)
{
    return cell_add(row, "td", column, text);
}

MarkupNode *
page_row_header(MarkupNode *row, const Column *column, const char *text)
{
    MarkupNode *const cell = cell_add(row, "th", column, text);

    markup_set(cell, "scope", "row");
    return cell;
}

Money
page_cost(const Page *page, int64_t minor)
{
    return money_of(minor, page->digest->currency);
}

Page
page_of(Arena *arena, const Digest *digest, const ReportOptions *options)
{
    const Language spoken = language_of(options->language);

    return (Page){
        .arena = arena,
        .digest = digest,
        .zone = options->zone,
        .language = spoken,
        .phrases = phrases_of(spoken),
        .options = options,
        .home = "",
    };
}

const char *
page_of_whom(const Page *page)
{
    const char *const merchant = page->digest->merchant;

    return text_is_empty(merchant) ? "" : arena_printf(page->arena, "%s - ", merchant);
}

static int
by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

const char *
page_case_link(const Page *page, int64_t number)
{
    const ReportOptions *const options = page->options;
    const bool has_page = options->case_page_count > 0 &&
                          bsearch(&number, options->case_pages, options->case_page_count,
                              sizeof number, by_number) != NULL;

    return has_page ? arena_printf(page->arena, "cases/%" PRId64 ".html", number) : "";
}

const NightCount *
page_night_before(const Digest *digest)
{
    const NightCount *before = NULL;

    for (size_t i = 0; i < digest->night_count; i++)
        if (digest->nights[i].as_of < digest->as_of)
            before = &digest->nights[i];
    return before;
}

KindCount
page_kinds_sum(const KindCount kinds[CASE_KIND_COUNT])
{
    KindCount sum = {0};

    for (int kind = 0; kind < CASE_KIND_COUNT; kind++) {
        sum.tonight += kinds[kind].tonight;
        sum.opened += kinds[kind].opened;
        sum.worse += kinds[kind].worse;
        sum.cleared += kinds[kind].cleared;
        sum.cost_minor += kinds[kind].cost_minor;
    }
    return sum;
}

static void
meta_add(MarkupNode *head, const char *attribute, const char *name, const char *content)
{
    MarkupNode *const meta = markup_add(head, "meta", NULL);

    markup_set(meta, attribute, name);
    markup_set(meta, "content", content);
}

MarkupNode *
page_head(
    MarkupNode *root, Arena *arena, const char *title, const char *more_style, const char *script)
{
    MarkupNode *const head = markup_add(root, "head", NULL);
    const char *const runs =
        text_is_empty(script) ? "" : arena_printf(arena, "; script-src '%s'", script);

    markup_set(markup_add(head, "meta", NULL), "charset", "utf-8");
    meta_add(head, "http-equiv", "Content-Security-Policy",
        arena_printf(arena, "default-src 'none'; style-src 'unsafe-inline'%s", runs));
    meta_add(head, "name", "viewport", "width=device-width, initial-scale=1");
    meta_add(head, "name", "color-scheme", "light dark");
    meta_add(head, "name", "robots", "noindex");
    meta_add(head, "name", "referrer", "no-referrer");
    markup_add(head, "title", title);
    markup_add(
        head, "style", arena_printf(arena, "%s%s%s", report_colours, report_style(), more_style));
    return head;
}

MarkupNode *
page_header(const Page *page, MarkupNode *body, const char *title, const char *skip_to)
{
    MarkupNode *const skip = markup_add_class(body, "a", "skip",
        text_equal(skip_to, "main") ? page->phrases->skip_main : page->phrases->skip);
    MarkupNode *const header = markup_add(body, "header", NULL);

    markup_set(skip, "href", arena_printf(page->arena, "#%s", skip_to));
    markup_add(header, "h1", title);
    return header;
}

void
page_footer(const Page *page, MarkupNode *body)
{
    MarkupNode *const footer = markup_add(body, "footer", NULL);

    markup_add_class(footer, "p", "soft", page->phrases->verify);
    markup_add_class(footer, "p", "soft", "Vigie " VIGIE_VERSION);
}

void
page_link(MarkupNode *parent, const char *href, const char *text)
{
    if (text_is_empty(href))
        return;
    markup_set(markup_add(markup_add(parent, "li", NULL), "a", text), "href", href);
}
