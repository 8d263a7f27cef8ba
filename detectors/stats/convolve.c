/*
 * P(on time) = sum over cells h of [S(t+h) - S(t+h+1)] / S(t)  x  sum over j of q_j F_j(D - h - 1/2)
 *
 * S: the gap after the last scan, which the silence t has already thinned out. q_j: which milestone comes next. F_j:
 * distribution of the time from milestone j to first presentation. The next scan is placed in the middle of its cell;
 * cells are an hour wide where it matters, since rounds and departures happen at hours.
 *
 * A semi-Markov first passage, one step deep: the rest of the way is not composed of further steps but counted as a
 * whole from each milestone, so errors do not add up.
 */
#include "detectors/stats/convolve.h"

#include <math.h>

size_t
convolve_cells(double hours, double edges[CONVOLVE_CELLS_MAX + 1])
{
    const double end = hours > 0 ? fmin(hours, CONVOLVE_HOURS_MAX) : 0;
    size_t cells = 0;

    edges[0] = 0;
    while (cells < CONVOLVE_CELLS_MAX && edges[cells] < end) {
        const double at = edges[cells];
        const double width = at < 96 ? 1 : at < 240 ? 3 : 24;

        edges[++cells] = fmin(at + width, end);
    }
    return cells;
}
