/*
 * A CUSUM of log-likelihoods (drift_base.c): a day of n promises, whose leads speak for a drift by s in all, adds
 *
 *     (s - n e)/phi, at most DRIFT_DAY_MOST,    never falling below 0
 *
 * where phi is the over-dispersion, without which a phi of 2 turns a false drift a year into one in six weeks, and e is ERRORS
 * standard errors of what a parcel says while all is usual: what is not known well must not look like a drift. The days of a
 * drift are no base of later ones: a December and a slip behind it are more than half of the weeks before a January.
 *
 * E. S. Page, Biometrika 41 (1954) 100-115; S. H. Steiner, R. J. Cook, V. T. Farewell, T. Treasure, Biostatistics 1 (2000)
 * 441-452.
 *
 * The statistic stops at the limit, so that it falls as soon as parcels come as usual again; a drift ends at 0, or when it has
 * become what is usual.
 */
#include "detectors/incidents/drift.h"

#include "core/arena.h"
#include "detectors/incidents/drift_base.h"
#include "detectors/stats/charts.h"

#include <math.h>
#include <string.h>

static const double ERRORS = 1.25;

typedef struct Watch
{
    const PromiseDay *days;
    bool *is_drift;  // of each day
    size_t first;    // of the drift's days
    double later,
        judged;  // working days later than usual in all, and the promises they are of, from since on
    Drift drift;
} Watch;

static double
increment(const DriftBase *base, const PromiseDay *day)
{
    const DriftScore score = drift_score(base, day_weekday(day->day));
    double n;
    const double sum = drift_score_of(&score, day, &n);
    const double error = sqrt(score.variance * base->dispersion / base->promises);

    return fmin(DRIFT_DAY_MOST, (sum - ERRORS * n * error) / base->dispersion);
}

// Working days later than usual.
static void
add_lateness(Watch *watch, const DriftBase *base, const PromiseDay *day)
{
    const double *const usual = base->shares[day_weekday(day->day)];
    double n = 0, later = 0;

    for (int k = 0; k < PROMISE_LEADS; k++)
        n += (double)day->leads[k];
    for (int k = 0; k < PROMISE_LEADS; k++)
        later += k * ((double)day->leads[k] - n * usual[k]);
    watch->later += later;
    watch->judged += n;
}

static void
forget(Watch *watch)
{
    Drift *const drift = &watch->drift;

    drift->on = false;
    drift->since = DAY_NONE;
    drift->promised = drift->kept = 0;
    watch->later = watch->judged = 0;
}

// The days of a drift that was told are marked, back to its first.
static void
mark(Watch *watch, size_t index)
{
    const Drift *const drift = &watch->drift;

    for (size_t i = watch->first; i <= index; i++)
        watch->is_drift[i] = watch->days[i].day - drift->since < DRIFT_LASTS_DAYS;
    watch->first = index;
}

static void
add_day(Watch *watch, size_t index, const DriftBase *base)
{
    const PromiseDay *const day = &watch->days[index];
    Drift *const drift = &watch->drift;

    drift->statistic = fmin(DRIFT_LIMIT, chart_cusum_next(drift->statistic, increment(base, day)));
    if (drift->statistic <= 0) {
        forget(watch);
        return;
    }
    if (drift->since == DAY_NONE) {
        drift->since = day->day;
        watch->first = index;
    }
    drift->promised += day->promised;
    drift->kept += day->kept;
    add_lateness(watch, base, day);
    drift->on = drift->on || drift->statistic >= DRIFT_LIMIT;
    if (drift->on)
        mark(watch, index);
}

// What is usual changes with the week, so that all its days are held against the same.
static void
watch_days(Watch *watch, size_t count)
{
    const PromiseDay *const days = watch->days;
    Drift *const drift = &watch->drift;
    Day week = DAY_NONE;
    DriftBase base;
    size_t end = 0;

    for (size_t i = 0; i < count; i++) {
        const Day monday = days[i].day - day_weekday(days[i].day);

        while (days[end].day < monday - DRIFT_GAP_DAYS)
            end++;
        if (monday != week)
            base = drift_base_of(days, watch->is_drift, end, monday);
        week = monday;
        drift->known = base.known;
        if (!base.known || days[i].promised <= 0)
            continue;
        if (!drift->on) {
            drift->usual = base.usual;
            drift->dispersion = base.dispersion;
        }
        add_day(watch, i, &base);
    }
    drift->later = watch->judged > 0 ? watch->later / watch->judged : 0;
}

Drift
drift_of(const PromiseDay *days, size_t count)
{
    Arena *const arena = arena_create();
    Watch watch = {.days = days,
        .is_drift = ARENA_ARRAY(arena, bool, count),
        .drift = {.since = DAY_NONE, .usual = NAN, .dispersion = NAN}};

    watch_days(&watch, count);
    arena_destroy(arena);
    return watch.drift;
}

size_t
drift_days_end(const PromiseDay *days, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && strcmp(days[end].carrier, days[first].carrier) == 0)
        end++;
    return end;
}
