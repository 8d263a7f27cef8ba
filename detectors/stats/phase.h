/*
 * phase.h - the start phase of a gap: where in the week of operations it begins (statistics 1, "Start phase").
 */
#ifndef DETECTORS_STATS_PHASE_H
#define DETECTORS_STATS_PHASE_H

#include "core/instant.h"

#include <stdbool.h>
#include <stddef.h>

#define PHASE_DAYS  7
#define PHASE_HOURS 24
#define PHASE_COUNT (PHASE_DAYS * PHASE_HOURS)
#define PHASE_REST  5  // kinds of days below it are working days

// The kind of day number i of some consecutive days, by their classes (0 for a working day): 0 to 4 for a working day with
// so many working days left in its run, counted to 4; 5 for the last day of a block of others, 6 for an earlier one.
int phase_of_day(const int *classes, size_t count, size_t i);

// The hour of the day, 0 to 23, from the time passed since the day began (a day of 25 h ends with two hours 23).
static inline int
phase_hour(Instant since_day_start)
{
    const Instant hour = since_day_start / HOUR;

    return hour < 0 ? 0 : hour >= PHASE_HOURS ? PHASE_HOURS - 1 : (int)hour;
}

// Where in its rounds a wait has come that began in a phase, after so many operating hours by operating_wait(): how often midnight has passed
// on days that run (0 to 3, 3 for more), whether the day is one of rest, and the hour of the day, as one number below
// PHASE_ROUNDS. rates: of the clock, on working days, Saturdays and Sundays.
#define PHASE_ROUNDS (4 * 2 * PHASE_HOURS)
int phase_round(int phase, double hours, const double rates[3]);

// Where a wait ended, as one number below PHASE_ENDS: the class of its length in operating hours (up to 1, 4, 12, 24, 48, 96,
// 240, more) and the hour of the day, which the phase of its end tells.
#define PHASE_LENGTHS 8
#define PHASE_ENDS    (PHASE_LENGTHS * PHASE_HOURS)
static const double phase_limits[PHASE_LENGTHS - 1] = {1, 4, 12, 24, 48, 96, 240};

// The class of a length that is in a class at least.
static inline int
phase_length(int least, double hours)
{
    while (least < PHASE_LENGTHS - 1 && hours >= phase_limits[least])
        least++;
    return least;
}

static inline int
phase_end_of(int length, int phase)
{
    return length * PHASE_HOURS + phase % PHASE_HOURS;
}

static inline int
phase_end(double hours, int phase)
{
    int length = 0;

    for (int i = 0; i < PHASE_LENGTHS - 1; i++)
        length += hours >= phase_limits[i];
    return phase_end_of(length, phase);
}

#endif
