/*
 * bins.h - the fixed bins in which waiting is counted (statistics, "Time").
 *
 * Fine bins serve the curves: 0, .25, .5, 1 h, then hourly to 96 h (rounds and departures happen at hours), every
 * 2 h to 240 h, 12 h to 504 h, 48 h to 960 h, 240 h to 2160 h, and an open one. The last five reach past every
 * horizon of loss in use, so that 40 and 60 days of silence can be told apart. Coarse bins are unions of fine ones,
 * about five to the octave: enough for the one scalar of a lane, at a quarter of the memory.
 */
#ifndef DETECTORS_STATS_BINS_H
#define DETECTORS_STATS_BINS_H

#include <stddef.h>
#include <stdint.h>

#define BIN_COUNT        208
#define BIN_COARSE_COUNT 53

// The fine bin of a duration in hours. Negative and NaN durations fall into the first bin, infinite ones into the
// last.
int bin_of(double hours);

// Lower edge of a fine bin, 0 to BIN_COUNT - 1. bin_edge(BIN_COUNT) is where the open bin is taken to end when a
// rate is needed for it.
double bin_edge(int bin);

// The coarse bin that holds a fine one.
int bin_coarse(int bin);

// The first fine bin of a coarse one; of BIN_COARSE_COUNT: BIN_COUNT.
int bin_coarse_start(int coarse);

// Value at `hours` of a curve that is given at the edges (BIN_COUNT + 1 values) and straight between them: a
// cumulative hazard under constant hazard within a bin. Past the last edge it goes on as in the open bin.
double bin_interpolate(const double at_edges[BIN_COUNT + 1], double hours);

// What such a curve rises by over each coarse bin.
void bin_rises(const double at_edges[BIN_COUNT + 1], float rises[BIN_COARSE_COUNT]);

// The same for the curve whose rises within each coarse bin are those of this one times a factor; to 1e-6 of it.
double bin_interpolate_bent(const double at_edges[BIN_COUNT + 1],
    const float rises[BIN_COARSE_COUNT], const float factor[BIN_COARSE_COUNT], double hours);

// The inverse for a curve that does not fall: the smallest duration at which it reaches value; INFINITY when it
// never does.
double bin_inverse(const double at_edges[BIN_COUNT + 1], double value);

#endif
