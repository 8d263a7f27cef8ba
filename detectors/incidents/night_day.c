#include "detectors/incidents/night_day.h"

NightDay
night_day(const Calendar *calendar, Day before, Day last)
{
    const bool holiday = calendar_day_class(calendar, last) == DAY_HOLIDAY;

    return (NightDay){.weekday = holiday ? 6 : day_weekday(last),
        .by_holiday = calendar_meets_holiday(calendar, before - 2, last)};
}

bool
night_day_is_long_rest(NightDay day)
{
    return day.by_holiday && day.weekday >= 5;
}
