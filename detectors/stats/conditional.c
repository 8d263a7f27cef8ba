/*
 * Who has waited t needs only the rest of the curve:
 *
 *     P(T > u | T > t) = S(u) / S(t),   var log(S(u) / S(t)) = sum of the variances of stretches between t and u
 *
 * since estimates of log(1 - h) in different stretches are uncorrelated (martingale increments, or independent Beta
 * posteriors). From bins, h_k ~ Beta with mean h and n' = n_k + M behind it, so by the delta method
 *
 *     var log(1 - h_k) = h (1 - h) / (n' + 1) / (1 - h)^2
 *
 * and a part f of a bin carries f^2 of that, because all of the bin hangs on the same h.
 *
 * P. K. Andersen, O. Borgan, R. D. Gill, N. Keiding, Statistical Models Based on Counting Processes, Springer 1993,
 * section IV.3; S. Walker, P. Muliere, Ann. Statist. 25 (1997) 1762-1780; quantiles by inverted limits: R. Brookmeyer,
 * J. Crowley, Biometrics 38 (1982) 29-41.
 */
#include "detectors/stats/conditional.h"

#include "detectors/stats/hazard.h"

#include <math.h>

#define FLAT_TOLERANCE 1.5e-8

enum
{
    HALVINGS = 60
};

SurvivalCurve
survival_curve_of_instants(Arena *arena, const KaplanMeier *estimate)
{
    double *const times = ARENA_ARRAY(arena, double, estimate->count);
    double *const cumulative = ARENA_ARRAY(arena, double, estimate->count);
    double *const variance = ARENA_ARRAY(arena, double, estimate->count);
    size_t n = 0;

    for (size_t i = 0; i < estimate->count; i++) {
        const KaplanMeierRow *const row = &estimate->rows[i];

        if (!(row->ended > 0))
            continue;
        times[n] = row->time;
        cumulative[n] = row->survival > 0 ? -log(row->survival) : (double)INFINITY;
        variance[n++] = row->survival > 0 ? row->log_variance : (double)INFINITY;
    }
    return (SurvivalCurve){.steps = true,
        .count = n,
        .times = times,
        .cumulative = cumulative,
        .variance = variance,
        .watched = estimate->watched};
}

static bool
is_finite_count(double count)
{
    return count >= 0 && isfinite(count);
}

static bool
can_be_used(const ShrunkBins *counts)
{
    bool usable = is_finite_count(counts->weight) && isfinite(counts->edges[0]) &&
                  isfinite(counts->edges[counts->bins]);

    for (size_t k = 0; k < counts->bins; k++)
        usable = usable && is_finite_count(counts->ended[k]) &&
                 is_finite_count(counts->at_risk[k]) && counts->edges[k] < counts->edges[k + 1] &&
                 (!counts->parent || (counts->parent[k] >= 0 && counts->parent[k] <= 1));
    return usable;
}

SurvivalCurve
survival_curve_of_bins(Arena *arena, const ShrunkBins *counts)
{
    double *const hazard = ARENA_ARRAY(arena, double, counts->bins);
    double *const cumulative = ARENA_ARRAY(arena, double, counts->bins + 1);
    double *const variance = ARENA_ARRAY(arena, double, counts->bins + 1);
    const double pseudo = counts->parent ? counts->weight : 0;
    size_t known = 0;  // bins that somebody reached, or a parent speaks for

    if (!can_be_used(counts))
        return (SurvivalCurve){.watched = NAN};
    hazard_estimate(
        counts->bins, counts->ended, counts->at_risk, counts->parent, counts->weight, hazard);
    for (; known < counts->bins && counts->at_risk[known] + pseudo > 0; known++) {
        const double h = hazard[known];
        const double among = counts->at_risk[known] + pseudo;
        const bool last = !(h < 1);  // of all: nobody is left

        cumulative[known + 1] = cumulative[known] + (last ? (double)INFINITY : -log1p(-h));
        variance[known + 1] =
            variance[known] + (last ? (double)INFINITY : h / (1 - h) / (among + 1));
    }
    return (SurvivalCurve){.count = known + 1,
        .times = counts->edges,
        .cumulative = cumulative,
        .variance = variance,
        .watched = counts->edges[known]};
}

// Knots at or before time.
static size_t
knots_until(const SurvivalCurve *curve, double time)
{
    size_t low = 0;
    size_t high = curve->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (curve->times[middle] <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// How far into the stretch after knot `knot` time is, 0 to 1; 0 past the last one.
static double
part_of_stretch(const SurvivalCurve *curve, size_t knot, double time)
{
    if (curve->steps || knot + 1 >= curve->count)
        return 0;
    return (time - curve->times[knot]) / (curve->times[knot + 1] - curve->times[knot]);
}

static double
cumulative_at(const SurvivalCurve *curve, double time)
{
    const size_t knots = knots_until(curve, time);

    if (knots == 0)
        return 0;

    const double start = curve->cumulative[knots - 1];

    if (isinf(start))
        return start;

    const double part = part_of_stretch(curve, knots - 1, time);

    if (!(part > 0))
        return start;

    const double end = curve->cumulative[knots];

    return isfinite(end) ? start + part * (end - start) : start - log1p(-part);
}

static double
stretch_variance(const SurvivalCurve *curve, size_t knot)
{
    return curve->variance[knot] - (knot > 0 ? curve->variance[knot - 1] : 0);
}

// Of log(S(until) / S(waited)); INFINITY in a stretch that nobody outlasts, and from there on.
static double
variance_between(const SurvivalCurve *curve, double waited, double until)
{
    const size_t from = knots_until(curve, waited);
    const size_t to = knots_until(curve, until);
    const double first = from > 0 ? part_of_stretch(curve, from - 1, waited) : 0;
    const double last = to > 0 ? part_of_stretch(curve, to - 1, until) : 0;

    if (to > 0 && !isfinite(curve->variance[last > 0 ? to : to - 1]))
        return INFINITY;
    if (from == to)
        return last > 0 ? (last - first) * (last - first) * stretch_variance(curve, to) : 0;

    double sum = curve->variance[to - 1] - (from > 0 ? curve->variance[from - 1] : 0);

    if (first > 0)
        sum += ((1 - first) * (1 - first) - 1) * stretch_variance(curve, from);
    if (last > 0)
        sum += last * last * stretch_variance(curve, to);
    return fmax(sum, 0);
}

// Limits of P(T > until | T > waited). Where nobody is left, or will be at the next knot: 0, and the high limit of the
// last knot at which somebody was, 1 if there is none.
static Band
band_between(const SurvivalCurve *curve, double waited, double until, BandScale scale, double level)
{
    const double start = cumulative_at(curve, waited);
    const double variance = variance_between(curve, waited, until);

    if (isfinite(variance))
        return band_of_survival(exp(start - cumulative_at(curve, until)), variance, scale, level);
    for (size_t i = knots_until(curve, until); i-- > 0 && curve->times[i] > waited;)
        if (isfinite(curve->variance[i]))
            return (Band){0, band_of_survival(exp(start - curve->cumulative[i]),
                                 variance_between(curve, waited, curve->times[i]), scale, level)
                                 .high};
    return (Band){0, 1};
}

static bool
nobody_left(const SurvivalCurve *curve)
{
    return curve->count > 0 && isinf(curve->cumulative[curve->count - 1]);
}

// Whether somebody was seen waiting longer than that.
static bool
can_condition(const SurvivalCurve *curve, double waited)
{
    return waited < curve->watched && isfinite(cumulative_at(curve, waited));
}

Chance
conditional_chance(
    const SurvivalCurve *curve, double waited, double until, BandScale scale, double level)
{
    const bool known = can_condition(curve, waited) && !isnan(until) && level > 0 && level < 1 &&
                       (until <= curve->watched || nobody_left(curve));

    if (!known)
        return (Chance){NAN, NAN, NAN};
    if (until <= waited)
        return (Chance){0, 0, 0};

    const Band band = band_between(curve, waited, until, scale, level);

    return (Chance){.chance = -expm1(cumulative_at(curve, waited) - cumulative_at(curve, until)),
        .low = 1 - band.high,
        .high = 1 - band.low};
}

typedef enum Side
{
    SIDE_ESTIMATE,
    SIDE_LOW,
    SIDE_HIGH,
} Side;

typedef struct Question
{
    const SurvivalCurve *curve;
    double waited, remaining;  // the share that shall remain
    BandScale scale;
    double level;
    Side side;
} Question;

static bool
is_reached(const Question *question, double time)
{
    const double most = question->remaining + (question->curve->steps ? FLAT_TOLERANCE : 0);

    if (question->side == SIDE_ESTIMATE)
        return exp(cumulative_at(question->curve, question->waited) -
                   cumulative_at(question->curve, time)) <= most;

    const Band band =
        band_between(question->curve, question->waited, time, question->scale, question->level);

    return (question->side == SIDE_LOW ? band.low : band.high) <= most;
}

// The first knot at which it is reached; between knots that are not steps, by halving.
static double
first_time(const Question *question)
{
    const SurvivalCurve *const curve = question->curve;
    double before = question->waited;

    for (size_t i = knots_until(curve, question->waited); i < curve->count; i++) {
        double reached = curve->times[i];

        if (!is_reached(question, reached)) {
            before = reached;
            continue;
        }
        for (int step = 0; !curve->steps && step < HALVINGS; step++) {
            const double middle = before + (reached - before) / 2;

            *(is_reached(question, middle) ? &reached : &before) = middle;
        }
        return reached;
    }
    return INFINITY;
}

TimeEstimate
conditional_quantile(
    const SurvivalCurve *curve, double waited, double p, BandScale scale, double level)
{
    Question question = {
        .curve = curve, .waited = waited, .remaining = 1 - p, .scale = scale, .level = level};
    double times[3];

    if (!can_condition(curve, waited) || !(p > 0 && p < 1) || !(level > 0 && level < 1))
        return (TimeEstimate){NAN, NAN, NAN};
    for (int side = SIDE_ESTIMATE; side <= SIDE_HIGH; side++) {
        question.side = (Side)side;
        times[side] = first_time(&question);
    }
    return (TimeEstimate){times[SIDE_ESTIMATE], times[SIDE_LOW], times[SIDE_HIGH]};
}
