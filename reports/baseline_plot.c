/*
 * Curves of what is normal. Hours up to four days, days beyond. A vertical line would suggest a limit where there is
 * none: quantiles are dots on the curve.
 */
#include "reports/baseline_plot.h"

#include "reports/baseline.h"

#include <math.h>
#include <stdlib.h>

#define HOURS_READ 120.0  // longer axes are in days

const char *
baseline_title(Arena *arena, const Normal *normal)
{
    const char *const label = milestone_label(normal->milestone);

    return normal->measure == MEASURE_ARRIVE
               ? arena_printf(arena, "%s, to first presentation", label)
               : label;
}

double
baseline_events(const Normal *normal)
{
    return normal->ground_count > 0 ? normal->grounds[normal->ground_count - 1].events : 0;
}

static double
last_hour(const Normal *normal)
{
    return normal->curve_count > 0 ? normal->curve[normal->curve_count - 1].hours : 0;
}

static PlotAxis
time_axis(double longest, double *unit)
{
    *unit = longest > HOURS_READ ? 24 : 1;
    return (PlotAxis){.label = *unit > 1 ? "days of operation since the scan"
                                         : "hours of operation since the scan",
        .unit = *unit > 1 ? PLOT_NUMBERS : PLOT_HOURS,
        .low = NAN,
        .high = NAN};
}

static const PlotPoint *
curve_points(Arena *arena, const Normal *normal, double unit)
{
    PlotPoint *const points = ARENA_ARRAY(arena, PlotPoint, normal->curve_count);

    for (size_t i = 0; i < normal->curve_count; i++) {
        const NormalPoint *const point = &normal->curve[i];

        points[i] = (PlotPoint){point->hours / unit, point->moved, point->low, point->high};
    }
    return points;
}

static const PlotPoint *
quantile_points(Arena *arena, const Normal *normal, double unit)
{
    PlotPoint *const points = ARENA_ARRAY(arena, PlotPoint, NORMAL_QUANTILES);

    for (size_t i = 0; i < NORMAL_QUANTILES; i++)
        points[i] =
            (PlotPoint){normal->quantiles[i].hours / unit, normal->quantiles[i].moved, NAN, NAN};
    return points;
}

Plot
baseline_plot(Arena *arena, const char *id, const Normal *normal)
{
    PlotSeries *const series = ARENA_ARRAY(arena, PlotSeries, 3);
    double unit;
    const PlotAxis axis = time_axis(last_hour(normal), &unit);
    const PlotPoint *const points = curve_points(arena, normal, unit);

    series[0] = (PlotSeries){"95% band", PLOT_BAND, 0, points, normal->curve_count};
    series[1] = (PlotSeries){"moved on", PLOT_LINE, 0, points, normal->curve_count};
    series[2] = (PlotSeries){
        "10, 50, 90 and 99%", PLOT_DOTS, 0, quantile_points(arena, normal, unit), NORMAL_QUANTILES};
    return (Plot){.id = id,
        .title = arena_printf(arena, "%s: %s", normal->name, baseline_title(arena, normal)),
        .description = "The share of parcels that have moved on, by operating time since the scan, "
                       "with a 95% band.",
        .x = axis,
        .y = {.label = "share that has moved on", .unit = PLOT_SHARES, .low = 0, .high = 1},
        .series = series,
        .count = normal->abstained[0] == '\0' ? 3 : 0};
}

static int
by_events(const void *a, const void *b)
{
    const double left = baseline_events(*(const Normal *const *)a);
    const double right = baseline_events(*(const Normal *const *)b);

    return left != right ? (left < right ? 1 : -1)
                         : (int)(*(const Normal *const *)a)->milestone -
                               (int)(*(const Normal *const *)b)->milestone;
}

// Those that can be told, most events first.
static const Normal **
ranked(Arena *arena, const NormalReport *report, size_t *count)
{
    const Normal **const told = ARENA_ARRAY(arena, const Normal *, report->count);

    *count = 0;
    for (size_t i = 0; i < report->count; i++)
        if (report->items[i].abstained[0] == '\0')
            told[(*count)++] = &report->items[i];
    if (*count > 1)
        qsort(told, *count, sizeof *told, by_events);
    return told;
}

Plot
baseline_plot_all(Arena *arena, const NormalReport *report)
{
    PlotSeries *const series = ARENA_ARRAY(arena, PlotSeries, PLOT_HUES);
    size_t count;
    const Normal *const *const told = ranked(arena, report, &count);
    const size_t drawn = count < PLOT_HUES ? count : PLOT_HUES;
    double longest = 0;
    double unit;

    for (size_t i = 0; i < drawn; i++)
        longest = fmax(longest, last_hour(told[i]));

    const PlotAxis axis = time_axis(longest, &unit);

    for (size_t i = 0; i < drawn; i++)
        series[i] = (PlotSeries){milestone_label(told[i]->milestone), PLOT_LINE, (int)i,
            curve_points(arena, told[i], unit), told[i]->curve_count};
    return (Plot){.id = "all",
        .title = report->count > 0 ? report->items[0].name : "",
        .description =
            "For each milestone the share of parcels that have moved on, by operating time.",
        .x = axis,
        .y = {.label = "share that has moved on", .unit = PLOT_SHARES, .low = 0, .high = 1},
        .series = series,
        .count = drawn};
}

bool
report_baseline_svg(
    Arena *arena, const NormalReport *report, const char **bytes, size_t *length, Err *err)
{
    const Plot plot = report->count == 1 ? baseline_plot(arena, "curve", &report->items[0])
                                         : baseline_plot_all(arena, report);

    return plot_svg(arena, &plot, bytes, length, err);
}
