/*
 * The plots of a question. References (perfect calibration, chance) are faint; what is Vigie's has the first hue.
 */
#include "core/text.h"
#include "reports/backtest_page.h"
#include "reports/plot.h"

#include <math.h>

enum
{
    RULES_DRAWN = PLOT_HUES - 1  // Vigie's own has the first hue
};

static const PlotPoint diagonal[] = {{0, 0, NAN, NAN}, {1, 1, NAN, NAN}};

static const char *
id_of(const BacktestPage *page, const BacktestAnswer *answer, const char *plot)
{
    return arena_printf(page->arena, "%s-%s", answer->name, plot);
}

static PlotAxis
share_axis(const char *label)
{
    return (PlotAxis){.label = label, .unit = PLOT_SHARES, .low = 0, .high = 1};
}

static PlotSeries
reliability_series(const BacktestPage *page, const BacktestMethod *method, int hue, bool intervals)
{
    PlotPoint *const points = ARENA_ARRAY(page->arena, PlotPoint, method->bin_count);
    size_t count = 0;

    for (size_t i = 0; i < method->bin_count; i++) {
        const BacktestBin *const bin = &method->bins[i];

        if (bin->count > 0)
            points[count++] = (PlotPoint){bin->stated, bin->happened,
                intervals ? bin->low : (double)NAN, intervals ? bin->high : (double)NAN};
    }
    return (PlotSeries){
        .name = method->label, .mark = PLOT_DOTS, .hue = hue, .points = points, .count = count};
}

static void
add_reliability(const BacktestPage *page, MarkupNode *plots, const BacktestAnswer *answer)
{
    PlotSeries series[3] = {
        {.name = "", .mark = PLOT_LINE, .hue = PLOT_FAINT, .points = diagonal, .count = 2}};
    size_t count = 1;

    // The last one lies on top: as people were told.
    for (size_t i = answer->method_count < 2 ? answer->method_count : 2; i-- > 0;)
        if (answer->methods[i].bin_count > 0)
            series[count++] = reliability_series(page, &answer->methods[i], i == 0 ? 0 : 1, i == 0);
    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "reliability"),
            .title = "Stated and happened",
            .description = "Statements by their probability against the share that came true, with "
                           "95% intervals. On the diagonal they are right.",
            .x = share_axis("stated probability"),
            .y = share_axis("share that came true"),
            .series = series,
            .count = count});
}

static PlotSeries
curve_series(const BacktestPage *page, const BacktestMethod *method, int hue, PlotMark mark,
    const BacktestCurve *curve)
{
    PlotPoint *const points = ARENA_ARRAY(page->arena, PlotPoint, curve->count);

    for (size_t i = 0; i < curve->count; i++)
        points[i] = (PlotPoint){curve->points[i].x, curve->points[i].y, NAN, NAN};
    return (PlotSeries){
        .name = method->label, .mark = mark, .hue = hue, .points = points, .count = curve->count};
}

// What was stated and the rules' rankings; what was stated before recalibration ranks nearly the same.
static size_t
curves_of(const BacktestPage *page, const BacktestAnswer *answer, bool roc, PlotSeries *series)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->method_count && count <= RULES_DRAWN; i++) {
        const BacktestMethod *const method = &answer->methods[i];
        const BacktestCurve *const curve = roc ? &method->roc : &method->precision_recall;

        if (i == 1 || curve->count == 0)
            continue;
        series[count] = curve_series(page, method, (int)count, PLOT_LINE, curve);
        count++;
    }
    return count;
}

static void
add_roc(const BacktestPage *page, MarkupNode *plots, const BacktestAnswer *answer)
{
    PlotSeries series[PLOT_HUES + 1];
    const size_t count = curves_of(page, answer, true, series);

    series[count] = (PlotSeries){
        .name = "chance", .mark = PLOT_LINE, .hue = PLOT_FAINT, .points = diagonal, .count = 2};
    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "roc"),
            .title = "Found against falsely alarmed (ROC)",
            .description =
                "Going down each method's ranking: the share of true ones found against the share "
                "of the others that was listed with them. Nearer to the upper left is better.",
            .x = share_axis("share of the others listed"),
            .y = share_axis("share of the true ones found"),
            .series = series,
            .count = count + 1});
}

static void
add_precision_recall(const BacktestPage *page, MarkupNode *plots, const BacktestAnswer *answer)
{
    PlotSeries series[PLOT_HUES + 1];
    const size_t count = curves_of(page, answer, false, series);
    const double base = answer->methods[0].scores.base_rate;
    const PlotPoint chance[] = {{0, base, NAN, NAN}, {1, base, NAN, NAN}};

    series[count] = (PlotSeries){
        .name = "chance", .mark = PLOT_LINE, .hue = PLOT_FAINT, .points = chance, .count = 2};
    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "precision"),
            .title = "True among listed, as lists grow longer",
            .description =
                "Going down each method's ranking: the share of the list that is true against the "
                "share of all true ones found. Higher is better.",
            .x = share_axis("share of the true ones found"),
            .y = share_axis("share of the list that is true"),
            .series = series,
            .count = count + 1});
}

static void
add_false_share(const BacktestPage *page, MarkupNode *plots, const BacktestAnswer *answer)
{
    PlotPoint *const points = ARENA_ARRAY(page->arena, PlotPoint, answer->list_count);
    PlotPoint equal[] = {{0, 0, NAN, NAN}, {0, 0, NAN, NAN}};
    PlotSeries series[] = {
        {.name = "", .mark = PLOT_LINE, .hue = PLOT_FAINT, .points = equal, .count = 2},
        {.name = "Vigie's lists", .mark = PLOT_DOTS, .hue = 0, .points = points},
    };

    for (size_t i = 0; i < answer->list_count; i++) {
        const BacktestList *const list = &answer->lists[i];

        if (list->is_rule || !isfinite(list->false_stated) || !isfinite(list->false_happened.value))
            continue;
        points[series[1].count++] = (PlotPoint){list->false_stated, list->false_happened.value,
            list->false_happened.low, list->false_happened.high};
        equal[1].x = fmax(equal[1].x, fmax(list->false_stated, list->false_happened.value));
        equal[1].y = equal[1].x;
    }
    if (series[1].count == 0)
        return;
    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "false"),
            .title = "False share of the lists: stated and happened",
            .description =
                "For each of Vigie's lists the share of false ones it stated against "
                "the share that was false, with 95% intervals. On the diagonal they are right.",
            .x = {.label = "stated", .unit = PLOT_SHARES, .low = NAN, .high = NAN},
            .y = {.label = "happened", .unit = PLOT_SHARES, .low = NAN, .high = NAN},
            .series = series,
            .count = 2});
}

static void
add_lead(const BacktestPage *page, MarkupNode *plots, const BacktestAnswer *answer)
{
    const BacktestLead *const lead = &page->report->lead;
    PlotPoint points[BACKTEST_LEAD_DAYS];
    const PlotSeries series = {.name = "parcels",
        .mark = PLOT_BARS,
        .hue = 0,
        .points = points,
        .count = BACKTEST_LEAD_DAYS};

    if (lead->warned == 0)
        return;
    for (int i = 0; i < BACKTEST_LEAD_DAYS; i++)
        points[i] = (PlotPoint){i, (double)lead->days[i], NAN, NAN};
    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "lead"),
            .title = "How long before the promise late parcels were first listed",
            .description = arena_printf(page->arena,
                "Parcels that came late and had been listed as at risk, by whole days between the "
                "first listing and the promise; %d stands for all beyond.",
                BACKTEST_LEAD_DAYS - 1),
            .x = {.label = "days ahead", .low = -.5, .high = BACKTEST_LEAD_DAYS - .5},
            .y = {.label = "parcels that came late", .low = NAN, .high = NAN},
            .series = &series,
            .count = 1});
}

static PlotSeries
night_series(const BacktestPage *page, BacktestQuestion question, bool happened)
{
    const BacktestReport *const report = page->report;
    PlotPoint *const points = ARENA_ARRAY(page->arena, PlotPoint, report->night_count);

    for (size_t i = 0; i < report->night_count; i++) {
        const BacktestNight *const night = &report->nights[i];
        const bool scored = night->of[question].count > 0;
        const double share = happened ? night->of[question].happened : night->of[question].stated;

        points[i] = (PlotPoint){(double)night->day, scored ? share : (double)NAN, NAN, NAN};
    }
    return (PlotSeries){.name = happened ? "happened" : "stated",
        .mark = PLOT_LINE,
        .hue = happened ? 1 : 0,
        .points = points,
        .count = report->night_count};
}

static void
add_nights(const BacktestPage *page, MarkupNode *plots, BacktestQuestion question)
{
    const BacktestAnswer *const answer = &page->report->answers[question];
    const PlotSeries series[] = {
        night_series(page, question, true), night_series(page, question, false)};

    plot_add(plots, page->arena,
        &(Plot){.id = id_of(page, answer, "nights"),
            .title = "Night by night",
            .description = "For each night the mean stated probability and the share that came "
                           "true.",
            .x = {.label = "", .unit = PLOT_DAYS, .low = NAN, .high = NAN},
            .y = {.label = "share of the parcels judged",
                .unit = PLOT_SHARES,
                .low = NAN,
                .high = NAN},
            .series = series,
            .count = 2});
}

void
backtest_add_plots(const BacktestPage *page, MarkupNode *section, BacktestQuestion question)
{
    const BacktestAnswer *const answer = &page->report->answers[question];
    MarkupNode *const plots = markup_add_class(section, "div", "plots", NULL);

    add_reliability(page, plots, answer);
    add_nights(page, plots, question);
    add_roc(page, plots, answer);
    add_precision_recall(page, plots, answer);
    if (question == BACKTEST_LATE)
        add_lead(page, plots, answer);
    add_false_share(page, plots, answer);
}
