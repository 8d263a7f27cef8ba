/*
 * convolve.h - P(on time) of a silent parcel: when it moves next, and how long it takes from there (statistics 4).
 */
#ifndef DETECTORS_STATS_CONVOLVE_H
#define DETECTORS_STATS_CONVOLVE_H

#include <stddef.h>

// Enough for CONVOLVE_HOURS_MAX hours ahead.
#define CONVOLVE_CELLS_MAX 256
#define CONVOLVE_HOURS_MAX 2400.0

// Edges of the cells of the time ahead, in hours from now: hourly to 96 h, then 3 h to 240 h, then 24 h; the last one
// ends at `hours` (at most CONVOLVE_HOURS_MAX). Returns the number of cells n, 0 when hours is not positive; writes
// n + 1 edges.
size_t convolve_cells(double hours, double edges[CONVOLVE_CELLS_MAX + 1]);

// A silent parcel's next scan over the cells, whose edges are numbered from 0, which is now, and what then is left of the
// way.
typedef struct ConvolveWait
{
    void *data;
    double (*survival)(void *data, size_t edge);  // P(still silent at an edge but 0 | silent now)
    double (*arrived)(void *data, size_t cell);   // P(delivered by the deadline | it came there)
    // Neighbouring cells in which it comes with less than this probability are taken as the one in their middle; 0: each
    // by itself.
    double together;
} ConvolveWait;

// P(delivered by the deadline), which is the last edge.
double convolve_on_time(const ConvolveWait *wait, size_t cells);

#endif
