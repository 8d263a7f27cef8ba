/*
 * clock.h - the only place that reads the clock. Everything that decides takes its time as an argument;
 * this is for log lines, the audit columns named recorded_*, and measuring how long things took.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include "core/instant.h"

Instant clock_now(void);               // wall clock
int64_t clock_monotonic_micros(void);  // for durations; origin unspecified

// Wait at least micros microseconds, less when a signal arrives.
void clock_sleep_micros(int64_t micros);

#endif
