/*
 * From coarse bins back to fine ones: what a lane or a class of lanes says, in the shape of its service.
 */
#include "detectors/baseline/tree.h"

#include <math.h>

// Hazards of a lane over its service's are told where the service has any, and kept within bounds.
#define RISE_MIN  1e-6
#define RATIO_MAX 30.0

const double *
lane_curve(
    Arena *arena, const double coarse[BIN_COARSE_COUNT + 1], const double bent[BIN_COUNT + 1])
{
    double *const cumulative = ARENA_ARRAY(arena, double, BIN_COUNT + 1);

    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++) {
        const int first = bin_coarse_start(bin);
        const int end = bin_coarse_start(bin + 1);
        const double rise = bent[end] - bent[first];

        for (int k = first; k < end; k++) {
            const double done = rise > 0 ? (bent[k + 1] - bent[first]) / rise : 1;

            cumulative[k + 1] = coarse[bin] + done * (coarse[bin + 1] - coarse[bin]);
        }
    }
    return cumulative;
}

const float *
lane_ratio(Arena *arena, const double coarse[BIN_COARSE_COUNT + 1], const Node *service)
{
    float *const ratio = ARENA_ARRAY(arena, float, BIN_COARSE_COUNT);

    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++) {
        const double usual = service->cumulative[bin_coarse_start(bin + 1)] -
                             service->cumulative[bin_coarse_start(bin)];
        const double here = coarse[bin + 1] - coarse[bin];

        ratio[bin] =
            (float)(usual > RISE_MIN ? fmin(fmax(here / usual, 1 / RATIO_MAX), RATIO_MAX) : 1);
    }
    return ratio;
}
