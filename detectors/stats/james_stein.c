/*
 * k normal means with one known variance are together best estimated by none of the values themselves:
 *
 *     m + (1 - B)(x_i - m),   B = min(1, (k - 3) variance / sum (x_i - m)^2),   m the mean of all
 *
 * W. James, C. Stein, Proc. 4th Berkeley Symp. 1 (1961) 361-379; shrunk to the mean: B. Efron, C. Morris, J. R.
 * Statist. Soc. B 35 (1973) 379-421.
 */
#include "detectors/stats/beta_binomial.h"

#include <math.h>

bool
james_stein(const double *values, size_t count, double variance, double *shrunk, double *shrinkage)
{
    const double k = (double)count;
    double mean = 0;
    double spread = 0;

    if (count < 4 || !(variance >= 0) || !isfinite(variance))
        return false;
    for (size_t i = 0; i < count; i++)
        mean += values[i] / k;
    for (size_t i = 0; i < count; i++)
        spread += (values[i] - mean) * (values[i] - mean);
    if (!isfinite(spread))
        return false;
    *shrinkage = (k - 3) * variance < spread ? (k - 3) * variance / spread : 1;
    for (size_t i = 0; i < count; i++)
        shrunk[i] = mean + (1 - *shrinkage) * (values[i] - mean);
    return true;
}
