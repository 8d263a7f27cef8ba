#include "detectors/overdue.h"

#include "config/day_count.h"
#include "detectors/evidence.h"

#include <inttypes.h>
#include <math.h>

Instant
overdue_now(const Night *night, const Judgement *judgement)
{
    return night->as_of - (Instant)(judgement->excused_hours * (double)HOUR);
}

Instant
overdue_limit(const Night *night, const Shipment *shipment, Instant since, int64_t days)
{
    const Day start = zone_day(night->zone, since);

    const Calendar *const calendar =
        calendar_book_of(night->calendars, shipment->destination_country);

    return zone_day_end(
        night->zone, day_count_add(COUNT_WORKING_DAYS, calendar, start, (int32_t)days));
}

static const char *
allowance(const Night *night, int64_t days, bool unknown, Arena *arena)
{
    const Language language = night->language;
    const char *const are = days == 1 ? IN_LANGUAGE(language, " is", " ouvr\u00e9 est")
                                      : IN_LANGUAGE(language, "s are", "s ouvr\u00e9s sont");
    const char *const why = IN_LANGUAGE(language, ", as too little is known of such waits",
        ", faute de conna\u00eetre assez de telles attentes");

    return arena_printf(arena,
        IN_LANGUAGE(language, "%" PRId64 " working day%s allowed%s", "%" PRId64 " jour%s admis%s"),
        days, are, unknown ? why : "");
}

static Overdue
by_days(const Night *night, const Shipment *shipment, const Judgement *judgement, Instant since,
    int64_t days, Arena *arena)
{
    return (Overdue){
        .is = overdue_now(night, judgement) >= overdue_limit(night, shipment, since, days),
        .probability = 1,
        .why = allowance(night, days, isnan(judgement->silence_p_value), arena)};
}

Overdue
overdue_since(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, int scan, int64_t working_days, Arena *arena)
{
    const double p = judgement->silence_p_value;

    if (scan != history->last_physical || isnan(p))
        return by_days(
            night, shipment, judgement, shipment->scans[scan].occurred_at, working_days, arena);
    return (Overdue){.is = p <= night->settings->detect.slow_share,
        .probability = 1 - p,
        .why = evidence_normal(night, judgement, arena)};
}
