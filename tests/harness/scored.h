/*
 * scored.h - statements to be scored, made up or from the oracles.
 */
#ifndef TESTS_HARNESS_SCORED_H
#define TESTS_HARNESS_SCORED_H

#include "detectors/stats/scores.h"

// Statements with many ties, weights 1, 2 or 3, and outcomes that follow the probability. Owned by the arena.
Scored *scored_made_up(Arena *arena, size_t count, size_t groups, uint64_t seed);

// The 400 of the oracles; NULL when they are not there. Owned by the arena.
Scored *scored_from_oracle(Arena *arena, size_t *count);

#endif
