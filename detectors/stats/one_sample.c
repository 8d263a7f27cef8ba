/*
 * The one-sample log-rank test. If each gap i had been waiting from t0 to t1, it should have closed in that time with
 * expectation H_i(t1) - H_i(t0); the number that closed, less the sum E of those, is a martingale, so the number is
 * Poisson with mean E as far as gaps are independent. Parcels of one lorry are not, which shows as a variance of phi E
 * on calm nights; then the count is taken as negative binomial with that variance: size E / (phi - 1).
 *
 * A ratio r = O / E that is believed to be Gamma with mean c and rate w has, seeing O of E, the mean (O + w c) / (E + w).
 *
 * N. Breslow, Appl. Statist. 24 (1975) 51-56.  R. F. Woolson, Biometrics 37 (1981) 687-696.  P. McCullagh, J. A.
 * Nelder, Generalized Linear Models (1989), 6.2.3, for phi.
 */
#include "detectors/stats/one_sample.h"

#include "detectors/stats/tails.h"

#include <math.h>
#include <stdbool.h>

static bool
is_usable(OneSample sample)
{
    return sample.observed >= 0 && sample.expected >= 0 && isfinite(sample.observed) &&
           isfinite(sample.expected);
}

OneSampleTest
one_sample_test(OneSample sample, double dispersion)
{
    if (!is_usable(sample) || !(dispersion > 0) || isinf(dispersion))
        return (OneSampleTest){NAN, NAN, NAN, NAN, NAN, NAN};

    const LogTails tails = tails_dispersed(sample.observed, sample.expected, dispersion);
    const bool any = sample.expected > 0;

    return (OneSampleTest){
        .p_low = exp(tails.lower),
        .log_p_low = tails.lower,
        .p_high = exp(tails.upper),
        .log_p_high = tails.upper,
        .z = any ? (sample.observed - sample.expected) / sqrt(dispersion * sample.expected) : NAN,
        .ratio = any ? sample.observed / sample.expected : NAN,
    };
}

double
one_sample_dispersion(const OneSample *nights, size_t count)
{
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const double missed = nights[i].observed - nights[i].expected;

        if (!is_usable(nights[i]) || !(nights[i].expected > 0))
            continue;
        sum += missed * missed / nights[i].expected;
        n++;
    }
    return n > 0 ? sum / (double)n : NAN;
}

double
one_sample_shrunk(OneSample sample, double prior, double weight)
{
    return (sample.observed + weight * prior) / (sample.expected + weight);
}
