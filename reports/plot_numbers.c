/*
 * The numbers behind a drawing, and the look of both.
 */
#include "core/text.h"
#include "reports/plot_marks.h"
#include "reports/style.h"

#include <math.h>

enum
{
    ROWS = 60  // of one series; longer ones are thinned
};

const char *const plot_style =
    ".drawing{display:block;width:100%;height:auto}"
    ".drawing text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',"
    "sans-serif;fill:var(--soft);font-variant-numeric:tabular-nums}"
    ".drawing .label,.drawing .name{fill:var(--text)}"
    ".drawing .caption{fill:var(--text);font-size:13px;font-weight:600}"
    ".drawing .end{text-anchor:end}.drawing .middle{text-anchor:middle}"
    ".axis,.grid{stroke:var(--line);fill:none}.axis{stroke:var(--soft)}.grid{stroke-width:.7}"
    ".h0{--hue:#1f5fa8}.h1{--hue:#b3261e}.h2{--hue:#2b7a33}.h3{--hue:#8a5300}.h4{--hue:#6b3fa0}"
    "@media screen and (prefers-color-scheme:dark){"
    ".h0{--hue:#86b8f5}.h1{--hue:#ff8a80}.h2{--hue:#7fcf8a}.h3{--hue:#f0b45a}.h4{--hue:#c9a6f2}}"
    ".faint{--hue:var(--soft)}"
    ".drawing .line,.interval{fill:none;stroke:var(--hue);stroke-width:1.8;stroke-linejoin:round}"
    ".interval{stroke-width:1.1}"
    ".drawing .faint{stroke-width:1;stroke-dasharray:2 3}"
    ".line.h1{stroke-dasharray:7 3}.line.h2{stroke-dasharray:2.5 2.5}"
    ".line.h3{stroke-dasharray:9 3 2 3}.line.h4{stroke-dasharray:12 3}"
    ".dot{fill:var(--hue)}.bar{fill:var(--hue);fill-opacity:.75}"
    ".band{fill:var(--hue);fill-opacity:.2}"
    ".plot{margin:0 0 1.25rem;max-width:34rem;break-inside:avoid}"
    ".plot figcaption{font-weight:600;margin:0 0 .4rem}"
    ".plot details{font-size:.9rem;color:var(--soft)}"
    ".plot summary{cursor:pointer;padding:.3rem 0}"
    ".plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));"
    "gap:1rem 2rem;align-items:start;margin:1rem 0}"
    "@media print{.plot details{display:none}.plots{grid-template-columns:repeat(3,1fr)}}";

const char *
plot_file_style(Arena *arena)
{
    return arena_printf(
        arena, "%s%s.drawing{background:var(--ground)}", report_colours, plot_style);
}

static void
cell(MarkupNode *row, const char *name, const char *class_name, const char *text)
{
    MarkupNode *const node = markup_add(row, name, text);

    if (!text_is_empty(class_name))
        markup_set(node, "class", class_name);
    if (name[1] == 'h')
        markup_set(node, "scope", text_equal(class_name, "row") ? "row" : "col");
}

static bool
has_intervals(const Plot *plot)
{
    for (size_t i = 0; i < plot->count; i++)
        for (size_t k = 0; k < plot->series[i].count; k++)
            if (!isnan(plot->series[i].points[k].low))
                return true;
    return false;
}

static void
row_add(MarkupNode *body, Arena *arena, const Plot *plot, const PlotSeries *series,
    const PlotPoint *point, bool intervals)
{
    MarkupNode *const row = markup_add(body, "tr", NULL);

    cell(row, "td", "", series->name);
    cell(row, "td", "n", plot_value_text(arena, &plot->x, point->x));
    cell(row, "td", "n",
        series->mark == PLOT_BAND ? "" : plot_value_text(arena, &plot->y, point->y));
    if (intervals) {
        cell(row, "td", "n", plot_value_text(arena, &plot->y, point->low));
        cell(row, "td", "n", plot_value_text(arena, &plot->y, point->high));
    }
}

void
plot_numbers(MarkupNode *figure, Arena *arena, const Plot *plot)
{
    const bool intervals = has_intervals(plot);
    MarkupNode *const details = markup_add(figure, "details", NULL);

    markup_add(details, "summary", IN_LANGUAGE(plot->x.language, "The numbers", "Les nombres"));

    MarkupNode *const table = markup_add(details, "table", NULL);
    MarkupNode *const head = markup_add(markup_add(table, "thead", NULL), "tr", NULL);
    MarkupNode *const body = markup_add(table, "tbody", NULL);

    cell(head, "th", "", IN_LANGUAGE(plot->x.language, "Series", "S\u00e9rie"));
    cell(head, "th", "n", plot->x.label);
    cell(head, "th", "n", plot->y.label);
    if (intervals) {
        cell(head, "th", "n", IN_LANGUAGE(plot->x.language, "from", "de"));
        cell(head, "th", "n", IN_LANGUAGE(plot->x.language, "to", "\u00e0"));
    }
    for (size_t i = 0; i < plot->count; i++) {
        const PlotSeries *const series = &plot->series[i];
        const size_t stride = 1 + (series->count > 0 ? series->count - 1 : 0) / ROWS;

        if (text_is_empty(series->name))
            continue;
        for (size_t k = 0; k < series->count; k += stride)
            row_add(body, arena, plot, series, &series->points[k], intervals);
        if (stride > 1)
            markup_add_class(details, "p", "soft",
                arena_printf(arena,
                    IN_LANGUAGE(plot->x.language, "%s: one in %zu of %zu points.",
                        "%s\u00a0: un point sur %zu, de %zu."),
                    series->name, stride, series->count));
    }
}
