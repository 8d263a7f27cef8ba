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
moment_add(MarkupNode *body, const Column *columns, const StoryMoment *moment)
{
    static const char *const marks[] = {[STORY_MARK_NONE] = "",
        [STORY_MARK_HANDLED] = "handled",
        [STORY_MARK_UNMAPPED] = "not mapped"};
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], moment->when);
    page_cell(row, &columns[1], moment->gap);
    page_cell(row, &columns[2], moment->meaning);
    page_cell(row, &columns[3], moment->place);
    page_cell(row, &columns[4], moment->code);
    page_cell(row, &columns[5], moment->text);
    page_cell(row, &columns[6], marks[moment->mark]);
}

static void
moments_add(Arena *arena, MarkupNode *main, const Story *story)
{
    static const Column columns[] = {{"When", "ref"}, {"After", "n"}, {"Meaning", ""},
        {"Place", ""}, {"Code", ""}, {"Text", ""}, {"Proof", ""}};
    MarkupNode *const section = page_section(main, "timeline", "Timeline");
    MarkupNode *const body = page_table(section,
        arena_printf(arena, "What was seen of it (%s)", story->time_zone), columns, 7, true);

    for (size_t i = 0; i < story->moment_count; i++)
        moment_add(body, columns, &story->moments[i]);
    if (!text_is_empty(story->left_out))
        markup_add_class(section, "p", "soft", story->left_out);
}

static void
links_add(const Page *page, MarkupNode *header, int64_t number, const char *tracking_link)
{
    MarkupNode *const nav = markup_add(header, "nav", NULL);
    MarkupNode *const links = markup_add_class(nav, "ul", "links", NULL);

    markup_set(nav, "aria-label", "Where to go");
    page_link(links, arena_printf(page->arena, "../night.html#case-%" PRId64, number),
        page->phrases->this_night);
    page_link(links, "../../index.html", page->phrases->all_nights);
    page_link(links, tracking_link, "At the carrier");
}

bool
report_case(Arena *arena, const ReportOptions *options, int64_t number, const char *tracking_link,
    const Story *story, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    ReportOptions english = *options;

    english.language = "en";  // as the story is

    const Page page = page_of(work, NULL, &english);
    const char *const title = arena_printf(work, "Case %" PRId64 " - %s", number, story->title);
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
