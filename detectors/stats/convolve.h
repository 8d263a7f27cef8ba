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

// A silent parcel's next scan over the cells, whose edges are numbered from 0, which is now.
typedef struct ConvolveWait
{
    const void *data;
    double (*survival)(
        const void *data, size_t edge);  // P(still silent at an edge but 0 | silent now)
    // Neighbouring cells in which it comes with less than this probability are taken as the one in their middle; 0: each
    // by itself.
    double together;
} ConvolveWait;

// Some cells taken together.
typedef struct ConvolvePart
{
    size_t cell;  // the one in their middle
    double mass;  // P(the next scan comes in them)
} ConvolvePart;

// The cells in parts, those left out in which the next scan hardly ever comes. P(delivered by the deadline, which is the last
// edge) is the sum of mass x P(delivered by then | the next scan comes in the cell). Returns how many parts.
size_t
convolve_parts(const ConvolveWait *wait, size_t cells, ConvolvePart parts[CONVOLVE_CELLS_MAX]);

#endif
