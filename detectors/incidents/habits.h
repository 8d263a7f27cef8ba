/*
 * habits.h - what groups' own last nights say of tonight (statistics 6).
 */
#ifndef DETECTORS_INCIDENTS_HABITS_H
#define DETECTORS_INCIDENTS_HABITS_H

#include "detectors/incidents/groups.h"

// A night of a weekday must be known so often before a group is judged on one, or teaches a spread.
#define HABIT_NIGHTS_LEAST 2

// A calm night of a group that has parcels tonight.
typedef struct PastNight
{
    size_t group;  // its index
    NightDay day;
    const Flow *flow;
} PastNight;

// Give each group its ratio, shift, spread, calm nights and decay for the night (after, ...]. carriers has the index of
// each group's carrier, which is a group too; past the nights, each group's in their order. What the groups' night holds is
// what was counted: raw, raw_pace and night.observed.
void habits_give(FlowGroup *groups, size_t count, const size_t *carriers, const PastNight *past,
    size_t past_count, Instant after, NightDay day);

#endif
