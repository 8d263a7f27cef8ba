/*
 * Accelerated failure times, with a share pi that never ends. With z = (log t - mu) / sigma:
 *
 *     Weibull        f = exp(z - e^z),           S = exp(-e^z)        (exponential: sigma = 1)
 *     log-normal     f = exp(-z^2/2) / sqrt(2 pi),   S = P(N > z)
 *     log-logistic   f = e^z / (1 + e^z)^2,      S = 1 / (1 + e^z)
 *
 *     log L = sum over ended of log(1 - pi) + log f(z) - log sigma - log t
 *           + sum over waiting of log(pi + (1 - pi) S(z))
 *
 * Maximised in (mu, log sigma, logit pi) by Newton's method with Marquardt's damping, from a few starts, since with pi
 * there can be more than one hill. Whoever waits is a mover with probability w = (1 - pi) S / (pi + (1 - pi) S), and
 * all derivatives are those of log S weighted by it:
 *
 *     d = w l',   d^2 = w l'' + w (1 - w) l' l',   by logit pi: (1 - w) - pi, and w (1 - w) - pi (1 - pi)
 *
 * J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data, Wiley 1980, chapter 3; J. W. Boag,
 * J. R. Statist. Soc. B 11 (1949) 15-53; D. W. Marquardt, SIAM J. 11 (1963) 431-441.
 */
#include "detectors/stats/parametric.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_SQRT_2PI  0.918938533204672742
#define LOG_ODDS_END  30.0
#define STEP_MOST     2.0    // in any parameter: far from the maximum parabolas mislead
#define DECREMENT_END 1e-16  // twice the likelihood still to be gained
#define DECREMENT_OK  1e-9   // good enough when rounding hides the rest

enum
{
    LOCATION,
    LOG_SCALE,
    LOG_ODDS,
    PARAMETERS,
    STEPS = 300
};

// A logarithm with its first two derivatives by z.
typedef struct Logged
{
    double value, first, second;
} Logged;

static Logged
log_density(ParametricFamily family, double z)
{
    switch (family) {
    case PARAMETRIC_LOG_NORMAL:
        return (Logged){-z * z / 2 - LOG_SQRT_2PI, -z, -1};
    case PARAMETRIC_LOG_LOGISTIC: {
        const double p = 1 / (1 + exp(-z));

        return (Logged){-fabs(z) - 2 * log1p(exp(-fabs(z))), 1 - 2 * p, -2 * p * (1 - p)};
    }
    case PARAMETRIC_EXPONENTIAL:
    case PARAMETRIC_WEIBULL:
        break;
    }
    return (Logged){z - exp(z), 1 - exp(z), -exp(z)};
}

static Logged
log_survival(ParametricFamily family, double z)
{
    switch (family) {
    case PARAMETRIC_LOG_NORMAL: {
        const double hazard = special_normal_hazard(z);

        return (Logged){special_log_normal_above(z), -hazard, -hazard * (hazard - z)};
    }
    case PARAMETRIC_LOG_LOGISTIC: {
        const double p = 1 / (1 + exp(-z));

        return (Logged){-fmax(z, 0) - log1p(exp(-fabs(z))), -p, -p * (1 - p)};
    }
    case PARAMETRIC_EXPONENTIAL:
    case PARAMETRIC_WEIBULL:
        break;
    }
    return (Logged){-exp(z), -exp(z), -exp(z)};
}

double
parametric_survival(const ParametricModel *model, double time)
{
    if (isnan(time) || isnan(model->location) || !(model->scale > 0))
        return NAN;
    if (time <= 0 || isinf(time))
        return time <= 0 ? 1 : 0;
    return exp(log_survival(model->family, (log(time) - model->location) / model->scale).value);
}

// What is maximised, and where.
typedef struct Search
{
    const CensoredGap *gaps;
    size_t count;
    ParametricFamily family;
    size_t free_count;
    int free[PARAMETERS];  // the parameters that are fitted
    bool with_share;
} Search;

typedef struct Hill
{
    double height;
    double slope[PARAMETERS];
    double curvature[PARAMETERS][PARAMETERS];
} Hill;

static bool
can_be_fitted(const CensoredGap *gap)
{
    return censored_gap_is_usable(gap) && gap->time > 0 && isfinite(gap->time);
}

// Adds factor x the derivatives by location and log scale of a function of z.
static void
add_by_z(Hill *hill, Logged l, double z, double scale, double factor)
{
    const double slope[] = {-1 / scale, -z};
    const double bend[2][2] = {{0, 1 / scale}, {1 / scale, z}};

    for (int i = 0; i < 2; i++) {
        hill->slope[i] += factor * l.first * slope[i];
        for (int j = 0; j < 2; j++)
            hill->curvature[i][j] +=
                factor * (l.second * slope[i] * slope[j] + l.first * bend[i][j]);
    }
}

static void
add_waiting(Hill *hill, Logged l, double z, double scale, double share, double weight)
{
    const double moving = (1 - share) * exp(l.value);
    const double all = share + moving;

    if (share == 0) {
        hill->height += weight * l.value;
        add_by_z(hill, l, z, scale, weight);
        return;
    }

    const double w = moving / all;
    const double both = weight * w * (1 - w);
    const double slope[] = {-l.first / scale, -l.first * z};

    hill->height += weight * log(all);
    add_by_z(hill, l, z, scale, weight * w);
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++)
            hill->curvature[i][j] += both * slope[i] * slope[j];
        hill->curvature[i][LOG_ODDS] -= both * slope[i];
        hill->curvature[LOG_ODDS][i] -= both * slope[i];
    }
    hill->slope[LOG_ODDS] += weight * (1 - w - share);
    hill->curvature[LOG_ODDS][LOG_ODDS] += both - weight * share * (1 - share);
}

static Hill
hill_at(const Search *search, const double at[PARAMETERS])
{
    const double scale = exp(at[LOG_SCALE]);
    const double share = search->with_share ? 1 / (1 + exp(-at[LOG_ODDS])) : 0;
    Hill hill = {0};

    for (size_t i = 0; i < search->count; i++) {
        const CensoredGap *const gap = &search->gaps[i];

        if (!can_be_fitted(gap))
            continue;

        const double logged = log(gap->time);
        const double z = (logged - at[LOCATION]) / scale;

        if (!gap->ended) {
            add_waiting(&hill, log_survival(search->family, z), z, scale, share, gap->weight);
            continue;
        }

        const Logged density = log_density(search->family, z);

        hill.height += gap->weight * (log1p(-share) + density.value - at[LOG_SCALE] - logged);
        add_by_z(&hill, density, z, scale, gap->weight);
        hill.slope[LOG_SCALE] -= gap->weight;
        hill.slope[LOG_ODDS] -= gap->weight * share;
        hill.curvature[LOG_ODDS][LOG_ODDS] -= gap->weight * share * (1 - share);
    }
    return hill;
}

// Solves (-curvature, its diagonal raised by `damping`) x = right in the free parameters.
static bool
solve_damped(const Search *search, const Hill *hill, double damping, const double *right, double *x)
{
    double matrix[PARAMETERS * PARAMETERS];
    const size_t n = search->free_count;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const double bend = -hill->curvature[search->free[i]][search->free[j]];

            matrix[i * n + j] = i == j ? bend + damping * (fabs(bend) + 1e-9) : bend;
        }
    return special_solve(n, matrix, right, x);
}

// One step uphill, damped until it is one. Returns what a parabola promised; NAN when no damping helps.
static double
climb(const Search *search, double at[PARAMETERS], Hill *hill, double *damping)
{
    double right[PARAMETERS];
    double step[PARAMETERS];

    for (size_t i = 0; i < search->free_count; i++)
        right[i] = hill->slope[search->free[i]];
    for (; *damping < 1e12; *damping = fmax(4 * *damping, 1e-3)) {
        double next[PARAMETERS] = {at[LOCATION], at[LOG_SCALE], at[LOG_ODDS]};
        double promised = 0;

        if (!solve_damped(search, hill, *damping, right, step))
            continue;
        for (size_t i = 0; i < search->free_count; i++) {
            promised += right[i] * step[i];
            next[search->free[i]] += fmin(fmax(step[i], -STEP_MOST), STEP_MOST);
        }
        next[LOG_ODDS] = fmin(fmax(next[LOG_ODDS], -LOG_ODDS_END), LOG_ODDS_END);

        const Hill there = hill_at(search, next);

        if (!(there.height >= hill->height))
            continue;
        for (int i = 0; i < PARAMETERS; i++)
            at[i] = next[i];
        *hill = there;
        *damping = *damping > 1e-3 ? *damping / 10 : 0;
        return promised;
    }
    return NAN;
}

static bool
find_top(const Search *search, double at[PARAMETERS], Hill *hill)
{
    double damping = 0;
    double promised = INFINITY;

    *hill = hill_at(search, at);
    if (!isfinite(hill->height))
        return false;
    for (int i = 0; i < STEPS && promised > DECREMENT_END; i++) {
        const double next = climb(search, at, hill, &damping);

        if (isnan(next))
            break;
        promised = next;
    }
    return promised < DECREMENT_OK || at[LOG_ODDS] == -LOG_ODDS_END;
}

// Where to start: the moments of the logarithms of what ended, and half of what waits never ending. False when there is
// nothing to fit.
static bool
find_start(const Search *search, double at[PARAMETERS])
{
    double ended = 0;
    double all = 0;
    double sum = 0;
    double squares = 0;
    double first = NAN;
    bool differ = false;

    for (size_t i = 0; i < search->count; i++) {
        const CensoredGap *const gap = &search->gaps[i];

        if (!can_be_fitted(gap))
            continue;
        all += gap->weight;
        if (!gap->ended)
            continue;
        differ = differ || (ended > 0 && gap->time != first);
        first = ended > 0 ? first : gap->time;
        ended += gap->weight;
        sum += gap->weight * log(gap->time);
        squares += gap->weight * log(gap->time) * log(gap->time);
    }
    if (!(ended > 0) || (search->family != PARAMETRIC_EXPONENTIAL && !differ))
        return false;

    const double mean = sum / ended;
    const double waiting = fmax((all - ended) / all / 2, .01);

    at[LOCATION] = mean;
    at[LOG_SCALE] = search->family == PARAMETRIC_EXPONENTIAL
                        ? 0
                        : log(sqrt(fmax(squares / ended - mean * mean, 0)) + .1);
    at[LOG_ODDS] = search->with_share ? log(waiting / (1 - waiting)) : 0;
    return true;
}

static double
error_of(const Search *search, const Hill *top, int parameter)
{
    double unit[PARAMETERS] = {0};
    double column[PARAMETERS];

    for (size_t i = 0; i < search->free_count; i++)
        if (search->free[i] == parameter) {
            unit[i] = 1;
            return solve_damped(search, top, 0, unit, column) ? sqrt(column[i]) : (double)NAN;
        }
    return NAN;
}

bool
parametric_fit(const CensoredGap *gaps, size_t count, ParametricFamily family, bool with_share,
    ParametricFit *out)
{
    static const double shifts[][PARAMETERS] = {{0, 0, 0}, {.2, .1, -2}, {-.3, -.2, 1}};
    Search search = {.gaps = gaps, .count = count, .family = family, .with_share = with_share};
    double start[PARAMETERS];
    double best[PARAMETERS] = {0};
    Hill top = {.height = NAN};

    search.free[search.free_count++] = LOCATION;
    if (family != PARAMETRIC_EXPONENTIAL)
        search.free[search.free_count++] = LOG_SCALE;
    if (with_share)
        search.free[search.free_count++] = LOG_ODDS;
    if (!find_start(&search, start))
        return false;
    for (size_t s = 0; s < (with_share ? 3 : 1); s++) {
        double at[PARAMETERS] = {start[0], start[1], start[2]};
        Hill hill;

        for (size_t i = 0; i < search.free_count; i++)
            at[search.free[i]] += shifts[s][search.free[i]];
        if (!find_top(&search, at, &hill) || hill.height <= top.height)
            continue;
        top = hill;
        for (int i = 0; i < PARAMETERS; i++)
            best[i] = at[i];
    }
    if (isnan(top.height))
        return false;
    *out = (ParametricFit){.model = {.family = family,
                               .location = best[LOCATION],
                               .scale = exp(best[LOG_SCALE]),
                               .share = with_share ? 1 / (1 + exp(-best[LOG_ODDS])) : 0},
        .log_likelihood = top.height,
        .location_error = error_of(&search, &top, LOCATION),
        .log_scale_error = error_of(&search, &top, LOG_SCALE),
        .log_odds_error = error_of(&search, &top, LOG_ODDS)};
    for (size_t i = 0; i < count; i++)
        out->refused += !can_be_fitted(&gaps[i]);
    return true;
}
