/*
 * A service's gaps by coarse bin, as its lanes are compared with them: each value is the average over the fine bins of
 * the coarse one, weighted by the gaps the service had there.
 *
 * Expected closures are sums of the bins' hazards, not -log S: with gaps counted at risk as stats/hazard.c counts them
 * (who closed in a bin was at risk for all of it, who was last seen there for half), they add up to the closures the
 * service had. -log S is infinite where the last gap closed.
 */
#include "detectors/baseline/tree.h"

#include <math.h>

// A gap's expected closures are cut here, so that one forgotten parcel cannot slow a lane down.
#define CLOSURES_MAX 8.0

// An average that is 0 until something was added.
typedef struct Mean
{
    double sum, weight;
} Mean;

static void
mean_add(Mean *mean, double value, double weight)
{
    mean->sum += weight * value;
    mean->weight += weight;
}

static double
mean_get(const Mean *mean)
{
    return mean->weight > 0 ? mean->sum / mean->weight : 0;
}

static double
log_hours(int bin)
{
    return log1p((bin_edge(bin) + bin_edge(bin + 1)) / 2);
}

// For each fine bin: the mean of log(1 + hours) for a mover that waited into its middle.
static void
mean_log_beyond(const double cumulative[BIN_COUNT + 1], double beyond[BIN_COUNT])
{
    double sum = 0;   // of log hours over those that close after the bin
    double left = 0;  // their share

    for (int k = BIN_COUNT; k-- > 0;) {
        const double here = exp(-cumulative[k]) - exp(-cumulative[k + 1]);
        const double last = k == BIN_COUNT - 1 ? exp(-cumulative[BIN_COUNT]) : 0;
        const double half_sum = sum + (here / 2 + last) * log_hours(k);
        const double half_left = left + here / 2 + last;

        beyond[k] = half_left > 0 ? half_sum / half_left : log_hours(k);
        sum += (here + last) * log_hours(k);
        left += here + last;
    }
}

static void
expect_coarse(Expectation *expected, int coarse, const double *ended, const double *waited,
    const double *mover, const double *beyond)
{
    Mean closures_ended = {0}, closures_waited = {0}, movers = {0};
    Mean log_ended = {0}, log_waited = {0};

    for (int k = bin_coarse_start(coarse); k < bin_coarse_start(coarse + 1); k++) {
        const double before = expected->closures[k];
        const double after = expected->closures[k + 1];

        mean_add(&closures_ended, after, ended[k]);
        mean_add(&closures_waited, (before + after) / 2 * mover[k], waited[k]);
        mean_add(&movers, mover[k], waited[k]);
        mean_add(&log_ended, log_hours(k), ended[k]);
        mean_add(&log_waited, beyond[k], waited[k] * mover[k]);
    }
    expected->closures_ended[coarse] = mean_get(&closures_ended);
    expected->closures_waited[coarse] = mean_get(&closures_waited);
    expected->mover[coarse] = mean_get(&movers);
    expected->log_ended[coarse] = mean_get(&log_ended);
    expected->log_waited[coarse] = mean_get(&log_waited);
}

const Expectation *
expect(Arena *arena, const double ended[BIN_COUNT], const double waited[BIN_COUNT],
    const double mover[BIN_COUNT], const double cumulative[BIN_COUNT + 1])
{
    Expectation *const expected = ARENA_NEW(arena, Expectation);
    double beyond[BIN_COUNT];
    Mean logs = {0}, squares = {0};

    mean_log_beyond(cumulative, beyond);
    for (int k = 0; k < BIN_COUNT; k++)
        expected->closures[k + 1] =
            fmin(expected->closures[k] - expm1(cumulative[k] - cumulative[k + 1]), CLOSURES_MAX);
    for (int coarse = 0; coarse < BIN_COARSE_COUNT; coarse++)
        expect_coarse(expected, coarse, ended, waited, mover, beyond);
    for (int k = 0; k < BIN_COUNT; k++) {
        mean_add(&logs, log_hours(k), ended[k]);
        mean_add(&logs, beyond[k], waited[k] * mover[k]);
        mean_add(&squares, log_hours(k) * log_hours(k), ended[k]);
        mean_add(&squares, beyond[k] * beyond[k], waited[k] * mover[k]);
    }
    expected->log_mean = mean_get(&logs);
    expected->log_variance =
        fmax(mean_get(&squares) - expected->log_mean * expected->log_mean, 1e-4);
    return expected;
}
