/*
 * A promise is a number of days and a way to count them, from the day on which the carrier took the parcel:
 *
 *     accepted in time, on a day that counts     that day           + count
 *     accepted after the cut-off                 the next counted   + count
 *     accepted on a day of rest, with a cut-off  the next counted   + count
 *
 * A service without a cut-off begins on the very day, whatever it is: La Poste counts from the day after the first scan
 * (Colissimo, general terms), so what is accepted on Sunday has Monday for its first day. Where a cut-off is written, a day
 * on which nobody collects is past it.
 */
#include "config/promise.h"

#include "core/text.h"

#define MINUTES_OF_DAY 1440

static bool
lists(TextList countries, const char *country)
{
    for (size_t i = 0; i < countries.count; i++)
        if (text_equal_folded(countries.items[i], country))
            return true;
    return countries.count == 0;
}

// Whether a list can neither hold nor miss a country, because nobody says which it is.
static bool
is_open(TextList countries, const char *country)
{
    return countries.count > 0 && text_is_empty(country);
}

const Promise *
promise_of_lane(const CarrierService *service, const char *from, const char *to)
{
    for (size_t i = 0; i < service->promise_count; i++) {
        const Promise *const promise = &service->promises[i];
        const bool open = is_open(promise->from, from) || is_open(promise->to, to);

        if ((is_open(promise->from, from) || lists(promise->from, from)) &&
            (is_open(promise->to, to) || lists(promise->to, to)))
            return open ? NULL : promise;
    }
    return NULL;
}

static int
minute_of_day(const Zone *zone, Instant at)
{
    const Instant wall = at + zone_offset_seconds(zone, at) * SECOND;

    return (int)(((wall % HOURS_24) + HOURS_24) % HOURS_24 / MINUTE);
}

// The first day on or after a day on which a service that promises so works; hours are no convention of days, and carriers
// that promise them work on Saturdays.
static Day
work_day(DayCount count, const Calendar *calendar, Day day)
{
    switch (count) {
    case COUNT_WORKING_DAYS:
        return calendar_add(calendar, WEEK_MON_FRI, day, 0);
    case COUNT_JOURS_OUVRABLES:
    case COUNT_HOURS:
        return calendar_add(calendar, WEEK_MON_SAT, day, 0);
    default:
        return day;
    }
}

static Day
first_day(const CarrierService *service, const Promise *promise, const Calendar *origin,
    const Zone *zone, Instant accepted)
{
    const Day day = zone_day(zone, accepted);
    const bool in_time = minute_of_day(zone, accepted) <= service->cut_off;

    return service->cut_off < 0 ? day : work_day(promise->count, origin, in_time ? day : day + 1);
}

// 24:00 is the end of the day, as a promise without an hour.
static Instant
hour_of(const Zone *zone, Day day, int minute)
{
    if (minute < 0 || minute >= MINUTES_OF_DAY)
        return zone_day_end(zone, day);
    return zone_instant(zone, (int64_t)day * HOURS_24 + minute * MINUTE);
}

Instant
promise_reckon(const CarrierService *service, const Promise *promise, const Calendar *origin,
    const Calendar *destination, const Zone *zone, Instant accepted)
{
    const Day from = first_day(service, promise, origin, zone, accepted);
    const bool same_day = from == zone_day(zone, accepted);

    if (promise->count == COUNT_HOURS)
        return (same_day ? accepted : zone_day_start(zone, from)) + promise->after * HOUR;
    return hour_of(
        zone, day_count_add(promise->count, destination, from, promise->after), promise->by);
}

static void
add_clock(Text *text, const char *label, int minute)
{
    if (minute >= 0)
        text_add_format(text, ", %s %02d:%02d", label, minute / 60, minute % 60);
}

const char *
promise_words(
    Arena *arena, Language language, const CarrierService *service, const Promise *promise)
{
    Text text = {.arena = arena};

    text_add_format(&text,
        IN_LANGUAGE(language, "%s, %s after acceptance", "%s, %s apr\u00e8s la prise en charge"),
        service->name, day_count_words(arena, language, promise->count, promise->after));
    add_clock(&text, IN_LANGUAGE(language, "by", "avant"), promise->by);
    add_clock(&text, IN_LANGUAGE(language, "cut-off", "heure limite de remise"), service->cut_off);
    return text_get(&text);
}
