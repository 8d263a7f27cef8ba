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

// One milestone that may come next.
typedef struct ConvolveRoute
{
    double share;  // P(it is the next one); shares add up to at most 1
    const double
        *arrived;  // per cell: P(delivered by the deadline | it came in the middle of the cell)
} ConvolveRoute;

// survival: cells + 1 values, P(still silent at each edge | silent now), the first one 1.
double convolve_on_time(
    size_t cells, const double *survival, const ConvolveRoute *routes, size_t route_count);

#endif
