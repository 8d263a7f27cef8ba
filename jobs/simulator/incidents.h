/*
 * incidents.h - what goes wrong in a world.
 */
#ifndef JOBS_SIMULATOR_INCIDENTS_H
#define JOBS_SIMULATOR_INCIDENTS_H

#include "jobs/simulator/world.h"

// Slowdowns and outages of the plan's days, owned by the arena. The world's days must be laid out.
Incident *incidents_draw(Arena *arena, const World *world, size_t *count);

#endif
