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

// Bins from 1 h to 96 h are an hour wide.
#define BIN_HOURLY_FIRST 3  // the one that begins with 1 h
#define BIN_HOURLY_END   96.

// The fine bin of a duration in hours. Negative and NaN durations fall into the first bin, infinite ones into the
// last.
int bin_of_any(double hours);

// The same, at once for hourly bins, in which most durations lie.
static inline int
bin_of(double hours)
{
    return hours >= 1 && hours < BIN_HOURLY_END ? BIN_HOURLY_FIRST - 1 + (int)hours
                                                : bin_of_any(hours);
}

// Lower edge of a fine bin, 0 to BIN_COUNT - 1. bin_edge(BIN_COUNT) is where the open bin is taken to end when a
// rate is needed for it.
double bin_edge(int bin);

// The coarse bin that holds a fine one.
int bin_coarse(int bin);

// The first fine bin of a coarse one; of BIN_COARSE_COUNT: BIN_COUNT.
int bin_coarse_start(int coarse);

// Where a duration lies: its fine bin, and how much of that has passed: 0 to 1, and more past the last edge.
typedef struct BinSpot
{
    int bin;
    double part;
} BinSpot;

// The spot of any duration; of one that is not positive, the beginning.
BinSpot bin_place(double hours);

// The same, at once for hourly bins, which most ask for.
static inline BinSpot
bin_find(double hours)
{
    if (!(hours >= 1 && hours < BIN_HOURLY_END))
        return bin_place(hours);

    const int whole = (int)hours;

    return (BinSpot){.bin = BIN_HOURLY_FIRST - 1 + whole, .part = hours - whole};
}

// Value at a spot of a curve that is given at the edges (BIN_COUNT + 1 values) and straight between them: a cumulative
// hazard under constant hazard within a bin. Past the last edge it goes on as in the open bin.
static inline double
bin_value(const double at_edges[BIN_COUNT + 1], BinSpot spot)
{
    const double *const at = &at_edges[spot.bin];

    return at[0] + (at[1] - at[0]) * spot.part;
}

static inline double
bin_interpolate(const double at_edges[BIN_COUNT + 1], double hours)
{
    return bin_value(at_edges, bin_find(hours));
}

// The same of a curve in single precision.
static inline float
bin_value_single(const float at_edges[BIN_COUNT + 1], BinSpot spot)
{
    const float *const at = &at_edges[spot.bin];

    return at[0] + (at[1] - at[0]) * (float)spot.part;
}

// What such a curve rises by over each coarse bin.
void bin_rises(const float at_edges[BIN_COUNT + 1], float rises[BIN_COARSE_COUNT]);

// What it has risen by at a spot since the coarse bin began that the spot lies in.
float bin_within(const float at_edges[BIN_COUNT + 1], BinSpot spot);

// Its value there, were its rises within each coarse bin so many times as high; to 1e-6 of it.
double bin_bent(const float rises[BIN_COARSE_COUNT], const float factor[BIN_COARSE_COUNT],
    int coarse, double within);

// The inverse for a curve that does not fall: the smallest duration at which it reaches value; INFINITY when it
// never does.
double bin_inverse(const double at_edges[BIN_COUNT + 1], double value);
double bin_inverse_single(const float at_edges[BIN_COUNT + 1], double value);

// The inverse of bin_bent(), likewise.
double bin_inverse_bent(const float at_edges[BIN_COUNT + 1], const float rises[BIN_COARSE_COUNT],
    const float factor[BIN_COARSE_COUNT], double value);

#endif
