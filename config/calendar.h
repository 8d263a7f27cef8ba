/*
 * calendar.h - public holidays of a country, from rules in config/calendars/CC.yaml, and classes of day.
 */
#ifndef CONFIG_CALENDAR_H
#define CONFIG_CALENDAR_H

#include "config/problems.h"
#include "core/err.h"
#include "core/instant.h"

#include <stdbool.h>

typedef enum DayClass
{
    DAY_WORKING = 0,  // Monday to Friday, no holiday
    DAY_SATURDAY,
    DAY_SUNDAY,
    DAY_HOLIDAY,  // a public holiday, whatever its weekday
    DAY_CLASS_COUNT,
} DayClass;

typedef struct Calendar Calendar;

// Load the shipped calendar of a country ("FR"). NULL with ERR_CONFIG naming the countries there are, or with
// problems (file:line:column). Covers YEAR_MIN to 2100. Owned by the arena.
const Calendar *calendar_load(Arena *arena, const char *country, Problems *problems, Err *err);

// The country it was loaded for: "FR".
// The same from the bytes of a calendar file; NULL when there was any problem.
const Calendar *
calendar_read(Arena *arena, const char *file, const char *bytes, size_t length, Problems *problems);

// Whether a calendar of the country ships, and the list of all: "BE, BR, DE".
bool calendar_is_shipped(const char *country);
const char *calendar_countries(Arena *arena);

// Name of the holiday on a day, NULL when it is none.
const char *calendar_holiday(const Calendar *calendar, Day day);

// The class of any day; a public holiday counts as one on whatever weekday it falls.
DayClass calendar_day_class(const Calendar *calendar, Day day);

// The day reached by going count working days (DAY_WORKING) past day; count 0 gives the first working day on
// or after it. count is 0 to 1000.
Day calendar_add_working(const Calendar *calendar, Day day, int32_t count);

#endif
