/*
 * night_day.h - on what kind of day a night ended: with which others it may be compared.
 */
#ifndef DETECTORS_INCIDENTS_NIGHT_DAY_H
#define DETECTORS_INCIDENTS_NIGHT_DAY_H

#include "config/calendar.h"

typedef struct NightDay
{
    int weekday;      // 0 Monday to 6 Sunday, which a holiday is, too
    bool by_holiday;  // a public holiday was on a day of the night, or on one of the two before
} NightDay;

// Of a night that began at the end of one day and ended with another.
NightDay night_day(const Calendar *calendar, Day before, Day last);

// Whether it ended on a holiday, or on a Saturday or Sunday by one. Parcels on the road arrive then though depots rest, and those
// that a day off kept from leaving do not: there are too few such days to learn what should come.
bool night_day_is_long_rest(NightDay day);

#endif
