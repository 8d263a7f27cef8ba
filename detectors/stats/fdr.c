/*
 * Bayesian false discovery rate: given the data, entry i is false with probability 1 - p_i, independent of how the
 * list was cut, so the expected false share of a list is the mean of those.
 *
 * M. A. Newton, A. Noueiry, D. Sarkar, P. Ahlquist, Biostatistics 5 (2004) 155-176.
 */
#include "detectors/stats/fdr.h"

#include <math.h>

double
fdr_false_share(const double *posteriors, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        if (!(posteriors[i] >= 0 && posteriors[i] <= 1))
            return NAN;
        sum += 1 - posteriors[i];
    }
    return count > 0 ? sum / (double)count : NAN;
}
