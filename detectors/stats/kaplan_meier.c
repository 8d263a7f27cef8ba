/*
 * At each instant t_i at which something ended, d_i of the n_i still waiting end:
 *
 *     S(t) = prod (1 - d_i / n_i),     var(log S) = sum d_i / (n_i (n_i - d_i))      (Greenwood)
 *     H(t) = sum d_i / n_i,            var(H) = sum d_i / n_i^2                      (Nelson, Aalen; Poisson form)
 *
 * over t_i <= t. The mean up to tau is the area under S; its variance is sum A_i^2 d_i / (n_i (n_i - d_i)), with A_i
 * the area from t_i to tau.
 *
 * E. L. Kaplan, P. Meier, J. Amer. Statist. Assoc. 53 (1958) 457-481; M. Greenwood, Reports on Public Health and
 * Medical Subjects 33 (1926) 1-26; O. O. Aalen, Ann. Statist. 6 (1978) 701-726; quantiles: R. Brookmeyer, J. Crowley,
 * Biometrics 38 (1982) 29-41.
 */
#include "detectors/stats/kaplan_meier.h"

#include "detectors/stats/order.h"

#include <math.h>
#include <stdlib.h>

#define FLAT_TOLERANCE                                                                             \
    1.5e-8  // 1 - p is met when survival is so near: products of shares are not exact

bool
censored_gap_is_usable(const CensoredGap *gap)
{
    return gap->time >= 0 && gap->weight > 0 && gap->weight <= CENSORED_WEIGHT_MAX;
}

static int
by_time(const void *a, const void *b)
{
    return order_of(((const CensoredGap *)a)->time, ((const CensoredGap *)b)->time);
}

// The usable gaps by rising time; *kept is how many.
static const CensoredGap *
sort_usable(Arena *arena, const CensoredGap *gaps, size_t count, size_t *kept)
{
    CensoredGap *const sorted = ARENA_ARRAY(arena, CensoredGap, count);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (censored_gap_is_usable(&gaps[i]))
            sorted[n++] = gaps[i];
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_time);
    *kept = n;
    return sorted;
}

// One row per distinct finite time, with what ended and waited there; returns how many.
static size_t
count_by_time(const CensoredGap *sorted, size_t count, KaplanMeierRow *rows)
{
    size_t n = 0;

    for (size_t i = 0; i < count && isfinite(sorted[i].time); i++) {
        if (n == 0 || rows[n - 1].time < sorted[i].time)
            rows[n++] = (KaplanMeierRow){.time = sorted[i].time};
        *(sorted[i].ended ? &rows[n - 1].ended : &rows[n - 1].waited) += sorted[i].weight;
    }
    return n;
}

static void
estimate(KaplanMeierRow *rows, size_t count, double waiting_for_ever)
{
    double later = waiting_for_ever;
    KaplanMeierRow sum = {.survival = 1};

    for (size_t i = count; i-- > 0;) {
        later += rows[i].ended + rows[i].waited;
        rows[i].at_risk = later;
    }
    for (size_t i = 0; i < count; i++) {
        KaplanMeierRow *const row = &rows[i];
        const double left =
            i + 1 < count ? rows[i + 1].at_risk + row->waited : waiting_for_ever + row->waited;

        sum.survival *= left / row->at_risk;
        sum.log_variance += left > 0 ? row->ended / row->at_risk / left : (double)NAN;
        sum.cumulative += row->ended / row->at_risk;
        sum.cumulative_variance += row->ended / row->at_risk / row->at_risk;
        row->survival = sum.survival;
        row->log_variance = sum.log_variance;
        row->cumulative = sum.cumulative;
        row->cumulative_variance = sum.cumulative_variance;
    }
}

KaplanMeier
kaplan_meier(Arena *arena, const CensoredGap *gaps, size_t count)
{
    size_t kept = 0;
    const CensoredGap *const sorted = sort_usable(arena, gaps, count, &kept);
    KaplanMeierRow *const rows = ARENA_ARRAY(arena, KaplanMeierRow, kept);
    double waiting_for_ever = 0;

    for (size_t i = kept; i > 0 && isinf(sorted[i - 1].time); i--)
        waiting_for_ever += sorted[i - 1].weight;

    const size_t distinct = count_by_time(sorted, kept, rows);

    estimate(rows, distinct, waiting_for_ever);
    return (KaplanMeier){.rows = rows,
        .count = distinct,
        .refused = count - kept,
        .watched = kept > 0 ? sorted[kept - 1].time : (double)NAN};
}

static double
last_survival(const KaplanMeier *curve)
{
    return curve->count > 0 ? curve->rows[curve->count - 1].survival : 1;
}

// Whether the curve is known up to and including time. False for NAN and without gaps.
static bool
reaches(const KaplanMeier *curve, double time)
{
    return time <= curve->watched ||
           (!isnan(curve->watched) && !isnan(time) && last_survival(curve) == 0);
}

double
kaplan_meier_survival(const KaplanMeier *curve, double time)
{
    size_t low = 0;  // rows before low are at most time, rows from high on are later
    size_t high = curve->count;

    if (!reaches(curve, time))
        return NAN;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (curve->rows[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? curve->rows[low - 1].survival : 1;
}

Band
kaplan_meier_band(const KaplanMeier *curve, size_t row, BandScale scale, double level)
{
    const KaplanMeierRow *at = &curve->rows[row];

    if (!(level > 0 && level < 1))
        return (Band){NAN, NAN};
    while (at > curve->rows && !(at->survival > 0 && isfinite(at->log_variance)))
        at--;

    const bool told = at->survival > 0 && isfinite(at->log_variance);
    const Band band =
        told ? band_of_survival(at->survival, at->log_variance, scale, level) : (Band){0, 1};

    return at == &curve->rows[row] ? band : (Band){0, band.high};
}

typedef enum Side
{
    SIDE_ESTIMATE,
    SIDE_LOW,
    SIDE_HIGH,
} Side;

typedef struct Limits
{
    BandScale scale;
    double level;
} Limits;

static double
value_in_row(const KaplanMeier *curve, size_t row, Side side, Limits limits)
{
    if (side == SIDE_ESTIMATE)
        return curve->rows[row].survival;

    const Band band = kaplan_meier_band(curve, row, limits.scale, limits.level);

    return side == SIDE_LOW ? band.low : band.high;
}

// The first time at which the curve (or one of its limits) is at most `target`.
static double
time_below(const KaplanMeier *curve, double target, Side side, Limits limits)
{
    for (size_t i = 0; i < curve->count; i++) {
        const double value = value_in_row(curve, i, side, limits);

        if (isnan(value))
            return NAN;
        if (!(value <= target + FLAT_TOLERANCE))
            continue;
        if (value < target - FLAT_TOLERANCE)
            return curve->rows[i].time;

        size_t end = i + 1;

        while (end < curve->count && value_in_row(curve, end, side, limits) == value)
            end++;
        end -= end == curve->count;
        return (curve->rows[i].time + curve->rows[end].time) / 2;
    }
    return INFINITY;
}

TimeEstimate
kaplan_meier_quantile(const KaplanMeier *curve, double p, BandScale scale, double level)
{
    const Limits limits = {scale, level};

    if (isnan(curve->watched) || !(p > 0 && p < 1))
        return (TimeEstimate){NAN, NAN, NAN};
    return (TimeEstimate){.time = time_below(curve, 1 - p, SIDE_ESTIMATE, limits),
        .low = time_below(curve, 1 - p, SIDE_LOW, limits),
        .high = time_below(curve, 1 - p, SIDE_HIGH, limits)};
}

MeanEstimate
kaplan_meier_mean(const KaplanMeier *curve, double until)
{
    const bool known =
        until > 0 && reaches(curve, until) && (isfinite(until) || last_survival(curve) == 0);
    double area = 0;
    double variance = 0;
    double end = until;

    if (!known)
        return (MeanEstimate){NAN, NAN};
    for (size_t i = curve->count; i-- > 0;) {
        const KaplanMeierRow *const row = &curve->rows[i];

        if (row->time >= until)
            continue;
        if (row->survival > 0) {
            const double added = row->log_variance - (i > 0 ? curve->rows[i - 1].log_variance : 0);

            area += row->survival * (end - row->time);
            variance += row->ended > 0 ? area * area * added : 0;
        }
        end = row->time;
    }
    return (MeanEstimate){.mean = area + end, .error = sqrt(variance)};
}
