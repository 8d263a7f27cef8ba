/*
 * day_count.h - how contracts, laws and carriers count time: "three working days after acceptance".
 *
 * The day on which the count begins is not counted itself.
 */
#ifndef CONFIG_DAY_COUNT_H
#define CONFIG_DAY_COUNT_H

#include "config/calendar.h"
#include "core/words.h"
#include "core/zone.h"

typedef enum DayCount
{
    COUNT_CALENDAR_DAYS = 1,
    COUNT_WORKING_DAYS,  // Monday to Friday without holidays
    COUNT_JOURS_OUVRABLES,  // Monday to Saturday without holidays; days "excluding Sundays and holidays" are the same
    COUNT_MONTHS,  // to the same day of the month, or its last (day_add_months)
    COUNT_HOURS,   // by the clock, whatever the day
} DayCount;

// "2 working days", "1 month"; jours ouvrables keep their name.
const char *day_count_words(Arena *arena, Language language, DayCount count, int32_t number);

// The names that a file may use, in an order such that a list without months, or without hours and months, is a shorter
// one; "excluding_sundays_and_holidays", the words of laws (Code de commerce L133-3, CMR article 30), is a second name of
// jours ouvrables, the very same days. day_count_of(): the convention of a name by its place, 0 for -1 (reader_choice).
#define DAY_COUNT_NAMES_MAX 6
extern const char *const DAY_COUNT_NAMES[DAY_COUNT_NAMES_MAX];
DayCount day_count_of(int name);

// As many as a file may ask for: ten years of days, 1000 working days, 120 months, 8760 hours.
int64_t day_count_most(DayCount count);

// The day reached so many days or months after a day; a count of 0 business days gives the first on or after it. Hours
// are counted from the start of the day, 24 for each. O(1), for business days O(log number).
Day day_count_add(DayCount count, const Calendar *calendar, Day from, int32_t number);

// The instant reached from an instant: for hours that many on, to the microsecond; for all else the last instant of the
// day reached in the zone.
Instant day_count_after(
    DayCount count, const Calendar *calendar, const Zone *zone, Instant from, int32_t number);

#endif
