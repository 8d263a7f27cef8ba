/*
 * sample_normal.h - what is normal on a thin lane, made up, for those who show it.
 */
#ifndef TESTS_HARNESS_SAMPLE_NORMAL_H
#define TESTS_HARNESS_SAMPLE_NORMAL_H

#include "core/arena.h"
#include "core/normal.h"

// Three milestones of a lane with a hostile name; of the last one nothing can be told. Owned by the arena.
const NormalReport *sample_normal(Arena *arena);

// The first of them alone.
const NormalReport *sample_normal_one(Arena *arena);

#endif
