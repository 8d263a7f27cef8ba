/*
 * On-time drift: a CUSUM of log-likelihoods, p0 against p1 = p0 - DRIFT_DELTA. A day on which k of n promises were kept adds
 *
 *     (k log(p1/p0) + (n - k) log((1 - p1)/(1 - p0))) / phi,    never falling below 0
 *
 * where phi, Pearson's chi-square of the base days over their degrees of freedom, says how much more days differ than
 * independent parcels would: without it a phi of 2 turns a false drift a year into one in six weeks. p0 is the carrier's own
 * share on the base days, (K + 1)/(N + 2), less one standard error: what is not known well must not look like a drift.
 *
 * E. S. Page, Biometrika 41 (1954) 100-115; S. H. Steiner, R. J. Cook, V. T. Farewell, T. Treasure, Biostatistics 1 (2000)
 * 441-452; P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 4.5, for phi.
 *
 * The statistic stops at the limit, so that it falls as soon as promises are kept again; a drift ends at 0, or when the
 * base days have become as bad.
 */
#include "detectors/incidents/drift.h"

#include "detectors/stats/charts.h"

#include <math.h>
#include <string.h>

typedef struct Base
{
    bool known;
    double usual, dispersion;
} Base;

// Sums over the base days of a day; first and end are found by moving on, since days ascend.
typedef struct Window
{
    size_t first, end;  // days[first] to days[end - 1]
    int64_t promised, kept;
} Window;

static void
window_move(Window *window, const PromiseDay *days, Day day)
{
    for (; days[window->end].day < day - DRIFT_GAP_DAYS; window->end++) {
        window->promised += days[window->end].promised;
        window->kept += days[window->end].kept;
    }
    for (; window->first < window->end &&
           days[window->first].day < day - DRIFT_GAP_DAYS - DRIFT_BASE_DAYS;
         window->first++) {
        window->promised -= days[window->first].promised;
        window->kept -= days[window->first].kept;
    }
}

static Base
base_of(const Window *window, const PromiseDay *days)
{
    const double promised = (double)window->promised;
    const double p = ((double)window->kept + 1) / (promised + 2);
    double chi_square = 0;
    size_t used = 0;

    for (size_t i = window->first; i < window->end; i++) {
        const double n = (double)days[i].promised, off = (double)days[i].kept - n * p;

        if (n <= 0)
            continue;
        chi_square += off * off / (n * p * (1 - p));
        used++;
    }
    if (used < DRIFT_LEAST_DAYS || promised < DRIFT_LEAST_PROMISES)
        return (Base){.known = false};

    const double phi = fmax(1, chi_square / (double)(used - 1));

    return (Base){
        .known = p - sqrt(phi * p * (1 - p) / promised) > 2 * DRIFT_DELTA,
        .usual = p,
        .dispersion = phi,
    };
}

static double
increment(const Window *window, const Base *base, const PromiseDay *day)
{
    const double p = base->usual;
    const double p0 = p - sqrt(base->dispersion * p * (1 - p) / (double)window->promised);

    return chart_binomial_increment(
        (double)day->kept, (double)day->promised, p0, p0 - DRIFT_DELTA, base->dispersion);
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
    Window window = {0};

    for (size_t i = 0; i < count; i++) {
        window_move(&window, days, days[i].day);

        const Base base = base_of(&window, days);

        drift.known = base.known;
        if (!base.known || days[i].promised <= 0)
            continue;
        if (!drift.on) {
            drift.usual = base.usual;
            drift.dispersion = base.dispersion;
        }
        add_day(&drift, &days[i], increment(&window, &base, &days[i]));
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
