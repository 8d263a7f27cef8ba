/*
 * With s the standard error of log S and z the normal quantile of the level:
 *
 *     plain     S -+ z S s                          (S s is the standard error of S itself: delta method)
 *     log       exp(log S -+ z s)
 *     log-log   exp(-exp(log(-log S) +- z s / log S))
 *
 * J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data, Wiley 1980, section 1.3; O. Borgan,
 * K. Liestol, Scand. J. Statist. 17 (1990) 35-41.
 */
#include "detectors/stats/band.h"

#include "detectors/stats/special.h"

#include <math.h>
#include <stdbool.h>

Band
band_of_survival(double survival, double log_variance, BandScale scale, double level)
{
    const double z = level > 0 && level < 1 ? special_normal_quantile((1 + level) / 2) : NAN;
    const double reach = log_variance >= 0 ? z * sqrt(log_variance) : NAN;
    const bool known = survival > 0 && survival <= 1 && isfinite(reach);

    if (!known)
        return (Band){NAN, NAN};
    if (survival == 1)
        return (Band){1, 1};

    const double logged = log(survival);

    switch (scale) {
    case BAND_LOG_LOG:
        return (Band){exp(logged * exp(-reach / logged)), exp(logged * exp(reach / logged))};
    case BAND_LOG:
        return (Band){exp(logged - reach), fmin(exp(logged + reach), 1)};
    case BAND_PLAIN:
        break;
    }
    return (Band){fmax(survival * (1 - reach), 0), fmin(survival * (1 + reach), 1)};
}
