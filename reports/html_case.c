/*
 * The page of one case: its story, as `vigie explain` tells it, and its waits drawn.
 */
#include "core/text.h"
#include "reports/page.h"
#include "reports/plot.h"
#include "reports/timeline_plot.h"

#include <inttypes.h>

static void
lines_add(MarkupNode *section, const StoryPart *part)
{
    if (part->count == 0)
        return;

    MarkupNode *const list = markup_add_class(section, "dl", "story", NULL);

    for (size_t i = 0; i < part->count; i++) {
        if (i == 0 || !text_is_empty(part->lines[i].label))
            markup_add(list, "dt", part->lines[i].label);
        else
            markup_add(list, "dt", "\u00a0");
        markup_add(list, "dd", part->lines[i].text);
    }
}

static void
moment_add(MarkupNode *body, Language language, const Column *columns, const StoryMoment *moment)
{
    static const char *const marks[][LANGUAGE_COUNT] = {[STORY_MARK_NONE] = {"", ""},
        [STORY_MARK_HANDLED] = {"handled", "manipul\u00e9"},
        [STORY_MARK_UNMAPPED] = {"not mapped", "non traduit"}};
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], moment->when);
    page_cell(row, &columns[1], moment->gap);
    page_cell(row, &columns[2], moment->meaning);
    page_cell(row, &columns[3], moment->place);
    page_cell(row, &columns[4], moment->code);
    page_cell(row, &columns[5], moment->text);
    page_cell(row, &columns[6], marks[moment->mark][language]);
}

static void
moments_add(Arena *arena, MarkupNode *main, const Story *story)
{
    static const Column heads[LANGUAGE_COUNT][7] = {
        {{"When", "ref"}, {"After", "n"}, {"Meaning", ""}, {"Place", ""}, {"Code", ""},
            {"Text", ""}, {"Proof", ""}},
        {{"Quand", "ref"}, {"Apr\u00e8s", "n"}, {"Sens", ""}, {"Lieu", ""}, {"Code", ""},
            {"Texte", ""}, {"Preuve", ""}}};
    const Column *const columns = heads[story->language];
    MarkupNode *const section =
        page_section(main, "timeline", IN_LANGUAGE(story->language, "Timeline", "Chronologie"));
    MarkupNode *const body = page_table(section,
        arena_printf(arena,
            IN_LANGUAGE(
                story->language, "What was seen of it (%s)", "Ce qui en a \u00e9t\u00e9 vu (%s)"),
            story->time_zone),
        columns, 7, true);

    for (size_t i = 0; i < story->moment_count; i++)
        moment_add(body, story->language, columns, &story->moments[i]);
    if (!text_is_empty(story->left_out))
        markup_add_class(section, "p", "soft", story->left_out);
}

static void
links_add(const Page *page, MarkupNode *header, int64_t number, const char *tracking_link)
{
    MarkupNode *const nav = markup_add(header, "nav", NULL);
    MarkupNode *const links = markup_add_class(nav, "ul", "links", NULL);

    markup_set(nav, "aria-label", IN_LANGUAGE(page->language, "Where to go", "O\u00f9 aller"));
    page_link(links, arena_printf(page->arena, "../night.html#case-%" PRId64, number),
        page->phrases->this_night);
    page_link(links, "../../index.html", page->phrases->all_nights);
    page_link(links, tracking_link,
        IN_LANGUAGE(page->language, "At the carrier", "Chez le transporteur"));
}

bool
report_case(Arena *arena, const ReportOptions *options, int64_t number, const char *tracking_link,
    const Story *story, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    Page page = page_of(work, NULL, options);

    page.language = story->language;
    page.phrases = phrases_of(story->language);

    const char *const title =
        arena_printf(work, "%s %" PRId64 " - %s", page.phrases->number, number, story->title);
    MarkupNode *const root = markup_create(work, language_code(page.language));

    page_head(root, work, title, arena_printf(work, "%s%s", plot_style, timeline_style), "");

    MarkupNode *const body = markup_add(root, "body", NULL);

    links_add(&page, page_header(&page, body, title, "main"), number, tracking_link);

    MarkupNode *const main = markup_add(body, "main", NULL);

    markup_set(main, "id", "main");
    lines_add(main, &story->head);
    timeline_add(main, work, options->zone, story);
    for (size_t i = 0; i < story->part_count; i++)
        lines_add(page_section(main, arena_printf(work, "part-%zu", i), story->parts[i].title),
            &story->parts[i]);
    moments_add(work, main, story);
    page_footer(&page, body);

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}
