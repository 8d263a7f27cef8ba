/*
 * Exact two-sided tests count all that is no likelier than what was seen (Fisher's way, R's too). For Poisson the
 * other side is where the mass first falls to that of the count; for a two-by-two table with fixed margins the first
 * cell is hypergeometric, its masses each from the one before:
 *
 *     m(k + 1) / m(k) = (yes - k)(A - k) / ((k + 1)(B - yes + k + 1))      A, B group sizes, yes in both together
 *
 * Likelihoods that differ in the seventh digit count as the same, as in R, for they are worked out in doubles.
 *
 * R. A. Fisher, The Design of Experiments (1935), 2.  K. Pearson, Phil. Mag. 50 (1900) 157-175.
 */
#include "detectors/stats/exact.h"

#include "detectors/stats/tails.h"

#include <math.h>
#include <stdbool.h>

static const double SAME = 1e-7;
static const double COUNT_MAX = 1e7;

// The first count above `low` with a mass of at most this, where masses fall from low + 1 on.
static double
first_above(double low, double mean, double mass)
{
    double high = low + 1;

    while (incomplete_log_poisson(high, mean) > mass) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const double middle = floor((low + high) / 2);

        if (incomplete_log_poisson(middle, mean) > mass)
            low = middle;
        else
            high = middle;
    }
    return high;
}

// The last count below `high` with a mass of at most this, where masses rise to high - 1; -1 when there is none.
static double
last_below(double high, double mean, double mass)
{
    double low = -1;

    while (high - low > 1) {
        const double middle = floor((low + high) / 2);

        if (incomplete_log_poisson(middle, mean) > mass)
            high = middle;
        else
            low = middle;
    }
    return low;
}

double
exact_poisson(double count, double mean)
{
    if (!(count >= 0) || isinf(count) || count != floor(count) || !(mean >= 0) || isinf(mean))
        return NAN;
    if (mean == 0)
        return count > 0 ? 0 : 1;

    const double mass = incomplete_log_poisson(count, mean) + log1p(SAME);
    const double mode = floor(mean);  // when the mean is whole, mode - 1 is as likely
    const double below = count < mean ? count : last_below(fmin(mode + 1, count), mean, mass);
    const double above = count > mean ? count : first_above(fmax(mode - 1, count), mean, mass);
    const double p = exp(tails_poisson(below, mean).lower) + exp(tails_poisson(above, mean).upper);

    return count == mean ? 1 : fmin(p, 1);
}

static bool
are_counts(TwoByTwo table)
{
    const double cells[] = {table.yes_a, table.no_a, table.yes_b, table.no_b};
    double sum = 0;

    for (int i = 0; i < 4; i++) {
        if (!(cells[i] >= 0) || cells[i] != floor(cells[i]))
            return false;
        sum += cells[i];
    }
    return sum <= COUNT_MAX;
}

double
exact_fisher(TwoByTwo table)
{
    if (!are_counts(table))
        return NAN;

    const double a = table.yes_a + table.no_a;
    const double b = table.yes_b + table.no_b;
    const double yes = table.yes_a + table.yes_b;
    const double least = fmax(0, yes - b);
    const double most = fmin(yes, a);
    double log_mass = 0;
    double seen = 0;
    double peak = 0;

    // masses relative to that of the least table: first where they peak, and what was seen; then the sums
    for (double k = least; k <= most; k++) {
        seen = k == table.yes_a ? log_mass : seen;
        peak = fmax(peak, log_mass);
        log_mass += log((yes - k) * (a - k) / ((k + 1) * (b - yes + k + 1)));
    }

    double all = 0;
    double unlikely = 0;

    log_mass = 0;
    for (double k = least; k <= most; k++) {
        const double mass = exp(log_mass - peak);

        all += mass;
        unlikely += log_mass <= seen + SAME ? mass : 0;
        log_mass += log((yes - k) * (a - k) / ((k + 1) * (b - yes + k + 1)));
    }
    return unlikely / all;
}

double
exact_chi_squared(TwoByTwo table)
{
    const double a = table.yes_a + table.no_a;
    const double b = table.yes_b + table.no_b;
    const double yes = table.yes_a + table.yes_b;
    const double no = table.no_a + table.no_b;
    const double cross = table.yes_a * table.no_b - table.no_a * table.yes_b;

    if (!are_counts(table) || !(a > 0 && b > 0 && yes > 0 && no > 0))
        return NAN;
    return (cross / a) * (cross / b) * ((a + b) / yes / no);
}
