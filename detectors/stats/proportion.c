/*
 * Wilson's interval holds the shares p whose own standard error makes the observed one unsurprising:
 *
 *     |s - p| <= z sqrt(p (1 - p) / n),
 *
 * a quadratic in p. Unlike s +- z sqrt(s (1 - s) / n) it is right for few trials and for shares near 0 and 1.
 *
 * Clopper and Pearson's holds the shares that neither tail of the binomial rejects, whose ends are beta quantiles:
 * Beta(x, n - x + 1) below and Beta(x + 1, n - x) above. Jeffreys' are those of Beta(x + 1/2, n - x + 1/2).
 *
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
 * E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927) 209-212.  L. D. Brown, T. T. Cai, A. DasGupta, Statist. Sci. 16
 * (2001) 101-133.
 */
#include "detectors/stats/proportion.h"

#include "detectors/stats/tails.h"

#include <math.h>
#include <stdbool.h>

ShareInterval
proportion_wilson(double share, double n, double z)
{
    if (!(share >= 0 && share <= 1) || !(n > 0) || !isfinite(n) || !isfinite(z))
        return (ShareInterval){NAN, NAN};

    const double z2 = z * z;
    const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));

    // At the ends the difference is 0, but for the rounding.
    return (ShareInterval){
        .low = share > 0 ? fmax(middle - half, 0) : 0,
        .high = share < 1 ? fmin(middle + half, 1) : 1,
    };
}

static bool
is_share(double successes, double n, double level)
{
    return n > 0 && isfinite(n) && successes >= 0 && successes <= n && level > 0 && level < 1;
}

ShareInterval
proportion_clopper_pearson(double successes, double n, double level)
{
    const double outside = (1 - level) / 2;

    if (!is_share(successes, n, level))
        return (ShareInterval){NAN, NAN};
    return (ShareInterval){
        .low = successes > 0 ? tails_beta_quantile(outside, successes, n - successes + 1) : 0,
        .high = successes < n ? tails_beta_quantile(1 - outside, successes + 1, n - successes) : 1,
    };
}

ShareInterval
proportion_jeffreys(double successes, double n, double level)
{
    const double outside = (1 - level) / 2;

    if (!is_share(successes, n, level))
        return (ShareInterval){NAN, NAN};
    return (ShareInterval){
        .low = tails_beta_quantile(outside, successes + .5, n - successes + .5),
        .high = tails_beta_quantile(1 - outside, successes + .5, n - successes + .5),
    };
}
