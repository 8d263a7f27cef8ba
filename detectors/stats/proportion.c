/*
 * Wilson's interval holds the shares p whose own standard error makes the observed one unsurprising:
 *
 *     |s - p| <= z sqrt(p (1 - p) / n),
 *
 * a quadratic in p. Unlike s +- z sqrt(s (1 - s) / n) it is right for few trials and for shares near 0 and 1.
 *
 * E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927) 209-212.  L. D. Brown, T. T. Cai, A. DasGupta, Statist. Sci. 16
 * (2001) 101-133.
 */
#include "detectors/stats/proportion.h"

#include <math.h>

ShareInterval
proportion_wilson(double share, double n, double z)
{
    if (!(share >= 0 && share <= 1) || !(n > 0) || !isfinite(n) || !isfinite(z))
        return (ShareInterval){NAN, NAN};

    const double z2 = z * z;
    const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));

    return (ShareInterval){fmax(middle - half, 0), fmin(middle + half, 1)};
}
