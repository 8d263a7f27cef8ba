/*
 * With x = 1 for success at the usual chance q, and theta the slower pace, a trial's log-likelihood ratio
 *
 *     l = x log(theta) + (1 - x) log((1 - theta q)/(1 - q)) = log((1 - theta q)/(1 - q)) - w x,
 *     w = log((1 - theta q)/(1 - q)) - log(theta)
 *
 * has the cumulants of -w x, a Bernoulli variable: w^2 q (1 - q), -w^3 q (1 - q) (1 - 2 q), and the mean q log(theta) +
 * (1 - q) log((1 - theta q)/(1 - q)). Its sum is compared with the distribution of Pearson's type III (a gamma distribution
 * moved and scaled) that has the same three cumulants: failures of what was nearly sure are rare, so the upper tail is
 * heavier than a normal one. Dependent trials (parcels of one lorry) multiply the variance by phi, and the third cumulant too,
 * as if phi of them were one.
 *
 * Where all log-odds are less by a small b, q falls by b q (1 - q), and the mean of the sum rises by b times the sum of
 * w q (1 - q). That is what the sum is less for; the variance stands in for it, which gives b another scale, and nothing else.
 *
 * J. Neyman, E. S. Pearson, Phil. Trans. R. Soc. A 231 (1933) 289-337.  K. Pearson, Phil. Trans. R. Soc. A 186 (1895)
 * 343-414.  N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 1 (1994), 17.2, for three moments.
 */
#include "detectors/stats/pace.h"

#include "detectors/stats/incomplete.h"
#include "detectors/stats/tails.h"

#include <math.h>

#define SKEW_LEAST 1e-4  // below it a normal distribution has the same tail to four digits

PaceSums
pace_trial(bool success, double chance)
{
    const double q = fmin(fmax(chance, 0), PACE_SURE);
    const double miss = log1p(-PACE_SLOW * q) - log1p(-q), weight = miss - log(PACE_SLOW);
    const double variance = weight * weight * q * (1 - q);

    return (PaceSums){
        .log_ratio = success ? log(PACE_SLOW) : miss,
        .mean = miss - weight * q,
        .variance = variance,
        .third = weight * variance * (2 * q - 1),
    };
}

void
pace_add(PaceSums *sums, PaceSums more)
{
    sums->log_ratio += more.log_ratio;
    sums->mean += more.mean;
    sums->variance += more.variance;
    sums->third += more.third;
}

PaceSums
pace_shifted(PaceSums sums, double shift)
{
    sums.log_ratio -= shift * sums.variance;
    return sums;
}

double
pace_chance(PaceSums sums, double dispersion)
{
    const double variance = dispersion * sums.variance;

    if (!(variance > 0))
        return NAN;

    const double z = (sums.log_ratio - sums.mean) / sqrt(variance);
    const double skew = dispersion * sums.third / (variance * sqrt(variance));

    if (!isfinite(z) || !isfinite(skew))
        return NAN;
    if (!(skew > SKEW_LEAST))
        return exp(tails_normal(z).upper);

    const double shape = 4 / (skew * skew), x = shape + z * sqrt(shape);

    return x > 0 ? exp(incomplete_gamma(shape, x).upper) : 1;
}
