/*
 * Over the nights: the index of all of them, and the small page by which a night leads to the one after it, which is not known
 * when it is written.
 */
#include "core/text.h"
#include "reports/grid.h"
#include "reports/plot.h"

#include <math.h>

#define TREND_NIGHTS 60

enum
{
    NIGHT,
    CASES,
    NEW,
    WORSE,
    CLEARED,
    LOST,
    COST,
    JUDGED,
    COLUMN_COUNT
};

static void
night_row(const Page *page, MarkupNode *body, const Column *columns, const NightCount *night)
{
    Arena *const arena = page->arena;
    const KindCount sum = page_kinds_sum(night->kinds);
    const int64_t counts[COLUMN_COUNT] = {[CASES] = sum.tonight,
        [NEW] = sum.opened,
        [WORSE] = sum.worse,
        [CLEARED] = sum.cleared,
        [LOST] = night->kinds[CASE_LOST].tonight,
        [JUDGED] = night->judged};
    MarkupNode *const row = markup_add(body, "tr", NULL);
    MarkupNode *const link =
        markup_add(page_row_header(row, &columns[NIGHT], NULL), "a", night->folder);

    markup_set(row, "id", arena_printf(arena, "night-%s", night->folder));
    markup_set(link, "href", arena_printf(arena, "%s/night.html", night->folder));
    for (size_t i = CASES; i < COLUMN_COUNT; i++)
        page_cell(row, &columns[i],
            i == COST ? words_money(arena, page->language, page_cost(page, sum.cost_minor))
                      : words_count(arena, page->language, counts[i]));
}

static void
trend_add(const Page *page, MarkupNode *main)
{
    const Digest *const digest = page->digest;
    const Phrases *const phrases = page->phrases;
    const size_t count = digest->night_count < TREND_NIGHTS ? digest->night_count : TREND_NIGHTS;
    const NightCount *const nights = digest->nights + digest->night_count - count;
    PlotPoint *const cases = ARENA_ARRAY(page->arena, PlotPoint, count);
    PlotPoint *const fresh = ARENA_ARRAY(page->arena, PlotPoint, count);

    for (size_t i = 0; i < count; i++) {
        const KindCount sum = page_kinds_sum(nights[i].kinds);
        const double day = zone_day(page->zone, nights[i].as_of);

        cases[i] = (PlotPoint){day, (double)sum.tonight, NAN, NAN};
        fresh[i] = (PlotPoint){day, (double)sum.opened, NAN, NAN};
    }
    if (count < 2)
        return;
    plot_add(main, page->arena,
        &(Plot){.id = "trend",
            .title = phrases->trend,
            .description = phrases->trend_is,
            .x = {.label = phrases->night,
                .language = page->language,
                .unit = PLOT_DAYS,
                .low = NAN,
                .high = NAN},
            .y = {.label = phrases->open_cases,
                .language = page->language,
                .unit = PLOT_NUMBERS,
                .low = NAN,
                .high = NAN},
            .series =
                (const PlotSeries[]){
                    {phrases->open_cases, PLOT_LINE, 0, cases, count},
                    {phrases->new_cases, PLOT_LINE, 1, fresh, count},
                },
            .count = 2});
}

static void
nights_add(const Page *page, MarkupNode *main)
{
    const Phrases *const phrases = page->phrases;
    const Column columns[COLUMN_COUNT] = {
        [NIGHT] = {phrases->night, ""},
        [CASES] = {phrases->open_cases, "n"},
        [NEW] = {phrases->opened, "n"},
        [WORSE] = {phrases->worse, "n"},
        [CLEARED] = {phrases->cleared, "n"},
        [LOST] = {words_case_kind(page->language, CASE_LOST), "n"},
        [COST] = {phrases->at_stake, "n"},
        [JUDGED] = {phrases->judged, "n"},
    };
    MarkupNode *const body = page_table(main, phrases->nights_caption, columns, COLUMN_COUNT, true);

    for (size_t i = page->digest->night_count; i > 0; i--)
        night_row(page, body, columns, &page->digest->nights[i - 1]);
}

bool
report_index(Arena *arena, const Digest *digest, const ReportOptions *options, const char **bytes,
    size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const Page page = page_of(work, digest, options);
    const char *const title = arena_printf(work, "%s%s", page_of_whom(&page), page.phrases->nights);
    MarkupNode *const root = markup_create(work, language_code(page.language));

    page_head(root, work, title, plot_style, "");

    MarkupNode *const body = markup_add(root, "body", NULL);

    page_header(&page, body, title, "main");

    MarkupNode *const main = markup_add(body, "main", NULL);

    markup_set(main, "id", "main");
    trend_add(&page, main);
    nights_add(&page, main);
    page_footer(&page, body);

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}

bool
report_next(Arena *arena, const char *language, const char *folder, const char **bytes,
    size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const Language spoken = language_of(language);
    const Phrases *const phrases = phrases_of(spoken);
    const char *const there = arena_printf(work, "../%s/night.html", folder);
    MarkupNode *const root = markup_create(work, language_code(spoken));
    MarkupNode *const head = page_head(root, work, phrases->later_night, "", "");
    MarkupNode *const main = markup_add(markup_add(root, "body", NULL), "main", NULL);

    markup_add(main, "h1", phrases->later_night);
    if (text_is_empty(folder))
        markup_add(main, "p", phrases->no_later_night);
    else {
        MarkupNode *const leads = markup_add(head, "meta", NULL);

        markup_set(leads, "http-equiv", "refresh");
        markup_set(leads, "content", arena_printf(work, "0; url=%s", there));
    }

    MarkupNode *const links = markup_add_class(main, "ul", "links", NULL);

    page_link(links, text_is_empty(folder) ? "" : there, folder);
    page_link(links, "night.html", phrases->this_night);
    page_link(links, "../index.html", phrases->all_nights);

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}
