#include "detectors/incidents/promise_day.h"

bool
promise_counts(const Ending *ending, Instant known_at)
{
    return ending->accepted_at != INSTANT_NONE && ending->promised_at != INSTANT_NONE &&
           ending->accepted_at <= ending->promised_at &&
           outcome_of(ending, known_at, 1).late != FATE_UNKNOWN;
}

// Whether a public holiday lies after a day, up to another. On a Sunday it changes nothing.
static bool
meets_holiday(const Calendar *calendar, Day after, Day last)
{
    for (Day day = after + 1; day <= last; day++)
        if (calendar_day_class(calendar, day) == DAY_HOLIDAY && day_weekday(day) != 6)
            return true;
    return false;
}

void
promise_day_add(PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar)
{
    const bool kept =
        ending->presented_at != INSTANT_NONE && ending->presented_at <= ending->promised_at;
    int32_t early = 0;

    if (kept)
        early = calendar_days_between(
            calendar, WEEK_MON_FRI, zone_day(zone, ending->presented_at), day->day);
    if (early > PROMISE_ON_THE_DAY)
        early = PROMISE_ON_THE_DAY;
    day->promised++;
    day->kept += kept;
    if (!meets_holiday(calendar, zone_day(zone, ending->accepted_at), day->day))
        day->leads[kept ? PROMISE_ON_THE_DAY - early : PROMISE_MISSED]++;
}
