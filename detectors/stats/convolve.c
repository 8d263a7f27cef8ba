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

#define NOBODY .01  // of what is taken together; not worth asking for

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

typedef struct Parts
{
    ConvolvePart *items;
    size_t count;
} Parts;

static void divide(
    const ConvolveWait *wait, size_t first, size_t end, double before, double after, Parts *parts);

// Cells first to end - 1, with the survival at both ends: left out, a part, or more than one.
static inline void
take(const ConvolveWait *wait, size_t first, size_t end, double before, double after, Parts *parts)
{
    const double mass = before - after;

    if (mass <= NOBODY * wait->together)
        return;
    if (end - first == 1 || mass < wait->together)
        parts->items[parts->count++] = (ConvolvePart){first + (end - first - 1) / 2, mass};
    else
        divide(wait, first, end, before, after, parts);
}

// Halved until few come in a part, so that survival is asked hour by hour only where many do.
static void
divide(
    const ConvolveWait *wait, size_t first, size_t end, double before, double after, Parts *parts)
{
    const size_t middle = first + (end - first) / 2;
    const double between = wait->survival(wait->data, middle);

    take(wait, first, middle, before, between, parts);
    take(wait, middle, end, between, after, parts);
}

size_t
convolve_parts(const ConvolveWait *wait, size_t cells, ConvolvePart parts[CONVOLVE_CELLS_MAX])
{
    Parts all = {.items = parts};

    if (cells > 0)
        take(wait, 0, cells, 1, wait->survival(wait->data, cells), &all);
    return all.count;
}
