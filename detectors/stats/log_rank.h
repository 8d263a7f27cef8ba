/*
 * log_rank.h - do groups of gaps end at the same rate?
 */
#ifndef DETECTORS_STATS_LOG_RANK_H
#define DETECTORS_STATS_LOG_RANK_H

#include "core/arena.h"
#include "detectors/stats/kaplan_meier.h"

#include <stdbool.h>
#include <stddef.h>

// What ended in each group, and what would have, had all groups the same hazard.
typedef struct LogRank
{
    double chi_squared;
    size_t degrees;                     // groups that could have had an end, less one
    double p;                           // P(chi-squared >= this | same hazard)
    const double *observed, *expected;  // per group
} LogRank;

// Compares the gaps of groups 0 to group_count - 1; groups[i] is that of gaps[i]. Gaps that cannot be used
// (kaplan_meier.h), or whose group is out of range, are left out. False, with out untouched, when it cannot be told:
// fewer than two groups were ever at risk where something ended, or they had nothing to differ in. Owned by the arena.
bool log_rank(Arena *arena, const CensoredGap *gaps, const int *groups, size_t count,
    size_t group_count, LogRank *out);

#endif
