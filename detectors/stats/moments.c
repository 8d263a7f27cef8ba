/*
 *     m = sum x / n,   s^2 = (sum (x - m)^2 - (sum (x - m))^2 / n) / (n - 1),
 *     r1 = sum (x_i - m)(x_i+1 - m) / sum (x - m)^2
 *
 * The textbook formula sum x^2 - n m^2 has no correct digit left on values such as 10000000.1, 10000000.3 (NIST's
 * NumAcc4). So there are two passes, the mean is corrected by the sum of the deviations from it, and sums carry their
 * rounding errors along.
 *
 * A. Neumaier, Z. angew. Math. Mech. 54 (1974) 39-51; T. F. Chan, G. H. Golub, R. J. LeVeque, Amer. Statist. 37 (1983)
 * 242-247.
 */
#include "detectors/stats/moments.h"

#include <math.h>

typedef struct Sum
{
    double high, low;
} Sum;

static void
sum_add(Sum *sum, double x)
{
    const double total = sum->high + x;

    sum->low += fabs(sum->high) >= fabs(x) ? (sum->high - total) + x : (x - total) + sum->high;
    sum->high = total;
}

// Once the sum itself has left the range, its rounding errors say nothing.
static double
sum_value(Sum sum)
{
    return isfinite(sum.high) ? sum.high + sum.low : sum.high;
}

double
moments_sum(const double *values, size_t count)
{
    Sum sum = {0};

    for (size_t i = 0; i < count; i++)
        sum_add(&sum, values[i]);
    return sum_value(sum);
}

Moments
moments_of(const double *values, size_t count)
{
    const double n = (double)count;
    const double first = count > 0 ? moments_sum(values, count) / n : (double)NAN;
    Sum rest = {0};
    Sum squares = {0};
    Sum products = {0};

    if (!isfinite(first))
        return (Moments){NAN, NAN, NAN};
    for (size_t i = 0; i < count; i++)
        sum_add(&rest, values[i] - first);

    const double shift = sum_value(rest) / n;  // what the first mean lacks

    for (size_t i = 0; i < count; i++) {
        const double here = values[i] - first - shift;

        sum_add(&squares, here * here);
        if (i + 1 < count)
            sum_add(&products, here * (values[i + 1] - first - shift));
    }

    const double spread = sum_value(squares);

    return (Moments){.mean = first + shift,
        .deviation = count > 1 ? sqrt(spread / (n - 1)) : (double)NAN,
        .autocorrelation = spread > 0 ? sum_value(products) / spread : (double)NAN};
}
