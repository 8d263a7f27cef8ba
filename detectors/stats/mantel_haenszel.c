/*
 * This month's mix of lanes is not last month's, and a carrier that took over the hard ones looks worse for it. So the
 * comparison is made within each stratum (a yes, b no in the first group; c, d in the second; n in all) and then summed:
 *
 *     odds ratio    sum a d / n  /  sum b c / n
 *     chi-squared   (sum a - E a)^2 / sum Var a,     a hypergeometric given the margins
 *     difference    sum w (a / n1 - c / n2) / sum w,    w = n1 n2 / n
 *
 * The interval of the log odds ratio takes the variance of Robins, Breslow and Greenland, right for many thin strata as
 * well as for few fat ones. The difference has Cochran's weights.
 *
 * N. Mantel, W. Haenszel, J. Nat. Cancer Inst. 22 (1959) 719-748.  J. Robins, N. Breslow, S. Greenland, Biometrics 42
 * (1986) 311-323.  W. G. Cochran, Biometrics 10 (1954) 417-451.
 */
#include "detectors/stats/mantel_haenszel.h"

#include "detectors/stats/proportion.h"
#include "detectors/stats/special.h"

#include <math.h>

typedef struct Sums
{
    double surplus, variance;         // of the first cell
    double with, against;             // sum a d / n, sum b c / n
    double with_p, mixed, against_q;  // the three parts of the variance of the log odds ratio
    double difference, weight;
} Sums;

static bool
is_usable(TwoByTwo t)
{
    const double sum = t.yes_a + t.no_a + t.yes_b + t.no_b;

    return t.yes_a >= 0 && t.no_a >= 0 && t.yes_b >= 0 && t.no_b >= 0 && isfinite(sum);
}

static void
take(Sums *sums, TwoByTwo t)
{
    const double first = t.yes_a + t.no_a;
    const double second = t.yes_b + t.no_b;
    const double yes = t.yes_a + t.yes_b;
    const double no = t.no_a + t.no_b;
    const double n = first + second;

    if (!(first > 0 && second > 0))
        return;
    sums->difference += first / n * second * (t.yes_a / first - t.yes_b / second);
    sums->weight += first / n * second;
    if (!(yes > 0 && no > 0 && n > 1))
        return;

    const double with = t.yes_a * t.no_b / n;
    const double against = t.no_a * t.yes_b / n;
    const double p = (t.yes_a + t.no_b) / n;
    const double q = (t.no_a + t.yes_b) / n;

    sums->surplus += t.yes_a - first * yes / n;
    sums->variance += first / n * (second / n) * (yes / (n - 1)) * no;
    sums->with += with;
    sums->against += against;
    sums->with_p += p * with;
    sums->mixed += p * against + q * with;
    sums->against_q += q * against;
}

bool
mantel_haenszel(const TwoByTwo *strata, size_t count, MantelHaenszel *out)
{
    Sums sums = {0};

    for (size_t i = 0; i < count; i++)
        if (is_usable(strata[i]))
            take(&sums, strata[i]);
    if (!(sums.variance > 0))
        return false;

    const double ratio = sums.against > 0 ? sums.with / sums.against : INFINITY;
    const double chi_squared = sums.surplus * sums.surplus / sums.variance;

    *out = (MantelHaenszel){
        .odds_ratio = ratio,
        .low = NAN,
        .high = NAN,
        .difference = sums.difference / sums.weight,
        .chi_squared = chi_squared,
        .p = special_chi_squared_above(chi_squared, 1),
    };
    if (sums.with > 0 && sums.against > 0) {
        const double error = sqrt(sums.with_p / (2 * sums.with * sums.with) +
                                  sums.mixed / (2 * sums.with * sums.against) +
                                  sums.against_q / (2 * sums.against * sums.against));

        out->low = ratio * exp(-PROPORTION_Z95 * error);
        out->high = ratio * exp(PROPORTION_Z95 * error);
    }
    return true;
}
