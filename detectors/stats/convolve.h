/*
 * convolve.h - P(on time) of a silent parcel: when it moves next, and how long it takes from there (statistics 4).
 */
#ifndef DETECTORS_STATS_CONVOLVE_H
#define DETECTORS_STATS_CONVOLVE_H

#include <stddef.h>

// Enough for CONVOLVE_HOURS_MAX hours ahead.
#define CONVOLVE_CELLS_MAX 256
#define CONVOLVE_HOURS_MAX 2400.0

// So often can as many be halved.
#define CONVOLVE_HALVINGS 8

// Edges of the cells of the time ahead, in hours from now: hourly to 96 h, then 3 h to 240 h, then 24 h; the last one
// ends at `hours` (at most CONVOLVE_HOURS_MAX). Returns the number of cells n, 0 when hours is not positive; writes
// n + 1 edges.
size_t convolve_cells(double hours, double edges[CONVOLVE_CELLS_MAX + 1]);

// P(a parcel that is silent now still is at an edge between the first one, which is now, and the last).
typedef double ConvolveSurvival(const void *data, size_t edge);

// Some cells taken together.
typedef struct ConvolvePart
{
    size_t cell;  // the one in their middle
    double mass;  // P(the next scan comes in them)
} ConvolvePart;

// Neighbouring cells, with P(still silent) where they begin and end.
typedef struct ConvolveRun
{
    size_t first, end;
    double before, after;
} ConvolveRun;

// A silent parcel's next scan over the cells in parts, given P(still silent) at the last edge, which is the deadline. Neighbouring
// cells in which it comes with less than the probability `together` (0: each by itself) are taken as the one in their middle, and
// left out where it hardly ever comes: with less than CONVOLVE_NOBODY of that. P(delivered by the deadline) is the sum of
// mass x P(delivered by then | the next scan comes in the cell). Returns how many parts. Runs of cells are halved until few come in
// each, so that survival is asked hour by hour only where many do; all inline, as that is half of the work.
#define CONVOLVE_NOBODY .01
static inline size_t
convolve_parts(ConvolveSurvival *survival, const void *data, size_t cells, double at_deadline,
    double together, ConvolvePart parts[CONVOLVE_CELLS_MAX])
{
    ConvolveRun later[CONVOLVE_HALVINGS], run = {0, cells, 1, at_deadline};
    ConvolveRun *next = later;
    ConvolvePart *part = parts;

    while (cells > 0) {
        const double mass = run.before - run.after;
        const size_t width = run.end - run.first;

        if (mass > CONVOLVE_NOBODY * together) {
            if (width > 1 && mass >= together) {
                const size_t middle = run.first + width / 2;
                const double between = survival(data, middle);

                *next++ = (ConvolveRun){middle, run.end, between, run.after};
                run.end = middle;
                run.after = between;
                continue;
            }
            *part++ = (ConvolvePart){run.first + (width - 1) / 2, mass};
        }
        if (next == later)
            break;
        run = *--next;
    }
    return (size_t)(part - parts);
}

#endif
