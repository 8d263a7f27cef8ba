/*
 * The conventions of counting that contracts and laws use. Two of them are one: jours ouvrables (all days of the week but
 * the day of weekly rest and the public holidays; Code du travail L3141-3) and days "Sundays and public holidays
 * excepted" (CMR, article 30) leave out the same days.
 */
#include "config/day_count.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

typedef struct Convention
{
    DayCount count;
    const char *one[LANGUAGE_COUNT], *many[LANGUAGE_COUNT];  // in sentences
    int64_t most;
} Convention;

static const Convention CONVENTIONS[] = {
    {COUNT_CALENDAR_DAYS, {"day", "jour"}, {"days", "jours"}, 3660},
    {COUNT_WORKING_DAYS, {"working day", "jour ouvr\u00e9"}, {"working days", "jours ouvr\u00e9s"},
        1000},
    {COUNT_JOURS_OUVRABLES, {"jour ouvrable", "jour ouvrable"},
        {"jours ouvrables", "jours ouvrables"}, 1000},
    {COUNT_MONTHS, {"month", "mois"}, {"months", "mois"}, 120},
    {COUNT_HOURS, {"hour", "heure"}, {"hours", "heures"}, 8784},
};

const char *const DAY_COUNT_NAMES[DAY_COUNT_NAMES_MAX] = {"calendar_days", "working_days",
    "jours_ouvrables", "excluding_sundays_and_holidays", "hours", "months"};

DayCount
day_count_of(int name)
{
    static const DayCount OF[DAY_COUNT_NAMES_MAX] = {COUNT_CALENDAR_DAYS, COUNT_WORKING_DAYS,
        COUNT_JOURS_OUVRABLES, COUNT_JOURS_OUVRABLES, COUNT_HOURS, COUNT_MONTHS};

    return name < 0 ? 0 : OF[name];
}

static const Convention *
convention(DayCount count)
{
    for (size_t i = 0; i < COUNT_OF(CONVENTIONS); i++)
        if (CONVENTIONS[i].count == count)
            return &CONVENTIONS[i];
    return &CONVENTIONS[0];
}

const char *
day_count_words(Arena *arena, Language language, DayCount count, int32_t number)
{
    const Convention *const found = convention(count);

    return arena_printf(
        arena, "%d %s", (int)number, number == 1 ? found->one[language] : found->many[language]);
}

int64_t
day_count_most(DayCount count)
{
    return convention(count)->most;
}

Day
day_count_add(DayCount count, const Calendar *calendar, Day from, int32_t number)
{
    switch (count) {
    case COUNT_WORKING_DAYS:
        return calendar_add(calendar, WEEK_MON_FRI, from, number);
    case COUNT_JOURS_OUVRABLES:
        return calendar_add(calendar, WEEK_MON_SAT, from, number);
    case COUNT_MONTHS:
        return day_add_months(from, number);
    case COUNT_HOURS:
        return from + number / 24;
    default:
        return from + number;
    }
}

Instant
day_count_after(
    DayCount count, const Calendar *calendar, const Zone *zone, Instant from, int32_t number)
{
    if (count == COUNT_HOURS)
        return from + number * HOUR;
    return zone_day_end(zone, day_count_add(count, calendar, zone_day(zone, from), number));
}
