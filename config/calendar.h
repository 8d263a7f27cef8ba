/*
 * calendar.h - public holidays of a country or a region of it, from rules in config/calendars/CC.yaml; classes of day
 * and counts of working days.
 *
 * A calendar covers YEAR_MIN to 2100; days beyond are classed and counted by their weekday alone.
 */
#ifndef CONFIG_CALENDAR_H
#define CONFIG_CALENDAR_H

#include "config/problems.h"
#include "config/settings.h"
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

// Which days count as business days: weekdays of the week, never a public holiday.
typedef enum Week
{
    WEEK_MON_FRI = 0,
    WEEK_MON_SAT,
    WEEK_MON_SUN,
    WEEK_COUNT,
} Week;

// "mon-fri", "mon-sat", "mon-sun", by Week.
extern const char *const WEEK_WORDS[WEEK_COUNT];

typedef struct Calendar Calendar;

// Load a shipped calendar: of a country ("FR") or of a region of it ("FR-57", Alsace-Moselle). NULL with ERR_CONFIG
// naming the calendars there are, or with problems (file:line:column). Owned by the arena.
const Calendar *calendar_load(Arena *arena, const char *id, Problems *problems, Err *err);

// The calendar of a region ("" for the whole country) from the bytes of a country's file. NULL when there was any
// problem in the file, or it has no such region (then without one).
const Calendar *calendar_read(Arena *arena, const char *file, const char *bytes, size_t length,
    const char *region, Problems *problems);

// The countries whose calendars ship, in the order of their codes; and the regions of one with their names,
// "57, 67, 68 (Alsace-Moselle); 971, GP (Guadeloupe)", "" when it has none.
TextList calendar_countries(Arena *arena);
const char *calendar_regions(Arena *arena, const char *country);

// What it was loaded by ("FR-57") and its name for people ("France, Alsace-Moselle").
const char *calendar_id(const Calendar *calendar);
const char *calendar_name(const Calendar *calendar);

// Name of the holiday on a day, NULL when it is none.
const char *calendar_holiday(const Calendar *calendar, Day day);

// One public holiday of a list.
typedef struct Holiday
{
    Day day;
    const char *name;
    const char *rule;    // in words: "39 days after Easter Sunday"
    const char *source;  // the law that makes it one
    bool instead;        // a day off in stead of a holiday on a weekend or on another holiday
} Holiday;

// The holidays from a day to a day, both included, in their order. Owned by the arena.
const Holiday *
calendar_holidays(Arena *arena, const Calendar *calendar, Day from, Day to, size_t *count);

// The class of any day; a public holiday counts as one on whatever weekday it falls.
DayClass calendar_day_class(const Calendar *calendar, Day day);

// Whether a public holiday lies after a day, up to and including another. On a Sunday it changes nothing, and is none.
bool calendar_meets_holiday(const Calendar *calendar, Day after, Day last);

// Whether a day is a business day of a week. O(1).
bool calendar_counts(const Calendar *calendar, Week week, Day day);

// How many business days lie after from, up to and including to; negative when to is before from. O(1).
int32_t calendar_days_between(const Calendar *calendar, Week week, Day from, Day to);

// The day reached by going so many business days past day; count 0 gives the first on or after it. O(log count).
Day calendar_add(const Calendar *calendar, Week week, Day day, int32_t count);

#endif
