/*
 * holiday.h - one rule of a calendar: which day of a year is a public holiday. Between the loader of calendars
 * (calendar_read.c) and their evaluator (calendar.c); everybody else asks calendar.h.
 */
#ifndef CONFIG_HOLIDAY_H
#define CONFIG_HOLIDAY_H

#include "config/calendar.h"

typedef enum HolidayKind
{
    HOLIDAY_FIXED = 1,    // the same date every year
    HOLIDAY_EASTER,       // so many days after Easter Sunday
    HOLIDAY_NTH,          // the n-th weekday of a month
    HOLIDAY_ON_OR_AFTER,  // a weekday on or after a date
    HOLIDAY_DATE,         // once
} HolidayKind;

// The day off in stead of a holiday that falls badly; the holiday itself stays one.
typedef enum Observed
{
    OBSERVED_NEVER = -1,
    OBSERVED_NEAREST,  // Saturday: the Friday before; Sunday: the Monday after (United States)
    OBSERVED_NEXT,  // on a weekend or on a holiday listed before: the next free weekday (United Kingdom)
} Observed;

typedef struct HolidayRule
{
    const char *name;
    const char *source;  // the law; never empty
    HolidayKind kind;
    int month, day;  // of FIXED and ON_OR_AFTER; month of NTH
    int easter;      // of EASTER: days after Easter Sunday, or before when negative
    int weekday,
        nth;   // of NTH and ON_OR_AFTER: 0 Monday ... 6 Sunday; nth 1 to 5, or -1 for the last
    Day date;  // of DATE
    int valid_from, valid_to;  // years, both included
    int moved[7];  // by the weekday it falls on: so many days later the holiday is kept, 0 mostly
    Observed observed;
} HolidayRule;

// Its day in a year of the Gregorian calendar; DAY_NONE when it has none.
Day holiday_day(const HolidayRule *rule, int year);

// "25 December", "39 days after Easter Sunday", "last Monday of May". Owned by the arena.
const char *holiday_words(Arena *arena, const HolidayRule *rule);

// The days of all years from rules that the arena owns, as many as HOLIDAYS_MAX. id and name as in calendar.h.
#define HOLIDAYS_MAX 200
const Calendar *calendar_build(
    Arena *arena, const char *id, const char *name, const HolidayRule *rules, size_t rule_count);

#endif
