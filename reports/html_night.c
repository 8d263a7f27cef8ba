/*
 * The page of a night, and the further ones that hold the rest of its long tables.
 */
#include "core/text.h"
#include "reports/grid.h"
#include "reports/html_carriers.h"
#include "reports/plot.h"

static const char *
title_of(const Page *page)
{
    return arena_printf(page->arena, "%s%s %s", page_of_whom(page), page->phrases->title,
        words_day(page->arena, page->language, page->digest->day));
}

// To the nights around this one.
static void
nights_nav(const Page *page, MarkupNode *header)
{
    const Phrases *const phrases = page->phrases;
    const NightCount *const before = page_night_before(page->digest);
    MarkupNode *const nav = markup_add(header, "nav", NULL);
    MarkupNode *const list = markup_add_class(nav, "ul", "links", NULL);

    markup_set(nav, "aria-label", phrases->nights);
    if (before)
        page_link(list, arena_printf(page->arena, "../%s/night.html", before->folder),
            phrases->earlier_night);
    page_link(list, "../index.html", phrases->all_nights);
    page_link(list, "next.html", phrases->later_night);
}

static void
as_of_add(const Page *page, MarkupNode *header)
{
    markup_add_class(header, "p", "soft",
        arena_printf(page->arena, "%s %s (%s)", page->phrases->as_of,
            zone_print(page->arena, page->zone, page->digest->as_of), zone_name(page->zone)));
}

static void
sections_add(const Page *page, MarkupNode *main)
{
    page_add_tonight(page, main);
    page_add_cases(page, main);
    page_add_incidents(page, main);
    page_add_claims(page, main);
    page_add_carriers(page, main);
    page_add_trust(page, main);
    page_add_data(page, main);
}

// To the sections that there are, in their order.
static void
sections_nav(const Page *page, MarkupNode *header)
{
    const Phrases *const phrases = page->phrases;
    MarkupNode *const nav = markup_add(header, "nav", NULL);
    MarkupNode *const list = markup_add_class(nav, "ul", "links", NULL);

    markup_set(nav, "aria-label", phrases->sections);
    page_link(list, "#tonight", phrases->tonight);
    page_link(list, "#cases", phrases->cases);
    if (page->digest->incident_count > 0)
        page_link(list, "#incidents", phrases->incidents);
    page_link(list, "#claims", phrases->claims);
    if (page->digest->cards.count > 0)
        page_link(list, "#carriers", carriers_heading.of[page->language]);
    page_link(list, "#trust", phrases->trust);
    page_link(list, "#data", phrases->data);
}

typedef void GridMaker(const Page *page, Grid *out);

static const char *
style_of(const Page *page, GridMaker *make)
{
    Grid grid;

    make(page, &grid);
    return grid_style(page->arena, &grid);
}

bool
report_html(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    Arena *const work = arena_create();
    const Page page = page_of(work, digest, options);
    const char *const title = title_of(&page);
    MarkupNode *const root = markup_create(work, language_code(page.language));

    page_head(root, work, title,
        arena_printf(work, "%s%s%s", plot_style, style_of(&page, page_cases_grid),
            style_of(&page, page_claims_grid)),
        grid_script_fingerprint(work));

    MarkupNode *const body = markup_add(root, "body", NULL);
    MarkupNode *const header = page_header(&page, body, title, "cases");

    as_of_add(&page, header);
    nights_nav(&page, header);
    sections_nav(&page, header);

    sections_add(&page, markup_add(body, "main", NULL));
    page_footer(&page, body);
    markup_add_raw(body, "script", grid_script());

    const bool good = markup_write(file, root, err);

    arena_destroy(work);
    return good;
}

// The table that a further page goes on with, and which of its pages; index counts over both tables.
static GridMaker *const tables[] = {page_cases_grid, page_claims_grid};

static Grid
further_grid(const Page *page, size_t index, size_t *number)
{
    Grid grid = {.name = ""};

    *number = index + 1;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        tables[i](page, &grid);
        if (*number < grid_pages(&grid))
            break;
        *number -= grid_pages(&grid) - 1;
    }
    return grid;
}

size_t
report_further_count(const Digest *digest)
{
    const Grid cases = {.count = digest->case_count};
    const Grid claims = {.count = digest->claim_count};

    return grid_pages(&cases) - 1 + grid_pages(&claims) - 1;
}

const char *
report_further_name(Arena *arena, const Digest *digest, size_t index)
{
    const size_t cases = grid_pages(&(Grid){.count = digest->case_count}) - 1;

    return index < cases ? grid_file(arena, "cases", index + 1)
                         : grid_file(arena, "claims", index - cases + 1);
}

bool
report_further(
    FILE *file, const Digest *digest, const ReportOptions *options, size_t index, Err *err)
{
    Arena *const work = arena_create();
    Page page = page_of(work, digest, options);
    size_t number;

    page.home = "night.html";

    const Grid grid = further_grid(&page, index, &number);
    const char *const title = arena_printf(work, "%s (%zu)", title_of(&page), number + 1);
    MarkupNode *const root = markup_create(work, language_code(page.language));

    page_head(root, work, title, grid_style(work, &grid), "");

    MarkupNode *const body = markup_add(root, "body", NULL);
    MarkupNode *const header = page_header(&page, body, title, "main");
    MarkupNode *const links = markup_add_class(header, "ul", "links", NULL);

    page_link(links, "night.html", page.phrases->this_night);
    page_link(
        links, number > 1 ? grid_file(work, grid.name, number - 1) : "", page.phrases->rows_before);
    page_link(links, number + 1 < grid_pages(&grid) ? grid_file(work, grid.name, number + 1) : "",
        page.phrases->rows_after);

    MarkupNode *const main = markup_add(body, "main", NULL);

    markup_set(main, "id", "main");
    grid_add(&page, main, &grid, number);

    const bool good = markup_write(file, root, err);

    arena_destroy(work);
    return good;
}
