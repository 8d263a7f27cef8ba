/*
 * When a share s of the parcels comes a working day later, or two (who misses Friday's van may meet no Saturday round), the shares
 * of leads q(k), from early to not in time, become
 *
 *     q'(k) = (1 - s) q(k) + s ((1 - t) q(k - 1) + t q(k - 2)),    what would come after the promise gathering in the last k,
 *
 * and a parcel of lead k speaks for it by log(q'(k)/q(k)). How much time there is to spare depends on the weekday (a promise that
 * ends on a Monday has a Saturday behind it), so q is counted by weekday, drawn to all weekdays by SHRINKAGE promises. Parcels on
 * whose way was a public holiday are not counted: they come as on no other day. Right behind one, those that are left are the ones
 * whose promise was short, and these have less time to spare than others of their weekday: an express carrier's Tuesday after
 * Whit Monday looks like a drift. So a day of which more than a fifth is not counted tells neither of a drift nor of what is usual.
 *
 * phi says how much more days differ than independent parcels would: of each week the chi-square of its days' scores, divided by
 * what the median of that is when nothing is wrong, and of these the median. Only what moves the score counts as dispersion.
 *
 * P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 4.5, for phi; E. B. Wilson, M. M. Hilferty, PNAS 17 (1931)
 * 684-688, for the median of chi-square with d degrees of freedom, d (1 - 2/(9 d))^3.
 */
#include "detectors/incidents/drift_base.h"

#include "detectors/stats/quantiles.h"

#include <math.h>
#include <string.h>

#define WEEK 7

// s, t, and how strongly weekdays are drawn (docs/method.md tells what they were found to give). What is not known is taken off,
// so a slip of 12 in 100 parcels is told soonest by what looks for less.
static const double SLIPPING = .08, TWO_DAYS = .4, SHRINKAGE = 80;

// The share of a day's promises that must have been counted by their leads, so that these tell of all of them.
static const double WHOLE = .8;

typedef struct Week
{
    int64_t leads[WEEK][PROMISE_LEADS];  // by weekday
    int64_t promised, kept;
} Week;

static double
sum_of(const int64_t *leads)
{
    int64_t sum = 0;

    for (int k = 0; k < PROMISE_LEADS; k++)
        sum += leads[k];
    return (double)sum;
}

bool
drift_day_is_whole(const PromiseDay *day)
{
    return sum_of(day->leads) >= WHOLE * (double)day->promised;
}

// The week that ends on `newest`, its days taken from the end of those before *end. False when it is empty, or one of a drift.
static bool
take_week(
    const PromiseDay *days, const bool *is_drift, size_t *end, Day newest, bool first, Week *out)
{
    bool calm = true;

    *out = (Week){0};
    for (; *end > 0 && days[*end - 1].day > newest - WEEK; (*end)--) {
        const PromiseDay *const day = &days[*end - 1];

        if (drift_day_is_whole(day))
            memcpy(out->leads[day_weekday(day->day)], first ? day->first_leads : day->leads,
                sizeof day->leads);
        out->promised += day->promised;
        out->kept += day->kept;
        calm = calm && !is_drift[*end - 1];
    }
    return calm && out->promised > 0;
}

// shares[weekday][k] = (count + SHRINKAGE x share of all weekdays) / (counts of the weekday + SHRINKAGE)
static void
learn_shares(DriftBase *base, const Week *weeks, size_t count)
{
    double by_weekday[WEEK] = {0}, by_lead[PROMISE_LEADS] = {0};

    for (size_t i = 0; i < count; i++)
        for (int day = 0; day < WEEK; day++)
            for (int k = 0; k < PROMISE_LEADS; k++) {
                const double leads = (double)weeks[i].leads[day][k];

                base->shares[day][k] += leads;
                base->promises += leads;
                by_weekday[day] += leads;
                by_lead[k] += leads;
            }
    for (int day = 0; day < WEEK; day++)
        for (int k = 0; k < PROMISE_LEADS; k++) {
            const double all = (by_lead[k] + .5) / (base->promises + .5 * PROMISE_LEADS);

            base->shares[day][k] =
                (base->shares[day][k] + SHRINKAGE * all) / (by_weekday[day] + SHRINKAGE);
        }
}

// The share of lead k when every parcel comes so many days later; what was not in time stays so.
static double
share_later(const double *shares, int k, int days)
{
    const int last = k == PROMISE_MISSED ? k : k - days;
    double share = 0;

    for (int from = k - days; from <= last; from++)
        share += from >= 0 ? shares[from] : 0;
    return share;
}

DriftScore
drift_score(const DriftBase *base, int weekday)
{
    const double *const q = base->shares[weekday];
    DriftScore score = {.mean = 0};
    double square = 0;

    for (int k = 0; k < PROMISE_LEADS; k++) {
        const double later =
            (1 - TWO_DAYS) * share_later(q, k, 1) + TWO_DAYS * share_later(q, k, 2);

        score.of[k] = log(1 - SLIPPING + SLIPPING * later / q[k]);
        score.mean += q[k] * score.of[k];
        square += q[k] * score.of[k] * score.of[k];
    }
    score.variance = square - score.mean * score.mean;
    return score;
}

static double
scored(const DriftScore *score, const int64_t *leads)
{
    double sum = 0;

    for (int k = 0; k < PROMISE_LEADS; k++)
        sum += (double)leads[k] * score->of[k];
    return sum;
}

double
drift_score_of(const DriftScore *score, const int64_t *leads, double *promises)
{
    *promises = sum_of(leads);
    return scored(score, leads);
}

// Of a week's days; NAN when none has leads, or all of them only ever have the same.
static double
week_dispersion(const DriftScore *scores, const Week *week)
{
    double chi_square = 0, d = 0;

    for (int day = 0; day < WEEK; day++) {
        const double n = sum_of(week->leads[day]);
        const double off = scored(&scores[day], week->leads[day]) - n * scores[day].mean;

        if (n * scores[day].variance > 0) {
            chi_square += off * off / (n * scores[day].variance);
            d++;
        }
    }
    return d > 0 ? chi_square / (d * pow(1 - 2 / (9 * d), 3)) : (double)NAN;
}

static double
dispersion(const DriftBase *base, const Week *weeks, size_t count)
{
    DriftScore scores[WEEK];
    double ratios[DRIFT_WEEKS];
    size_t used = 0;

    for (int day = 0; day < WEEK; day++)
        scores[day] = drift_score(base, day);
    for (size_t i = 0; i < count; i++) {
        const double ratio = week_dispersion(scores, &weeks[i]);

        if (!isnan(ratio))
            ratios[used++] = ratio;
    }
    return fmax(1, quantile_median_of(ratios, used));
}

static bool
is_enough(const DriftBase *base, const Week *weeks, size_t count)
{
    int days = 0;

    for (size_t i = 0; i < count; i++)
        for (int day = 0; day < WEEK; day++)
            days += sum_of(weeks[i].leads[day]) > 0;
    return days >= DRIFT_LEAST_DAYS && base->promises >= DRIFT_LEAST_PROMISES;
}

DriftBase
drift_base_of(const PromiseDay *days, const bool *is_drift, size_t count, Day monday, bool first)
{
    DriftBase base = {.usual = NAN, .dispersion = NAN};
    Week weeks[DRIFT_WEEKS];
    size_t used = 0;
    int64_t promised = 0, kept = 0;

    for (int back = 0; back < DRIFT_REACH_WEEKS && used < DRIFT_WEEKS; back++)
        used += take_week(
            days, is_drift, &count, monday - DRIFT_GAP_DAYS - 1 - WEEK * back, first, &weeks[used]);
    for (size_t i = 0; i < used; i++) {
        promised += weeks[i].promised;
        kept += weeks[i].kept;
    }
    learn_shares(&base, weeks, used);
    base.known = is_enough(&base, weeks, used);
    if (!base.known)
        return base;
    base.usual = (double)kept / (double)promised;
    base.dispersion = dispersion(&base, weeks, used);
    return base;
}
