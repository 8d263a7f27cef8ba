/*
 * Axes with round numbers: steps of 1, 2 or 5 times a power of ten, as few as fit on a phone; on logarithmic axes the
 * powers of ten themselves, with 2 and 5 times them where there are few.
 */
#include "reports/plot_axis.h"

#include "core/instant.h"
#include "core/words.h"

#include <math.h>

#define LARGEST       1e15
#define STEPS         5     // about so many between ticks
#define DAY_STEPS     4     // dates are wide
#define CLOSE         1e-9  // ends nearer than this share of their size are one
#define ONE_PERCENT   .01
#define MARGIN        .04    // beyond the data, of a logarithmic axis
#define TINY          1e-15  // smallest that is not 0
#define THREE_DECADES 1e3
#define COMMAS        1e7  // beyond this, digits do not help

bool
plot_is_drawable(const PlotAxis *axis, double value)
{
    return isfinite(value) && fabs(value) <= LARGEST && (axis->scale != PLOT_LOG || value >= TINY);
}

// The smallest of 1, 2, 5 times a power of ten that is not below value, which is positive.
static double
round_up(double value)
{
    const double power = pow(10, floor(log10(value)));
    const double lead = value / power;

    return (lead <= 1 + CLOSE ? 1 : lead <= 2 + CLOSE ? 2 : lead <= 5 + CLOSE ? 5 : 10) * power;
}

static double
day_step(double span)
{
    static const double steps[] = {1, 2, 7, 14, 28, 91, 182, 364};
    const size_t count = sizeof steps / sizeof steps[0];

    for (size_t i = 0; i < count; i++)
        if (steps[i] * DAY_STEPS >= span)
            return steps[i];
    return ceil(span / DAY_STEPS / 364) * 364;
}

// Parts of a day and whole days.
static double
hour_step(double span)
{
    static const double steps[] = {1, 2, 3, 6, 12, 24, 48, 72, 96, 168};

    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && span > STEPS; i++)
        if (steps[i] * STEPS >= span)
            return steps[i];
    return round_up(span / STEPS);
}

static bool
counts_days(const PlotAxis *axis)
{
    return axis->unit == PLOT_DAYS && axis->scale == PLOT_LINEAR;
}

static double
step_of(const PlotAxis *axis, double low, double high)
{
    if (axis->unit == PLOT_HOURS && axis->scale == PLOT_LINEAR)
        return hour_step(high - low);
    return counts_days(axis) ? day_step(high - low) : round_up((high - low) / STEPS);
}

static bool
are_apart(double low, double high)
{
    const double size = fmax(fabs(low), fabs(high));

    return size >= TINY && high - low > CLOSE * size;
}

static bool
has_ends(const PlotAxis *axis)
{
    return plot_is_drawable(axis, axis->low) && plot_is_drawable(axis, axis->high) &&
           are_apart(axis->low, axis->high);
}

// Ends that are told apart, around what may be a single value.
static void
widen(const PlotAxis *axis, double *low, double *high)
{
    const double size = fmax(fabs(*low), fabs(*high));

    if (are_apart(*low, *high))
        return;
    if (axis->scale == PLOT_LOG) {
        *low /= 2;
        *high *= 2;
        return;
    }
    *low -= size >= TINY ? size / 10 : 1;
    *high += size >= TINY ? size / 10 : 1;
}

PlotRuler
plot_ruler(const PlotAxis *axis, double data_low, double data_high, double from, double to)
{
    PlotRuler ruler = {.axis = axis, .low = axis->low, .high = axis->high, .from = from, .to = to};

    if (has_ends(axis))
        return ruler;
    ruler.low = axis->scale == PLOT_LOG ? 1 : 0;
    ruler.high = axis->scale == PLOT_LOG ? 10 : 1;
    if (plot_is_drawable(axis, data_low) && plot_is_drawable(axis, data_high)) {
        ruler.low = data_low;
        ruler.high = data_high;
    }
    widen(axis, &ruler.low, &ruler.high);
    if (axis->scale == PLOT_LOG) {
        const double margin = pow(ruler.high / ruler.low, MARGIN);

        ruler.low /= margin;
        ruler.high *= margin;
    } else if (counts_days(axis)) {
        ruler.low = floor(ruler.low);
        ruler.high = fmax(ceil(ruler.high), ruler.low + 1);
    } else {
        const double step = step_of(axis, ruler.low, ruler.high);

        ruler.low = floor(ruler.low / step + CLOSE) * step;
        ruler.high = ceil(ruler.high / step - CLOSE) * step;
    }
    return ruler;
}

double
plot_place(const PlotRuler *ruler, double value)
{
    const double inside = fmin(fmax(value, ruler->low), ruler->high);
    const double share = ruler->axis->scale == PLOT_LOG
                             ? log(inside / ruler->low) / log(ruler->high / ruler->low)
                             : (inside - ruler->low) / (ruler->high - ruler->low);

    return ruler->from + fmin(fmax(share, 0), 1) * (ruler->to - ruler->from);
}

bool
plot_is_within(const PlotRuler *ruler, double value)
{
    return value >= ruler->low && value <= ruler->high;
}

static size_t
linear_ticks(const PlotRuler *ruler, double ticks[PLOT_TICKS])
{
    const double step = step_of(ruler->axis, ruler->low, ruler->high);
    const bool days = counts_days(ruler->axis);
    const double start = days ? ceil(ruler->low) : ceil(ruler->low / step - CLOSE) * step;
    size_t count = 0;

    while (count < PLOT_TICKS) {
        // "+ 0." turns -0 into 0.
        const double tick =
            days ? start + (double)count * step : round(start / step + (double)count) * step + 0.;

        if (tick > ruler->high + step * CLOSE)
            break;
        ticks[count++] = tick;
    }
    return count;
}

static size_t
log_ticks(const PlotRuler *ruler, double ticks[PLOT_TICKS])
{
    static const double leads[] = {1, 2, 5};
    const int last = (int)ceil(log10(ruler->high));
    const int stride = 1 + (last - (int)floor(log10(ruler->low))) / STEPS;
    const int first = (int)(stride > 1 ? ceil(log10(ruler->low)) : floor(log10(ruler->low)));
    const int leads_used = ruler->high / ruler->low <= THREE_DECADES ? 3 : 1;
    size_t count = 0;

    for (int power = first; power <= last; power += stride)
        for (int i = 0; i < leads_used && count < PLOT_TICKS; i++) {
            const double tick = leads[i] * pow(10, power);

            if (tick >= ruler->low * (1 - CLOSE) && tick <= ruler->high * (1 + CLOSE))
                ticks[count++] = tick;
        }
    return count;
}

size_t
plot_ticks(const PlotRuler *ruler, double ticks[PLOT_TICKS])
{
    const size_t count = ruler->axis->scale == PLOT_LOG ? log_ticks(ruler, ticks) : 0;

    return count >= 2 ? count : linear_ticks(ruler, ticks);
}

// How many decimals tell multiples of a step apart.
static int
decimals_of(double step)
{
    int decimals = 0;

    for (double rest = step; decimals < 9 && rest < 1 - CLOSE; rest *= 10)
        decimals++;
    return decimals;
}

static const char *
number_text(Arena *arena, Language language, double value, int decimals)
{
    if (fabs(value) >= COMMAS)
        return words_digits(arena, language, value, 3);
    if (decimals == 0 && fabs(value) >= 1000)
        return arena_printf(arena, "%s%s", value < 0 ? "-" : "",
            words_count(arena, language, (int64_t)llround(fabs(value))));
    return words_decimals(arena, language, value, decimals);
}

static const char *
day_text(Arena *arena, double value)
{
    return fabs(value) < 1e8 ? day_print(arena, (Day)lround(value)) : "";
}

static const char *
percent_of(Language language)
{
    return IN_LANGUAGE(language, "%", "\u00a0%");
}

const char *
plot_tick_text(Arena *arena, const PlotRuler *ruler, double tick)
{
    const Language language = ruler->axis->language;
    double unused[PLOT_TICKS];
    const bool powers = ruler->axis->scale == PLOT_LOG && log_ticks(ruler, unused) >= 2;
    const double step = powers ? tick : step_of(ruler->axis, ruler->low, ruler->high);

    switch (ruler->axis->unit) {
    case PLOT_DAYS:
        return day_text(arena, tick);
    case PLOT_SHARES:
        return arena_printf(arena, "%s%s",
            number_text(arena, language, 100 * tick, decimals_of(step / ONE_PERCENT)),
            percent_of(language));
    case PLOT_NUMBERS:
    case PLOT_HOURS:
        break;
    }
    return number_text(arena, language, tick, decimals_of(step));
}

const char *
plot_value_text(Arena *arena, const PlotAxis *axis, double value)
{
    const Language language = axis->language;

    if (!isfinite(value))
        return isnan(value) ? ""
               : value > 0  ? IN_LANGUAGE(language, "beyond", "au-del\u00e0")
                            : IN_LANGUAGE(language, "below", "en de\u00e7\u00e0");
    switch (axis->unit) {
    case PLOT_DAYS:
        return day_text(arena, value);
    case PLOT_SHARES:
        return arena_printf(
            arena, "%s%s", words_decimals(arena, language, 100 * value, 1), percent_of(language));
    case PLOT_NUMBERS:
    case PLOT_HOURS:
        break;
    }
    return value == round(value) && fabs(value) < COMMAS ? number_text(arena, language, value, 0)
                                                         : words_digits(arena, language, value, 4);
}
