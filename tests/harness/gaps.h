/*
 * gaps.h - published waiting times of which some are still open, for tests of survival curves.
 */
#ifndef TESTS_HARNESS_GAPS_H
#define TESTS_HARNESS_GAPS_H

#include "core/arena.h"
#include "detectors/stats/kaplan_meier.h"

// Times, negative for one that was last seen waiting; 0 ends the list.
extern const int gaps_maintained[];
extern const int gaps_not_maintained[];
extern const int gaps_six_mp[];
extern const int gaps_placebo[];

// Such a list as gaps of weight 1; returns how many.
size_t gaps_of(const int *signed_times, CensoredGap *gaps);

// The first two columns (time, 1 for ended) of the oracles' data/NAME.csv. Owned by the arena.
CensoredGap *gaps_from_data(Arena *arena, const char *name, size_t *count);

#endif
