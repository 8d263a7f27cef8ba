/*
 * rest.h - the rest of the way: hazards of presentation from where a next scan may come until the promise.
 */
#ifndef DETECTORS_JUDGEMENT_REST_H
#define DETECTORS_JUDGEMENT_REST_H

#include "detectors/judgement/judge.h"

// A cell of the time ahead (struct Ahead), and the point in it at which the next scan is taken to come.
typedef struct RestPoint
{
    size_t cell;
    const AheadPoint *at;
} RestPoint;

// Write the cumulative hazard of a route's curve from each of count points (at most CONVOLVE_CELLS_MAX) until the place's
// promise, which lies so many hours from its now. A cell must always be asked with the same point for the same place's now
// and promise: parcels of a night share what they have in common.
void rest_hazards(const Place *place, const Curve *rest, const OperatingSpan *deadline,
    const RestPoint *points, size_t count, float *hazards);

#endif
