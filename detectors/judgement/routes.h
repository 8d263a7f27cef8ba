/*
 * routes.h - where a waiting parcel may go next, and the rest of the way from there; shared by range.c and expected.c.
 */
#ifndef DETECTORS_JUDGEMENT_ROUTES_H
#define DETECTORS_JUDGEMENT_ROUTES_H

#include "detectors/judgement/judge.h"

#define ROUTES_MAX STAGE_COUNT

// A stage that may come next, and the curve of the rest of the way; presentations have none.
typedef struct Route
{
    Stage stage;
    size_t column;  // of the mix's shares
    double share;   // over all waits
    double here;    // the lane's share over the carrier's
    bool presented;
    bool never;  // a journey that ends otherwise never arrives
    Curve rest;
} Route;

typedef struct Routes
{
    const Mix *mix;  // by the length of the wait
    size_t count;
    double presented;  // share of presentations
    double known;      // share of all that have curves or need none
    Route items[ROUTES_MAX];
} Routes;

// Those from where the parcel stands that are not too rare to matter.
void routes_find(const Place *place, Routes *routes);

// Whether the next scan is a presentation as good as always, so that nothing is left to go.
bool routes_end_here(const Routes *routes);

// Whether enough is known of what comes next to tell anything.
bool routes_are_known(const Routes *routes);

#endif
