/*
 * Bayesian false discovery rate: given the data, entry i is false with probability 1 - p_i, independent of how the
 * list was cut, so the expected false share of a list is the mean of those. From the top down that mean never falls, so
 * the longest list with at most q is found in one pass. It is also the best one: among lists with that share no other
 * has more true entries to expect (Mueller, Parmigiani, Robert, Rousseau 2004). With values v_i,
 *
 *     sum v_i (1 - p_i) / sum v_i <= q,
 *
 * and the order is still that of p: v_i p_i gained for v_i (1 - p_i - q) spent is most for the largest p.
 *
 * M. A. Newton, A. Noueiry, D. Sarkar, P. Ahlquist, Biostatistics 5 (2004) 155-176.  P. Mueller, G. Parmigiani, C.
 * Robert, J. Rousseau, J. Amer. Statist. Assoc. 99 (2004) 990-1001.
 */
#include "detectors/stats/fdr.h"

#include "core/arena.h"
#include "detectors/stats/order.h"

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

static double
value_of(const double *values, size_t index)
{
    return values ? values[index] : 1;
}

FdrList
fdr_list(const double *posteriors, const double *values, size_t count, double wanted, bool *listed)
{
    Arena *const arena = arena_create();
    OrderPlace *const entries = ARENA_ARRAY(arena, OrderPlace, count);
    FdrList list = {.threshold = NAN, .false_share = NAN};
    size_t usable = 0;
    double sum = 0;
    double weight = 0;

    for (size_t i = 0; i < count; i++) {
        const double value = value_of(values, i);

        if (listed)
            listed[i] = false;
        if (posteriors[i] >= 0 && posteriors[i] <= 1 && value > 0 && isfinite(value))
            entries[usable++] = (OrderPlace){posteriors[i], i};
    }
    order_falling(entries, usable);
    for (size_t i = 0; i < usable; i++) {
        const double value = value_of(values, entries[i].index);

        sum += value * (1 - entries[i].value);
        weight += value;
        if (!(sum <= wanted * weight))
            break;
        list = (FdrList){i + 1, entries[i].value, sum / weight};
        if (listed)
            listed[entries[i].index] = true;
    }
    arena_destroy(arena);
    return list;
}
