#include "detectors/incidents/promise_day.h"

bool
promise_counts(const Ending *ending, Instant known_at)
{
    return ending->accepted_at != INSTANT_NONE && ending->promised_at != INSTANT_NONE &&
           ending->accepted_at <= ending->promised_at &&
           outcome_of(ending, known_at, 1).late != FATE_UNKNOWN;
}

static bool
is_kept(const Ending *ending)
{
    return ending->presented_at != INSTANT_NONE && ending->presented_at <= ending->promised_at;
}

static void
add_lead(
    int64_t *leads, Day promised, const Ending *ending, const Zone *zone, const Calendar *calendar)
{
    int32_t early = 0;

    if (calendar_meets_holiday(calendar, zone_day(zone, ending->accepted_at), promised))
        return;
    if (is_kept(ending))
        early = calendar_days_between(
            calendar, WEEK_MON_FRI, zone_day(zone, ending->presented_at), promised);
    if (early > PROMISE_ON_THE_DAY)
        early = PROMISE_ON_THE_DAY;
    leads[is_kept(ending) ? PROMISE_ON_THE_DAY - early : PROMISE_MISSED]++;
}

void
promise_day_add(PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar)
{
    day->promised++;
    day->kept += is_kept(ending);
    add_lead(day->leads, day->day, ending, zone, calendar);
}

void
promise_day_add_first(
    PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar)
{
    add_lead(day->first_leads, day->day, ending, zone, calendar);
}
