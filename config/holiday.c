/*
 * The day of a rule in a year.
 *
 * Easter Sunday is computed with the anonymous Gregorian algorithm (Nature 13 (1876) 487) as given by Jean Meeus,
 * Astronomical Algorithms (1991), chapter 8: whole-number divisions only, valid for all years of the Gregorian
 * calendar.
 */
#include "config/holiday.h"

#include "core/text.h"

static const char *const MONTHS[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};
static const char *const WEEKDAYS[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

static Day
easter_sunday(int year)
{
    const int a = year % 19;
    const int b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;

    return day_from_civil(year, n / 31, n % 31 + 1);
}

static Day
on_or_after(Day day, int weekday)
{
    return day + (weekday - day_weekday(day) + 7) % 7;
}

static Day
nth_weekday(int year, int month, int weekday, int nth)
{
    const Day first = day_from_civil(year, month, 1);
    const Day next_month =
        month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1);

    if (nth < 0)
        return on_or_after(next_month - 7, weekday);

    const Day day = on_or_after(first, weekday) + 7 * (nth - 1);

    return day < next_month ? day : DAY_NONE;
}

// 29 February is a day of leap years only.
static Day
date_in(const HolidayRule *rule, int year)
{
    return day_is_valid(year, rule->month, rule->day) ? day_from_civil(year, rule->month, rule->day)
                                                      : DAY_NONE;
}

static Day
rule_day(const HolidayRule *rule, int year)
{
    switch (rule->kind) {
    case HOLIDAY_FIXED:
        return date_in(rule, year);
    case HOLIDAY_EASTER:
        return easter_sunday(year) + rule->easter;
    case HOLIDAY_NTH:
        return nth_weekday(year, rule->month, rule->weekday, rule->nth);
    case HOLIDAY_ON_OR_AFTER: {
        const Day date = date_in(rule, year);

        return date == DAY_NONE ? DAY_NONE : on_or_after(date, rule->weekday);
    }
    case HOLIDAY_DATE:
        return rule->date >= day_from_civil(year, 1, 1) &&
                       rule->date < day_from_civil(year + 1, 1, 1)
                   ? rule->date
                   : DAY_NONE;
    }
    return DAY_NONE;
}

Day
holiday_day(const HolidayRule *rule, int year)
{
    if (year < rule->valid_from || year > rule->valid_to)
        return DAY_NONE;

    const Day day = rule_day(rule, year);

    return day == DAY_NONE ? DAY_NONE : day + rule->moved[day_weekday(day)];
}

static void
add_easter(Text *text, int days)
{
    if (days == 0)
        text_add(text, "Easter Sunday");
    else if (days == 1)
        text_add(text, "Easter Monday");
    else
        text_add_format(text, "%d days %s Easter Sunday", days < 0 ? -days : days,
            days < 0 ? "before" : "after");
}

static void
add_moves(Text *text, const HolidayRule *rule)
{
    for (int weekday = 0; weekday < 7; weekday++)
        if (rule->moved[weekday] != 0)
            text_add_format(text, ", a %s's on the %s", WEEKDAYS[weekday],
                WEEKDAYS[(weekday + rule->moved[weekday] + 14) % 7]);
}

const char *
holiday_words(Arena *arena, const HolidayRule *rule)
{
    static const char *const NTH[] = {"first", "second", "third", "fourth", "fifth"};
    Text text = {.arena = arena};

    switch (rule->kind) {
    case HOLIDAY_FIXED:
        text_add_format(&text, "%d %s", rule->day, MONTHS[rule->month - 1]);
        break;
    case HOLIDAY_EASTER:
        add_easter(&text, rule->easter);
        break;
    case HOLIDAY_NTH:
        text_add_format(&text, "%s %s of %s", rule->nth < 0 ? "last" : NTH[rule->nth - 1],
            WEEKDAYS[rule->weekday], MONTHS[rule->month - 1]);
        break;
    case HOLIDAY_ON_OR_AFTER:
        text_add_format(&text, "%s on or after %d %s", WEEKDAYS[rule->weekday], rule->day,
            MONTHS[rule->month - 1]);
        break;
    case HOLIDAY_DATE:
        text_add(&text, "once");
        break;
    }
    add_moves(&text, rule);
    return text_get(&text);
}
