/*
 * clocks.h - operating-time clocks by measure, milestone and carrier, made from events and exposures by day class.
 */
#ifndef DETECTORS_BASELINE_CLOCKS_H
#define DETECTORS_BASELINE_CLOCKS_H

#include "detectors/baseline/learner.h"
#include "detectors/stats/operating.h"

// Rates by class of day; see operating_hours(). A row is never NULL. Where events left out are told no better by operating
// time than by plain hours (operating_gain()) an hour is an hour, whatever the day.
typedef struct ClockRates
{
    const double *of[MEASURE_COUNT][STAGE_COUNT];
    double gain[MEASURE_COUNT][STAGE_COUNT];  // nats an event; NAN where there was none
} ClockRates;

// From counts, which are copied. Owned by the arena; days must outlive the result.
const OperatingClocks *
clocks_create(Arena *arena, const OperatingDays *days, const CohortClock *counts, size_t count);

// The days it was made over.
const OperatingDays *clocks_days(const OperatingClocks *clocks);

// The carrier's clocks; what all carriers have in common where it has none of its own, or is unheard of.
const ClockRates *clocks_of(const OperatingClocks *clocks, const char *carrier);

// The counts behind the clocks, in the order given.
const CohortClock *clocks_counts(const OperatingClocks *clocks, size_t *count);

#endif
