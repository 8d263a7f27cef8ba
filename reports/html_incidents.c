/*
 * What went wrong with whole groups of parcels: told before the cases, which it explains.
 */
#include "core/incident_words.h"
#include "core/text.h"
#include "reports/page.h"
#include "reports/plot.h"

#include <inttypes.h>
#include <math.h>

#define PLOTS_MAX 12  // more than anybody looks at would hide the rest of the page

enum
{
    NUMBER,
    WHAT,
    SINCE,
    PACE,
    MEMBERS,
    EVIDENCE,
    COLUMN_COUNT
};

static void
incident_row(const Page *page, MarkupNode *body, const Column *columns, const Incident *incident)
{
    Arena *const arena = page->arena;
    const char *const event = words_incident_event(page->language, incident->event);
    MarkupNode *const row = markup_add(body, "tr", NULL);

    markup_set(row, "id", arena_printf(arena, "incident-%" PRId64, incident->number));
    page_row_header(row, &columns[NUMBER], arena_printf(arena, "%" PRId64, incident->number));

    MarkupNode *const what =
        page_cell(row, &columns[WHAT], words_incident(arena, page->language, incident));

    if (!text_is_empty(event))
        markup_add_class(what, "span", "soft", event);
    page_cell(row, &columns[SINCE], zone_print(arena, page->zone, incident->since));
    page_cell(row, &columns[PACE],
        incident->kind == INCIDENT_DRIFT ? "-"
                                         : words_share(arena, page->language, incident->pace));
    page_cell(row, &columns[MEMBERS], words_count(arena, page->language, incident->members));
    page_cell(row, &columns[EVIDENCE], incident->evidence);
}

typedef struct CoursePhrases
{
    const char *observed, *expected, *night, *parcels, *kept, *shows;
} CoursePhrases;

static const CoursePhrases english = {
    .observed = "moved on",
    .expected = "should have",
    .night = "night",
    .parcels = "parcels a night",
    .kept = "promises kept a day",
    .shows = "What the group did in the last nights, beside what was to be expected of it: where "
             "the solid line falls below the dotted one, it was slower than usual.",
};

static const CoursePhrases french = {
    .observed = "ont avanc\u00e9",
    .expected = "auraient d\u00fb",
    .night = "nuit",
    .parcels = "colis par nuit",
    .kept = "promesses tenues par jour",
    .shows = "Ce que le groupe a fait ces derni\u00e8res nuits, et ce qu'on pouvait en "
             "attendre\u00a0: o\u00f9 la ligne pleine passe sous la pointill\u00e9e, il \u00e9tait "
             "plus lent que d'habitude.",
};

static const PlotPoint *
course_points(Arena *arena, const Course *course, bool expected)
{
    PlotPoint *const points = ARENA_ARRAY(arena, PlotPoint, course->count);

    for (size_t i = 0; i < course->count; i++)
        points[i] = (PlotPoint){course->points[i].day,
            expected ? course->points[i].expected : course->points[i].observed, NAN, NAN};
    return points;
}

// From nothing, so that a group that stands still looks like it.
static double
highest(const Course *course)
{
    double high = 1;

    for (size_t i = 0; i < course->count; i++)
        high = fmax(high, fmax(course->points[i].observed, course->points[i].expected));
    return ceil(high);
}

static void
course_add(const Page *page, MarkupNode *plots, const Incident *incident, const Course *course)
{
    const CoursePhrases *const phrases = page->language == LANGUAGE_FRENCH ? &french : &english;
    Arena *const arena = page->arena;
    const PlotSeries series[] = {
        {phrases->expected, PLOT_LINE, PLOT_FAINT, course_points(arena, course, true),
            course->count},
        {phrases->observed, PLOT_LINE, 0, course_points(arena, course, false), course->count},
        {"", PLOT_DOTS, 0, course_points(arena, course, false), course->count},
    };

    plot_add(plots, arena,
        &(Plot){.id = arena_printf(arena, "course-%" PRId64, incident->number),
            .title = arena_printf(arena, "%" PRId64 ": %s", incident->number,
                words_incident(arena, page->language, incident)),
            .description = phrases->shows,
            .x = {.label = phrases->night,
                .language = page->language,
                .unit = PLOT_DAYS,
                .low = NAN,
                .high = NAN},
            .y = {.label = incident->kind == INCIDENT_DRIFT ? phrases->kept : phrases->parcels,
                .language = page->language,
                .unit = PLOT_NUMBERS,
                .low = 0,
                .high = highest(course)},
            .series = series,
            .count = sizeof series / sizeof series[0]});
}

static void
courses_add(const Page *page, MarkupNode *section)
{
    const Digest *const digest = page->digest;
    MarkupNode *plots = NULL;
    size_t drawn = 0;

    for (size_t i = 0; digest->courses && i < digest->incident_count && drawn < PLOTS_MAX; i++) {
        if (digest->courses[i].count == 0)
            continue;
        if (!plots)
            plots = markup_add_class(section, "div", "plots", NULL);
        course_add(page, plots, &digest->incidents[i], &digest->courses[i]);
        drawn++;
    }
}

void
page_add_incidents(const Page *page, MarkupNode *main)
{
    const Digest *const digest = page->digest;
    const Phrases *const phrases = page->phrases;
    const Column columns[COLUMN_COUNT] = {
        [NUMBER] = {phrases->incident, "n"},
        [WHAT] = {phrases->what, "what"},
        [SINCE] = {phrases->since, ""},
        [PACE] = {phrases->pace, "n"},
        [MEMBERS] = {phrases->members, "n"},
        [EVIDENCE] = {phrases->evidence, "why"},
    };

    if (digest->incident_count == 0)
        return;

    MarkupNode *const section = page_section(main, "incidents", phrases->incidents);
    MarkupNode *const body =
        page_table(section, phrases->incidents_caption, columns, COLUMN_COUNT, true);

    for (size_t i = 0; i < digest->incident_count; i++)
        incident_row(page, body, columns, &digest->incidents[i]);
    courses_add(page, section);
}
