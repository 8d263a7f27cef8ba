/*
 * incidents.h - what goes wrong in a world.
 */
#ifndef JOBS_SIMULATOR_INCIDENTS_H
#define JOBS_SIMULATOR_INCIDENTS_H

#include "jobs/simulator/world.h"

// Whether a wish names a carrier and a hub that there are. ERR_CONFIG when it does not, or its numbers are out of range.
bool incident_wish_check(const SimulatorWish *wish, Err *err);

// The wishes of the plan; else slowdowns and outages of its days, unless it is to be calm. Owned by the arena. The world's
// days must be laid out.
Incident *incidents_draw(Arena *arena, const World *world, size_t *count);

#endif
