/*
 * A CUSUM of log-likelihoods (drift_base.c): a day of n promises, whose leads speak for a drift by s in all, adds
 *
 *     (s - n e)/phi, at most DAY_MOST of the limit,    never falling below 0
 *
 * where phi is the over-dispersion, without which a phi of 2 turns a false drift a year into one in six weeks, and e is ERRORS
 * standard errors of what a parcel says while all is usual: what is not known well must not look like a drift. The days of a
 * drift are no base of later ones: a December and a slip behind it are more than half of the weeks before a January.
 *
 * The newest day has only just ended: it is held against what days had told when they had just ended, so that a carrier whose scans
 * come in the next morning is not late every evening, and counts for good a day later.
 *
 * The time to a false drift grows with the exponential of the limit (Lorden). So a limit that is higher by the logarithm of the
 * number of carriers leaves the house with as many false drifts as one carrier would have.
 *
 * E. S. Page, Biometrika 41 (1954) 100-115; S. H. Steiner, R. J. Cook, V. T. Farewell, T. Treasure, Biostatistics 1 (2000)
 * 441-452; G. Lorden, Annals of Mathematical Statistics 42 (1971) 1897-1908.
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

// What a single day adds at most, as a share of the limit: a bad day alone is no drift. One that has just ended adds, or takes, less:
// scans that come in late may be all that is wrong with it.
static const double DAY_MOST = .8, FIRST_MOST = .25;

// The limit of a carrier alone (docs/method.md tells what it was found to give).
static const double LIMIT = 4.5;

typedef struct Watch
{
    const PromiseDay *days;
    double limit;
    bool *is_drift;  // of each day
    size_t first;    // of the drift's days
    double later,
        judged;  // working days later than usual in all, and the promises they are of, from since on
    Drift drift;
} Watch;

static double
increment(const DriftBase *base, const int64_t *leads, int weekday)
{
    const DriftScore score = drift_score(base, weekday);
    double n;
    const double sum = drift_score_of(&score, leads, &n);
    const double error = sqrt(score.variance * base->dispersion / base->promises);

    return (sum - ERRORS * n * error) / base->dispersion;
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

// What a day adds to the statistic moves the drift on, or ends it.
static void
move(Watch *watch, size_t index, double adds)
{
    Drift *const drift = &watch->drift;

    drift->statistic = fmin(watch->limit, chart_cusum_next(drift->statistic, adds));
    if (drift->statistic <= 0) {
        forget(watch);
        return;
    }
    if (drift->since == DAY_NONE) {
        drift->since = watch->days[index].day;
        watch->first = index;
    }
    drift->on = drift->on || drift->statistic >= watch->limit;
}

static void
add_day(Watch *watch, size_t index, const DriftBase *base)
{
    const PromiseDay *const day = &watch->days[index];
    Drift *const drift = &watch->drift;

    move(watch, index,
        fmin(DAY_MOST * watch->limit, increment(base, day->leads, day_weekday(day->day))));
    if (drift->since == DAY_NONE)
        return;
    drift->promised += day->promised;
    drift->kept += day->kept;
    add_lateness(watch, base, day);
    if (drift->on)
        mark(watch, index);
}

// The newest day has only just ended: held against what days had told by then. `end` as in drift_base_of().
static void
add_newest(Watch *watch, size_t index, size_t end)
{
    const PromiseDay *const day = &watch->days[index];
    const int weekday = day_weekday(day->day);
    const DriftBase base =
        drift_base_of(watch->days, watch->is_drift, end, day->day - weekday, true);
    const double most = FIRST_MOST * watch->limit;

    if (base.known)
        move(watch, index, fmax(-most, fmin(most, increment(&base, day->first_leads, weekday))));
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
            base = drift_base_of(days, watch->is_drift, end, monday, false);
        week = monday;
        drift->known = base.known;
        if (!base.known || days[i].promised <= 0 || !drift_day_is_whole(&days[i]))
            continue;
        if (!drift->on) {
            drift->usual = base.usual;
            drift->dispersion = base.dispersion;
        }
        add_day(watch, i, &base);
    }
    if (drift->known && days[count - 1].promised <= 0)
        add_newest(watch, count - 1, end);
    drift->later = watch->judged > 0 ? watch->later / watch->judged : 0;
}

Drift
drift_of(const PromiseDay *days, size_t count, double limit)
{
    Arena *const arena = arena_create();
    Watch watch = {.days = days,
        .limit = limit,
        .is_drift = ARENA_ARRAY(arena, bool, count),
        .drift = {.since = DAY_NONE, .usual = NAN, .dispersion = NAN}};

    watch_days(&watch, count);
    arena_destroy(arena);
    return watch.drift;
}

double
drift_limit(size_t carriers)
{
    return LIMIT + log((double)carriers);
}

size_t
drift_carriers(const PromiseDay *days, size_t count)
{
    size_t carriers = 0;

    for (size_t first = 0; first < count; first = drift_days_end(days, count, first))
        carriers++;
    return carriers;
}

size_t
drift_days_end(const PromiseDay *days, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && strcmp(days[end].carrier, days[first].carrier) == 0)
        end++;
    return end;
}
