/*
 * operating.h - the operating-time clock: hours that count, by class of day (statistics, "Time").
 *
 * Knows no calendar: days come as an array of their first instants and classes, with their real lengths (23 to 25 h
 * where summer time begins or ends).
 */
#ifndef DETECTORS_STATS_OPERATING_H
#define DETECTORS_STATS_OPERATING_H

#include "core/arena.h"
#include "core/instant.h"
#include "detectors/stats/phase.h"

#include <stdbool.h>
#include <stddef.h>

#define OPERATING_CLASSES 4  // working day, Saturday, Sunday, holiday

typedef struct OperatingDays OperatingDays;

// Time passed in each class of day since the first day of the table, and the class of the day itself. The
// difference of two stamps serves every set of rates.
typedef struct OperatingStamp
{
    int64_t micros[OPERATING_CLASSES];
    int day_class;
    int phase;     // see phase.h
    int day;       // index into the table
    Instant into;  // microseconds since the clock's hour began
} OperatingStamp;

// count consecutive days; starts holds count + 1 rising instants, classes 0 to OPERATING_CLASSES - 1. Owned by the
// arena.
const OperatingDays *
operating_days_create(Arena *arena, const Instant *starts, const int *classes, size_t count);

// Instants before or after the table count as its first or last instant.
OperatingStamp operating_stamp(const OperatingDays *days, Instant at);

// The same, written where it is to stay.
void operating_stamp_put(const OperatingDays *days, Instant at, OperatingStamp *stamp);

// The day alone: its index into the table.
int operating_day(const OperatingDays *days, Instant at);

// Operating hours from one stamp to a later one; 0 when it is not later. rates: operating hours per hour of each
// class, 0 to 1.
static inline double
operating_hours(
    const double rates[OPERATING_CLASSES], const OperatingStamp *from, const OperatingStamp *to)
{
    const double micros = rates[0] * (double)(to->micros[0] - from->micros[0]) +
                          rates[1] * (double)(to->micros[1] - from->micros[1]) +
                          rates[2] * (double)(to->micros[2] - from->micros[2]) +
                          rates[3] * (double)(to->micros[3] - from->micros[3]);

    return micros > 0 ? micros / (double)HOUR : 0;
}

// Hours passed in each class of day from one stamp to another: what operating_hours() needs, for many sets of rates.
typedef struct OperatingSpan
{
    double hours[OPERATING_CLASSES];
} OperatingSpan;

// To a stamp from another, which may come later: its hours are negative then.
OperatingSpan operating_span(const OperatingStamp *from, const OperatingStamp *to);

// What is left of a longer span after a shorter one that began with it.
static inline OperatingSpan
operating_span_rest(const OperatingSpan *passed, const OperatingSpan *all)
{
    return (OperatingSpan){{all->hours[0] - passed->hours[0], all->hours[1] - passed->hours[1],
        all->hours[2] - passed->hours[2], all->hours[3] - passed->hours[3]}};
}

// Its operating hours; negative where the second stamp came first.
static inline double
operating_span_hours(const double rates[OPERATING_CLASSES], const OperatingSpan *span)
{
    return rates[0] * span->hours[0] + rates[1] * span->hours[1] +
           (rates[2] * span->hours[2] + rates[3] * span->hours[3]);
}

// How far the day and its hour were, at a stamp, by the clock on the wall; in hours.
typedef struct OperatingHour
{
    double today, into;
} OperatingHour;

static inline OperatingHour
operating_hour(const OperatingStamp *at)
{
    const double into = (double)at->into / (double)HOUR;

    return (OperatingHour){.today = at->phase % PHASE_HOURS + into, .into = into};
}

// Operating hours that had passed of the full hour of a clock of that rate (0 to 1), in which it lies; 0 to 1. On a slow day
// an hour of this clock takes several on the wall.
static inline double
operating_begun(double rate, OperatingHour hour)
{
    const double today = rate * hour.today;

    return rate == 1 ? hour.into : today - (int)today;
}

// A wait of so many operating hours as operating_wait() tells it on average, whatever the minute at which it began; and back.
double operating_told(double hours);
double operating_untold(double told);

// Operating hours of a wait: within the full hour of this clock in which it began the time since, from the next one on the
// time since that full hour. 0 when `to` is not later.
static inline double
operating_wait(
    const double rates[OPERATING_CLASSES], const OperatingStamp *from, const OperatingStamp *to)
{
    const double hours = operating_hours(rates, from, to);
    const double begun = operating_begun(rates[from->day_class], operating_hour(from));

    return hours + begun < 1 ? hours : hours + begun;
}

// The instant at which a wait that began at `from` has lasted so many hours by operating_wait(): never before `from`.
// INSTANT_NONE as for operating_advance().
Instant operating_wait_end(
    const OperatingDays *days, const double rates[OPERATING_CLASSES], Instant from, double hours);

// The instant at which `hours` (>= 0) operating hours have passed since from. INSTANT_NONE when that is beyond the
// table, or hours is not finite.
Instant operating_advance(
    const OperatingDays *days, const double rates[OPERATING_CLASSES], Instant from, double hours);

// How fast operations run by class of day, relative to working days, each ratio a Gamma-Poisson estimate with
// OPERATING_PSEUDO_EVENTS behind the prior (NULL: 1 for Saturdays and Sundays). The prior of holidays is Sunday's
// own ratio. ratios[0] is 1.
#define OPERATING_PSEUDO_EVENTS 20.0
void operating_ratios(const int64_t events[OPERATING_CLASSES],
    const int64_t exposure_hours[OPERATING_CLASSES], const double *prior,
    double ratios[OPERATING_CLASSES]);

// From ratios to the clock's rates: 1 above .35, else the whole number of hours that a day is worth, over 24.
void operating_rates(const double ratios[OPERATING_CLASSES], double rates[OPERATING_CLASSES]);

// What the clock made so earns in nats an event over plain hours: the log score of the class of day on which each event fell,
// given the hours waited on each, by rates found without that event; events of a Poisson process whose intensity runs with
// the clock. NAN where there are none.
double operating_gain(const int64_t events[OPERATING_CLASSES],
    const int64_t exposure_hours[OPERATING_CLASSES], const double *prior);

#endif
