/*
 * A story for a terminal: the timeline first, one line per moment, as wide as what fills it.
 */
#include "core/width.h"
#include "jobs/people/explain.h"

#include <string.h>

#define PLACE_MAX 18
#define CODE_MAX  12
#define GAP_WIDTH 8   // of " +59 min", " +120 d"
#define TEXT_MIN  12  // less of a text says nothing

// How wide the columns are; 0 for one that nothing fills.
typedef struct Widths
{
    size_t meaning, place, code, text;
} Widths;

static void
widen(Arena *arena, size_t *width, size_t most, const char *text)
{
    const size_t wanted = width_of(text_clean(arena, text));

    if (wanted > *width)
        *width = wanted < most ? wanted : most;
}

static Widths
widths_of(const Story *story, Arena *arena, size_t columns)
{
    Widths widths = {.meaning = width_of(words_milestone(story->language, MILESTONE_ANNOUNCED))};

    for (size_t i = 0; i < story->moment_count; i++) {
        const StoryMoment *const moment = &story->moments[i];

        widen(arena, &widths.meaning, columns, moment->meaning);
        widen(arena, &widths.place, PLACE_MAX, moment->place);
        widen(arena, &widths.code, CODE_MAX, moment->code);
        widen(arena, &widths.text, columns, moment->text);
    }

    const size_t taken = 2 + 16 + GAP_WIDTH + 2 + widths.meaning +
                         (widths.place > 0 ? widths.place + 2 : 0) +
                         (widths.code > 0 ? widths.code + 2 : 0) + 2;

    if (widths.text > 0 && columns < taken + TEXT_MIN)
        widths.text = 0;
    else if (widths.text > columns - taken)
        widths.text = columns - taken;
    return widths;
}

static void
add_cell(Text *out, size_t width, const char *text)
{
    if (width == 0)
        return;
    screen_cell(out, width, text);
    text_add(out, "  ");
}

// Lines end where their last word ends.
static void
end_line(Text *out)
{
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->length--;
    text_add(out, "\n");
}

static void
add_moment(Text *out, const Widths *widths, const StoryMoment *moment)
{
    static const char marks[] = {
        [STORY_MARK_NONE] = ' ', [STORY_MARK_HANDLED] = '*', [STORY_MARK_UNMAPPED] = '?'};
    const size_t width = width_of(moment->gap);

    text_add_format(out, "%c %s%*s%s  ", marks[moment->mark], moment->when,
        width < GAP_WIDTH ? (int)(GAP_WIDTH - width) : 0, "", moment->gap);
    add_cell(out, widths->meaning, moment->meaning);
    add_cell(out, widths->place, moment->place);
    add_cell(out, widths->code, moment->code);
    add_cell(out, widths->text, moment->text);
    end_line(out);
}

static void
story_timeline_text(const Story *story, Text *out, size_t columns)
{
    const Widths widths = widths_of(story, out->arena, columns);

    text_add_format(out,
        IN_LANGUAGE(story->language,
            "\nTimeline (%s; * somebody handled the parcel, ? code not mapped)\n",
            "\nChronologie (%s\u00a0; * colis manipul\u00e9, ? code non traduit)\n"),
        story->time_zone);
    for (size_t i = 0; i < story->moment_count; i++)
        add_moment(out, &widths, &story->moments[i]);
    if (!text_is_empty(story->left_out))
        text_add_format(out, "  %s\n", story->left_out);
}

static void
add_lines(Text *out, size_t columns, const StoryPart *part)
{
    for (size_t i = 0; i < part->count; i++) {
        const StoryLine *const line = &part->lines[i];

        if (!part->dated) {
            screen_line(out, columns, line->label, line->text);
            continue;
        }

        const size_t indent = strlen(line->label) + 4;

        text_add_format(out, "  %s  ", line->label);
        screen_wrap(out, columns, indent, indent, line->text);
    }
}

void
story_part_text(Text *out, size_t columns, const StoryPart *part)
{
    text_add_format(out, "%s\n", part->title);
    add_lines(out, columns, part);
}

void
story_text(const Story *story, Text *out, size_t columns)
{
    screen_wrap(out, columns, 0, 2, story->title);
    add_lines(out, columns, &story->head);
    story_timeline_text(story, out, columns);
    for (size_t i = 0; i < story->part_count; i++) {
        text_add(out, "\n");
        story_part_text(out, columns, &story->parts[i]);
    }
}
