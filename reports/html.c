/*
 * The page: its head, its landmarks, and how its sections and tables are made. What they say is in
 * html_cases.c, html_claims.c and html_data.c.
 */
#include "core/text.h"
#include "reports/page.h"
#include "reports/plot.h"
#include "reports/style.h"

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
    Money cost = {.minor = minor};

    for (size_t i = 0; i < 3 && page->digest->currency[i] != '\0'; i++)
        cost.currency[i] = page->digest->currency[i];
    return cost;
}

static void
meta_add(MarkupNode *head, const char *attribute, const char *name, const char *content)
{
    MarkupNode *const meta = markup_add(head, "meta", NULL);

    markup_set(meta, attribute, name);
    markup_set(meta, "content", content);
}

void
page_head(MarkupNode *root, Arena *arena, const char *title, const char *more_style)
{
    MarkupNode *const head = markup_add(root, "head", NULL);

    markup_set(markup_add(head, "meta", NULL), "charset", "utf-8");
    meta_add(head, "http-equiv", "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'");
    meta_add(head, "name", "viewport", "width=device-width, initial-scale=1");
    meta_add(head, "name", "color-scheme", "light dark");
    meta_add(head, "name", "robots", "noindex");
    markup_add(head, "title", title);
    markup_add(
        head, "style", arena_printf(arena, "%s%s%s", report_colours, report_style, more_style));
}

static void
header_add(const Page *page, MarkupNode *body, const char *title)
{
    MarkupNode *const skip = markup_add_class(body, "a", "skip", page->phrases->skip);
    MarkupNode *const header = markup_add(body, "header", NULL);

    markup_set(skip, "href", "#cases");
    markup_add(header, "h1", title);
    markup_add_class(header, "p", "soft",
        arena_printf(page->arena, "%s %s (%s)", page->phrases->as_of,
            zone_print(page->arena, page->zone, page->digest->as_of), zone_name(page->zone)));
}

static void
footer_add(const Page *page, MarkupNode *body)
{
    MarkupNode *const footer = markup_add(body, "footer", NULL);

    markup_add_class(footer, "p", "soft", page->phrases->verify);
    markup_add_class(footer, "p", "soft", "Vigie " VIGIE_VERSION);
}

bool
report_html(Arena *arena, const Digest *digest, const Zone *zone, const char *language,
    const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const Language spoken = language_of(language);
    const Page page = {
        .arena = work,
        .digest = digest,
        .zone = zone,
        .language = spoken,
        .phrases = phrases_of(spoken),
    };
    const char *const title = arena_printf(work, "%s - %s %s", digest->merchant,
        page.phrases->title, words_day(work, spoken, digest->day));
    MarkupNode *const root = markup_create(work, language_code(spoken));

    page_head(root, work, title, plot_style);

    MarkupNode *const body = markup_add(root, "body", NULL);

    header_add(&page, body, title);

    MarkupNode *const main = markup_add(body, "main", NULL);

    page_add_tonight(&page, main);
    page_add_incidents(&page, main);
    page_add_cases(&page, main);
    page_add_claims(&page, main);
    page_add_trust(&page, main);
    page_add_data(&page, main);
    footer_add(&page, body);

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}
