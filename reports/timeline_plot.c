/*
 * One row for each wait, oldest first: its words, and under them a box where 10 to 90 of 100 such parcels move on, a whisker to
 * where 99 have, and the wait itself as a line that ends in a dot, or in a ring while it lasts. Across all rows the promise and
 * the night. Boxes, whiskers, dots, rings and dashes are told apart without colour.
 */
#include "reports/timeline_plot.h"

#include "core/text.h"
#include "core/width.h"
#include "reports/plot_marks.h"

#include <math.h>

#define WIDTH     360.0
#define LEFT      8.0
#define RIGHT     352.0
#define TOP       16.0
#define ROW       32.0
#define BAR_DOWN  21.0  // from the top of a row to the middle of its bar
#define BAR_HALF  5.0
#define LINE      15.0
#define LABEL_MAX 52  // columns
#define ROWS_MAX  12  // of the newest waits

const char *const timeline_style =
    ".normal{fill:var(--hue);fill-opacity:.22;stroke:var(--hue);stroke-width:.8}"
    ".whisker{fill:none;stroke:var(--hue);stroke-width:.8}"
    ".ring{fill:var(--ground);stroke:var(--hue);stroke-width:1.8}"
    ".timeline{max-width:42rem}"
    ".timeline text{paint-order:stroke;stroke:var(--ground);stroke-width:3px}"
    ".story{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.2rem 1rem;"
    "margin:.25rem 0 1rem}"
    ".story dt{color:var(--soft)}.story dd{margin:0;max-width:80ch;overflow-wrap:anywhere}";

typedef struct Drawing
{
    Canvas canvas;
    const Zone *zone;
    const Story *story;
    const StoryWait *waits;  // those drawn
    size_t count;
} Drawing;

// A moment in civil days of the zone.
static double
days_of(const Zone *zone, Instant at)
{
    const Day day = zone_day(zone, at);

    return day + (double)(at - zone_day_start(zone, day)) / (double)HOURS_24;
}

static double
place(const Drawing *drawing, Instant at)
{
    return plot_place(&drawing->canvas.x, days_of(drawing->zone, at));
}

static void
write_text(const Canvas *canvas, double x, double y, const char *class_name, const char *text)
{
    MarkupNode *const node = markup_add_class(canvas->svg, "text", class_name, text);

    markup_set_number(canvas, node, "x", x);
    markup_set_number(canvas, node, "y", y);
    markup_break(canvas->svg);
}

static void
box(const Canvas *canvas, const char *class_name, double from, double to, double middle)
{
    MarkupNode *const node = markup_add_class(canvas->svg, "rect", class_name, NULL);

    markup_set_number(canvas, node, "x", from);
    markup_set_number(canvas, node, "y", middle - BAR_HALF);
    markup_set_number(canvas, node, "width", fmax(to - from, 1));
    markup_set_number(canvas, node, "height", 2 * BAR_HALF);
    markup_break(canvas->svg);
}

static void
dot(const Canvas *canvas, const char *class_name, double x, double y)
{
    MarkupNode *const node = markup_add_class(canvas->svg, "circle", class_name, NULL);

    markup_set_number(canvas, node, "cx", x);
    markup_set_number(canvas, node, "cy", y);
    markup_set_number(canvas, node, "r", 3);
    markup_break(canvas->svg);
}

static const char *
short_label(Arena *arena, const char *label)
{
    const char *const clean = text_clean(arena, label);

    return width_of(clean) <= LABEL_MAX
               ? clean
               : arena_printf(arena, "%s\u2026",
                     arena_copy_bytes(arena, clean, width_fit(clean, LABEL_MAX - 1)));
}

static void
draw_normal(const Drawing *drawing, const StoryWait *wait, double middle)
{
    if (wait->normal_from == INSTANT_NONE || wait->normal_to == INSTANT_NONE)
        return;

    const double to = place(drawing, wait->normal_to);

    box(&drawing->canvas, "normal h2", place(drawing, wait->normal_from), to, middle);
    if (wait->normal_end == INSTANT_NONE)
        return;

    const double end = place(drawing, wait->normal_end);

    canvas_line(&drawing->canvas, "whisker h2", to, middle, end, middle);
    canvas_line(&drawing->canvas, "whisker h2", end, middle - BAR_HALF, end, middle + BAR_HALF);
}

static void
draw_wait(const Drawing *drawing, size_t row)
{
    const StoryWait *const wait = &drawing->waits[row];
    const Canvas *const canvas = &drawing->canvas;
    const double top = TOP + (double)row * ROW;
    const double middle = top + BAR_DOWN;
    const double to = place(drawing, wait->to);

    write_text(canvas, LEFT, top + 10, "name", short_label(canvas->arena, wait->label));
    draw_normal(drawing, wait, middle);
    canvas_line(canvas, "line h0", place(drawing, wait->from), middle, to, middle);
    dot(canvas, wait->over ? "dot h0" : "ring h1", to, middle);
}

static void
draw_expected(const Drawing *drawing)
{
    const Story *const story = drawing->story;
    const double top = TOP + (double)drawing->count * ROW;

    if (story->expected_low == INSTANT_NONE || story->expected_high == INSTANT_NONE)
        return;
    write_text(&drawing->canvas, LEFT, top + 10, "name",
        IN_LANGUAGE(drawing->story->language, "expected delivery, 8 of 10 such parcels",
            "livraison attendue, 8 colis comparables sur 10"));
    box(&drawing->canvas, "normal h4", place(drawing, story->expected_low),
        place(drawing, story->expected_high), top + BAR_DOWN);
}

static size_t
rows_of(const Drawing *drawing)
{
    return drawing->count + (drawing->story->expected_low != INSTANT_NONE &&
                                drawing->story->expected_high != INSTANT_NONE);
}

// A moment that concerns all rows, with its name at the top or, lest two names overlap, under it.
static void
draw_moment(
    const Drawing *drawing, const char *class_name, Instant at, const char *name, double name_y)
{
    const double x = place(drawing, at);
    const double bottom = TOP + (double)rows_of(drawing) * ROW;

    canvas_line(&drawing->canvas, class_name, x, TOP - 4, x, bottom);
    write_text(&drawing->canvas, x, name_y, x > WIDTH / 2 ? "label end" : "label", name);
}

static void
draw_axis(const Drawing *drawing, double bottom)
{
    const Canvas *const canvas = &drawing->canvas;
    double ticks[PLOT_TICKS];
    const size_t count = plot_ticks(&canvas->x, ticks);

    canvas_line(canvas, "axis", LEFT, bottom, RIGHT, bottom);
    for (size_t i = 0; i < count; i++) {
        const double at = plot_place(&canvas->x, ticks[i]);

        canvas_line(canvas, "axis", at, bottom, at, bottom + 4);
        write_text(canvas, at, bottom + LINE,
            at > RIGHT - 30  ? "end"
            : at < LEFT + 30 ? "start"
                             : "middle",
            plot_tick_text(canvas->arena, &canvas->x, ticks[i]));
    }
}

static Instant
later(Instant a, Instant b)
{
    return a == INSTANT_NONE || (b != INSTANT_NONE && b > a) ? b : a;
}

// From the first wait to the last thing of interest; what is normal for the last wait may lie far ahead, and must not squeeze
// the rest.
static void
lay_out(Drawing *drawing, PlotAxis *axis)
{
    const Story *const story = drawing->story;
    const Instant first = drawing->count > 0 ? drawing->waits[0].from : story->created_at;
    Instant last = later(later(story->as_of, story->promised_at), story->expected_high);

    if (drawing->count > 0)
        last = later(last, drawing->waits[drawing->count - 1].normal_to);
    if (last > story->as_of + (story->as_of - first) + 7 * HOURS_24)
        last = story->as_of + (story->as_of - first) + 7 * HOURS_24;
    *axis = (PlotAxis){
        .label = "", .language = story->language, .unit = PLOT_DAYS, .low = NAN, .high = NAN};
    drawing->canvas.x =
        plot_ruler(axis, days_of(drawing->zone, first), days_of(drawing->zone, last), LEFT, RIGHT);
}

static void
draw(Drawing *drawing)
{
    const Story *const story = drawing->story;
    const double bottom = TOP + (double)rows_of(drawing) * ROW;
    const bool promised = story->promised_at != INSTANT_NONE;
    const double height = bottom + 2 * LINE + (promised ? LINE : 0) + 4;

    markup_set(drawing->canvas.svg, "viewBox",
        arena_printf(drawing->canvas.arena, "0 0 %.0f %.0f", WIDTH, height));
    draw_moment(drawing, "axis", story->as_of, IN_LANGUAGE(story->language, "as of", "situation"),
        bottom + 2 * LINE);
    if (promised)
        draw_moment(drawing, "line h3", story->promised_at,
            story->expected ? IN_LANGUAGE(story->language, "usual day", "jour habituel")
                            : IN_LANGUAGE(story->language, "promise", "promesse"),
            bottom + 3 * LINE);
    draw_axis(drawing, bottom);
    for (size_t i = 0; i < drawing->count; i++)
        draw_wait(drawing, i);
    draw_expected(drawing);
}

// For those who cannot see it: what the drawing shows of the last wait.
static const char *
description(const Drawing *drawing)
{
    const Language language = drawing->story->language;
    const char *const how = IN_LANGUAGE(language,
        "Each row is a wait between two scans; its box spans what 10 to 90 of 100 such parcels "
        "wait, the whisker ends where 99 have moved on.",
        "Chaque ligne est une attente entre deux passages\u00a0; sa bo\u00eete couvre ce "
        "qu'attendent "
        "10 \u00e0 90 colis comparables sur 100, la moustache s'arr\u00eate l\u00e0 o\u00f9 99 "
        "sont repartis.");
    const StoryWait *const last = drawing->count > 0 ? &drawing->waits[drawing->count - 1] : NULL;
    const char *how_long = "";

    if (last && last->normal_end != INSTANT_NONE && last->to > last->normal_end)
        how_long = IN_LANGUAGE(language, " The last wait is longer than that of 99 in 100.",
            " La derni\u00e8re attente est plus longue que celle de 99 colis sur 100.");
    else if (last && last->normal_to != INSTANT_NONE)
        how_long =
            last->to > last->normal_to
                ? IN_LANGUAGE(language, " The last wait is longer than that of 90 in 100.",
                      " La derni\u00e8re attente est plus longue que celle de 90 colis sur 100.")
                : IN_LANGUAGE(language, " The last wait is within what is normal.",
                      " La derni\u00e8re attente est dans la normale.");
    return arena_printf(drawing->canvas.arena, "%s%s", how, how_long);
}

static void
cell(MarkupNode *row, const char *name, const char *text, const char *scope)
{
    MarkupNode *const node = markup_add(row, name, text);

    if (!text_is_empty(scope))
        markup_set(node, "scope", scope);
}

static const char *
when(const Drawing *drawing, Instant at)
{
    return at == INSTANT_NONE ? "-" : zone_print(drawing->canvas.arena, drawing->zone, at);
}

static void
numbers(const Drawing *drawing, MarkupNode *figure)
{
    static const char *const all[LANGUAGE_COUNT][6] = {
        {"Wait", "From", "Until", "10% moved on by", "90% by", "99% by"},
        {"Attente", "De", "\u00c0", "10\u00a0% repartis", "90\u00a0%", "99\u00a0%"}};
    const char *const *const heads = all[drawing->story->language];
    MarkupNode *const details = markup_add(figure, "details", NULL);

    markup_add(
        details, "summary", IN_LANGUAGE(drawing->story->language, "The numbers", "Les nombres"));

    MarkupNode *const table = markup_add(details, "table", NULL);
    MarkupNode *const head = markup_add(markup_add(table, "thead", NULL), "tr", NULL);
    MarkupNode *const body = markup_add(table, "tbody", NULL);

    for (size_t i = 0; i < sizeof all[0] / sizeof all[0][0]; i++)
        cell(head, "th", heads[i], "col");
    for (size_t i = 0; i < drawing->count; i++) {
        const StoryWait *const wait = &drawing->waits[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        cell(row, "th", wait->label, "row");
        cell(row, "td", when(drawing, wait->from), "");
        cell(row, "td",
            wait->over ? when(drawing, wait->to)
                       : IN_LANGUAGE(drawing->story->language, "goes on", "dure encore"),
            "");
        cell(row, "td", when(drawing, wait->normal_from), "");
        cell(row, "td", when(drawing, wait->normal_to), "");
        cell(row, "td", when(drawing, wait->normal_end), "");
    }
}

void
timeline_add(MarkupNode *parent, Arena *arena, const Zone *zone, const Story *story)
{
    const size_t count = story->wait_count < ROWS_MAX ? story->wait_count : ROWS_MAX;
    MarkupNode *const figure = markup_add_class(parent, "figure", "plot timeline", NULL);
    PlotAxis axis;

    markup_add(figure, "figcaption",
        IN_LANGUAGE(story->language, "Its waits, against what is normal for such parcels",
            "Ses attentes, compar\u00e9es \u00e0 ce qui est normal pour de tels colis"));

    MarkupNode *const svg = markup_add_class(figure, "svg", "drawing", NULL);
    Drawing drawing = {
        .canvas = {.arena = arena, .svg = svg},
        .zone = zone,
        .story = story,
        .waits = story->waits + (story->wait_count - count),
        .count = count,
    };

    markup_set(svg, "role", "img");
    markup_set(svg, "aria-labelledby", "timeline-title timeline-words");
    markup_set(markup_add(svg, "title",
                   IN_LANGUAGE(story->language, "Its waits, against what is normal",
                       "Ses attentes, compar\u00e9es \u00e0 la normale")),
        "id", "timeline-title");
    markup_set(markup_add(svg, "desc", description(&drawing)), "id", "timeline-words");
    lay_out(&drawing, &axis);
    draw(&drawing);
    markup_add_class(figure, "p", "soft",
        IN_LANGUAGE(story->language,
            "Line: the wait, ending in a dot, or in a ring while it lasts. Box: where 10 to 90 of "
            "100 such parcels move on; whisker: until 99 have. Normal waits are those that begin "
            "on a Monday morning.",
            "Trait\u00a0: l'attente, termin\u00e9e par un point, ou par un cercle tant qu'elle "
            "dure. Bo\u00eete\u00a0: l\u00e0 o\u00f9 repartent 10 \u00e0 90 colis comparables sur "
            "100\u00a0; moustache\u00a0: jusqu'\u00e0 ce que 99 le soient. Les attentes normales "
            "sont celles qui commencent un lundi matin."));
    numbers(&drawing, figure);
}
