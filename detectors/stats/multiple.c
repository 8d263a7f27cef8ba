/*
 * With p sorted, p(1) <= ... <= p(m), the adjusted values are
 *
 *     Bonferroni             m p                                    (Dunn 1961)
 *     Holm                   max over j <= i of (m - j + 1) p(j)    (1979)
 *     Hochberg               min over j >= i of (m - j + 1) p(j)    (1988)
 *     Benjamini-Hochberg     min over j >= i of m p(j) / j          (1995)
 *     Benjamini-Yekutieli    the same times 1 + 1/2 + ... + 1/m     (2001)
 *
 * none above 1. Weighted: p(j) / w(j) in the place of p(j) (Genovese, Roeder, Wasserman 2006). Storey's share of nulls
 * is (#{p > lambda} + 1) / ((1 - lambda) m), since only nulls are to be found far up; the 1 keeps it from being 0 and the
 * q values honest in small families (Storey, Taylor, Siegmund 2004).
 *
 * Y. Benjamini, Y. Hochberg, J. R. Statist. Soc. B 57 (1995) 289-300.  Y. Benjamini, D. Yekutieli, Ann. Statist. 29
 * (2001) 1165-1188.  S. Holm, Scand. J. Statist. 6 (1979) 65-70.  Y. Hochberg, Biometrika 75 (1988) 800-802.  C. R.
 * Genovese, K. Roeder, L. Wasserman, Biometrika 93 (2006) 509-524.  J. D. Storey, J. R. Statist. Soc. B 64 (2002)
 * 479-498.  J. D. Storey, J. E. Taylor, D. Siegmund, J. R. Statist. Soc. B 66 (2004) 187-205.
 */
#include "detectors/stats/multiple.h"

#include "core/arena.h"
#include "detectors/stats/order.h"

#include <math.h>
#include <stdbool.h>

static bool
is_probability(double p)
{
    return p >= 0 && p <= 1;
}

// The usable p values in rising order.
static OrderPlace *
sorted(Arena *arena, const double *p, size_t count, size_t *usable)
{
    OrderPlace *const places = ARENA_ARRAY(arena, OrderPlace, count);

    *usable = 0;
    for (size_t i = 0; i < count; i++)
        if (is_probability(p[i]))
            places[(*usable)++] = (OrderPlace){p[i], i};
    order_rising(places, *usable);
    return places;
}

static double
harmonic(size_t m)
{
    double sum = 0;

    for (size_t i = 1; i <= m; i++)
        sum += 1 / (double)i;
    return sum;
}

static double
factor(MultipleMethod method, size_t rank, size_t m)
{
    switch (method) {
    case MULTIPLE_HOLM:
    case MULTIPLE_HOCHBERG:
        return (double)(m - rank + 1);
    case MULTIPLE_BENJAMINI_HOCHBERG:
    case MULTIPLE_BENJAMINI_YEKUTIELI:
        return (double)m / (double)rank;
    case MULTIPLE_BONFERRONI:
        break;
    }
    return (double)m;
}

void
multiple_adjust(MultipleMethod method, const double *p, size_t count, double *adjusted)
{
    Arena *const arena = arena_create();
    size_t m = 0;
    OrderPlace *const places = sorted(arena, p, count, &m);
    const double all = method == MULTIPLE_BENJAMINI_YEKUTIELI ? harmonic(m) : 1;

    for (size_t i = 0; i < count; i++)
        adjusted[i] = NAN;
    for (size_t i = 0; i < m; i++)
        places[i].value = fmin(places[i].value * factor(method, i + 1, m) * all, 1);
    if (method == MULTIPLE_HOLM)
        for (size_t i = 1; i < m; i++)
            places[i].value = fmax(places[i].value, places[i - 1].value);
    else if (method != MULTIPLE_BONFERRONI)
        for (size_t i = m; i-- > 1;)
            places[i - 1].value = fmin(places[i - 1].value, places[i].value);
    for (size_t i = 0; i < m; i++)
        adjusted[places[i].index] = places[i].value;
    arena_destroy(arena);
}

static double
mean_weight(const double *p, const double *weights, size_t count)
{
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_probability(p[i]) || !(weights[i] >= 0) || isinf(weights[i]))
            continue;
        sum += weights[i];
        n++;
    }
    return n > 0 ? sum / (double)n : NAN;
}

void
multiple_adjust_weighted(const double *p, const double *weights, size_t count, double *adjusted)
{
    const double mean = mean_weight(p, weights, count);

    for (size_t i = 0; i < count; i++) {
        if (!is_probability(p[i]) || !(weights[i] >= 0) || isinf(weights[i]))
            adjusted[i] = NAN;
        else
            adjusted[i] = weights[i] > 0 ? fmin(p[i] * mean / weights[i], 1) : 1;
    }
    multiple_adjust(MULTIPLE_BENJAMINI_HOCHBERG, adjusted, count, adjusted);
}

double
multiple_null_share(const double *p, size_t count, double lambda)
{
    size_t usable = 0;
    size_t above = 0;

    for (size_t i = 0; i < count; i++) {
        usable += is_probability(p[i]);
        above += is_probability(p[i]) && p[i] > lambda;
    }
    if (usable == 0 || !(lambda >= 0 && lambda < 1))
        return NAN;
    return fmin(((double)above + 1) / ((1 - lambda) * (double)usable), 1);
}

void
multiple_q_values(const double *p, size_t count, double null_share, double *q)
{
    multiple_adjust(MULTIPLE_BENJAMINI_HOCHBERG, p, count, q);
    for (size_t i = 0; i < count; i++)
        q[i] = is_probability(null_share) ? q[i] * null_share : NAN;
}
