/*
 * life_table.h - the survival curve of binned counts, with its errors: what was seen, before any shrinkage.
 */
#ifndef DETECTORS_STATS_LIFE_TABLE_H
#define DETECTORS_STATS_LIFE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

// When in its bin a gap that is still open was last seen: at the end (it was at risk in the whole bin), in the middle
// (half, the actuarial convention), or at the beginning (not at all).
typedef enum LifeConvention
{
    LIFE_LATE,
    LIFE_ACTUARIAL,
    LIFE_EARLY,
} LifeConvention;

// One bin. Everything is NAN where nobody was at risk, and survival, variance and density from there on; errors are NAN
// where nothing ended (or everything did), and rates where the bin is open.
typedef struct LifeRow
{
    double entered, at_risk;                // at its lower edge; at risk by the convention
    double hazard;                          // P(ends in the bin | reached it), 0..1
    double survival, variance;              // P(T >= upper edge), and Greenwood's variance of it
    double density, density_error;          // P(ends in the bin) / width
    double hazard_rate, hazard_rate_error;  // ends per time at risk, half the ends taken off
} LifeRow;

// Counts of gaps that ended or were last seen waiting, by bin: `bins` values each, weighted or not. edges: bins + 1
// rising values, the last one may be INFINITY.
typedef struct LifeCounts
{
    size_t bins;
    const double *edges, *ended, *waited;
} LifeCounts;

// Writes `bins` rows. False, with rows untouched, when a count is negative or not finite, or edges do not rise.
bool life_table(const LifeCounts *counts, LifeConvention convention, LifeRow *rows);

// The time by which a share p of all has ended, p within (0, 1), of rows that life_table() wrote: straight between the
// edges. NAN for another p, and where survival is not known to come down to 1 - p, or does so in an open bin.
double life_table_quantile(const LifeCounts *counts, const LifeRow *rows, double p);

#endif
