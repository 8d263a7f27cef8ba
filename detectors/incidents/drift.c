/*
 * On-time drift: a CUSUM of log-likelihoods, p0 against p1 = p0 - DRIFT_DELTA. A day on which k of n promises were kept adds
 *
 *     (k log(p1/p0) + (n - k) log((1 - p1)/(1 - p0))) / phi,    never falling below 0
 *
 * where phi says how much more days differ than independent parcels would: without it a phi of 2 turns a false drift a year
 * into one in six weeks. Both are medians over the weeks of the base, so that neither a December nor a drift that is over
 * becomes what is usual: p of the weeks' shares kept, phi of Pearson's chi-square of a week's days, divided by what the median
 * of that is when nothing is wrong. p0 is p less the standard error of such a median: what is not known well must not look
 * like a drift.
 *
 * E. S. Page, Biometrika 41 (1954) 100-115; S. H. Steiner, R. J. Cook, V. T. Farewell, T. Treasure, Biostatistics 1 (2000)
 * 441-452; P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 4.5, for phi; E. B. Wilson, M. M. Hilferty, PNAS 17
 * (1931) 684-688, for the median of chi-square.
 *
 * The statistic stops at the limit, so that it falls as soon as promises are kept again; a drift ends at 0, or when the
 * base weeks have become as bad.
 */
#include "detectors/incidents/drift.h"

#include "detectors/stats/charts.h"
#include "detectors/stats/quantiles.h"

#include <math.h>
#include <string.h>

#define WEEK  7
#define WEEKS (DRIFT_BASE_DAYS / WEEK)

typedef struct Week
{
    double promised, kept;
    size_t days;
    double chi_square;  // of its days
} Week;

// What is usual on a day, by the weeks before it.
typedef struct Base
{
    bool known;
    double usual, low, dispersion;  // p, p0, phi
    Week weeks[WEEKS];
    Day newest;  // of its days
} Base;

static Week *
week_of(Base *base, const PromiseDay *day)
{
    return &base->weeks[(base->newest - day->day) / WEEK];
}

static void
count_weeks(Base *base, const PromiseDay *days, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Week *const week = week_of(base, &days[i]);

        week->promised += (double)days[i].promised;
        week->kept += (double)days[i].kept;
        week->days += days[i].promised > 0;
    }
}

static double
usual_share(const Base *base)
{
    double shares[WEEKS];
    size_t count = 0;

    for (size_t i = 0; i < WEEKS; i++)
        if (base->weeks[i].promised > 0)
            shares[count++] = (base->weeks[i].kept + .5) / (base->weeks[i].promised + 1);
    return quantile_median_of(shares, count);
}

// The median of chi-square is about d (1 - 2/(9 d))^3 with d degrees of freedom.
static double
dispersion(Base *base, const PromiseDay *days, size_t day_count)
{
    const double p = base->usual;
    double ratios[WEEKS];
    size_t count = 0;

    for (size_t i = 0; i < day_count; i++) {
        const double n = (double)days[i].promised, off = (double)days[i].kept - n * p;

        if (n > 0)
            week_of(base, &days[i])->chi_square += off * off / (n * p * (1 - p));
    }
    for (size_t i = 0; i < WEEKS; i++) {
        const double d = (double)base->weeks[i].days;

        if (d > 0)
            ratios[count++] = base->weeks[i].chi_square / (d * pow(1 - 2 / (9 * d), 3));
    }
    return fmax(1, quantile_median_of(ratios, count));
}

// Of days, those before `count` are DRIFT_GAP_DAYS before `day`, or earlier.
static Base
base_of(const PromiseDay *days, size_t count, Day day)
{
    Base base = {.newest = day - DRIFT_GAP_DAYS - 1};
    size_t first = count, used = 0;
    double promised = 0;

    while (first > 0 && base.newest - days[first - 1].day < DRIFT_BASE_DAYS)
        first--;
    days += first;
    count -= first;
    count_weeks(&base, days, count);
    for (size_t i = 0; i < WEEKS; i++) {
        promised += base.weeks[i].promised;
        used += base.weeks[i].days;
    }
    if (used < DRIFT_LEAST_DAYS || promised < DRIFT_LEAST_PROMISES)
        return base;
    base.usual = usual_share(&base);
    base.dispersion = dispersion(&base, days, count);
    base.low =
        base.usual - sqrt(M_PI_2 * base.dispersion * base.usual * (1 - base.usual) / promised);
    base.known = base.low > 2 * DRIFT_DELTA;
    return base;
}

static double
increment(const Base *base, const PromiseDay *day)
{
    return chart_binomial_increment((double)day->kept, (double)day->promised, base->low,
        base->low - DRIFT_DELTA, base->dispersion);
}

static void
add_day(Drift *drift, const PromiseDay *day, double step)
{
    drift->statistic = fmin(DRIFT_LIMIT, chart_cusum_next(drift->statistic, step));
    if (drift->statistic <= 0) {
        drift->on = false;
        drift->since = DAY_NONE;
        drift->promised = drift->kept = 0;
        return;
    }
    if (drift->since == DAY_NONE)
        drift->since = day->day;
    drift->promised += day->promised;
    drift->kept += day->kept;
    drift->on = drift->on || drift->statistic >= DRIFT_LIMIT;
}

Drift
drift_of(const PromiseDay *days, size_t count)
{
    Drift drift = {.since = DAY_NONE, .usual = NAN, .dispersion = NAN};
    size_t end = 0;

    for (size_t i = 0; i < count; i++) {
        while (days[end].day < days[i].day - DRIFT_GAP_DAYS)
            end++;

        const Base base = base_of(days, end, days[i].day);

        drift.known = base.known;
        if (!base.known || days[i].promised <= 0)
            continue;
        if (!drift.on) {
            drift.usual = base.usual;
            drift.dispersion = base.dispersion;
        }
        add_day(&drift, &days[i], increment(&base, &days[i]));
    }
    return drift;
}

size_t
drift_days_end(const PromiseDay *days, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && strcmp(days[end].carrier, days[first].carrier) == 0)
        end++;
    return end;
}
