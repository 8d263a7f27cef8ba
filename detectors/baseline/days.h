/*
 * days.h - the days around a plan's as-of, with their classes and real lengths, for the operating-time clock.
 */
#ifndef DETECTORS_BASELINE_DAYS_H
#define DETECTORS_BASELINE_DAYS_H

#include "detectors/baseline/learner.h"
#include "detectors/stats/operating.h"

// From 12 years before the plan's as-of to 4 years after it. Owned by the arena.
const OperatingDays *days_of_plan(Arena *arena, const LearnPlan *plan);

#endif
