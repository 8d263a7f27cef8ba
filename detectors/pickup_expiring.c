/*
 * Pick-up expiring: waiting at a pick-up point, and its last day there is near or over. How long it is kept is the carrier's
 * rule from the catalogue, else a setting; the evidence says which. Collected, it is delivered, and sent back, it returns:
 * either ends the case.
 */
#include "detectors/detector.h"
#include "detectors/evidence.h"
#include "detectors/journey/course.h"

#include "config/day_count.h"
#include "core/text.h"

#include <inttypes.h>

// Where its wait began: further notices of the same stay do not prolong it.
static int
stay_begin(const Shipment *shipment, const History *history, Instant as_of)
{
    int begin = history->last_physical;

    for (int i = begin; i >= 0; i--) {
        const Scan *const scan = &shipment->scans[i];

        if (!scan->physical || !history_knows(scan, as_of))
            continue;
        if (scan->milestone != MILESTONE_AVAILABLE_FOR_PICKUP)
            return i == begin ? -1 : begin;
        begin = i;
    }
    return begin;
}

// How long the one who has the parcel keeps it, and whose word that is.
typedef struct Holding
{
    DayCount count;
    int32_t days;
    const char *whose;
} Holding;

// How far a rule is to be trusted, as the catalogue says it.
static const char *
confidence_words(Language language, const char *confidence)
{
    static const char *const words[][2] = {{"official", "officielle"},
        {"secondary", "source secondaire"}, {"unverified", "non v\u00e9rifi\u00e9e"},
        {"conflicting", "sources contradictoires"}};

    for (size_t i = 0; language == LANGUAGE_FRENCH && i < sizeof words / sizeof words[0]; i++)
        if (text_equal(confidence, words[i][0]))
            return words[i][1];
    return confidence;
}

static Holding
holding_of(const Night *night, const Shipment *shipment, const Scan *scan, Arena *arena)
{
    const int carrier = catalogue_find(
        night->catalogue, text_is_empty(scan->carrier) ? shipment->carrier : scan->carrier);
    const CarrierEntry *const entry =
        carrier < 0 ? NULL : catalogue_carrier(night->catalogue, (size_t)carrier);

    if (entry == NULL || entry->pickup_holding.after <= 0)
        return (Holding){COUNT_CALENDAR_DAYS, (int32_t)night->settings->detect.pickup_days,
            IN_LANGUAGE(night->language, "an assumption", "hypoth\u00e8se")};
    return (Holding){entry->pickup_holding.count, entry->pickup_holding.after,
        arena_printf(arena,
            IN_LANGUAGE(night->language, "%s's rule, confidence: %s",
                "r\u00e8gle de %s, fiabilit\u00e9\u00a0: %s"),
            entry->name, confidence_words(night->language, entry->pickup_holding.confidence))};
}

static const char *
days_left(Language language, int32_t days, Arena *arena)
{
    if (days < 0)
        return arena_printf(arena,
            IN_LANGUAGE(language, "%" PRId32 " day%s over", "%" PRId32 " jour%s de trop"), -days,
            days == -1 ? "" : "s");
    if (days == 0)
        return IN_LANGUAGE(language, "today", "aujourd'hui");
    return arena_printf(arena,
        IN_LANGUAGE(language, "%" PRId32 " day%s left", "encore %" PRId32 " jour%s"), days,
        days == 1 ? "" : "s");
}

static bool
pickup_expiring_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)judgement;
    const int begin = stay_begin(shipment, history, night->as_of);

    if (begin < 0)
        return false;

    const Scan *const scan = &shipment->scans[begin];
    const Holding holding = holding_of(night, shipment, scan, arena);
    const Calendar *const calendar =
        calendar_book_of(night->calendars, shipment->destination_country);
    const Day last = day_count_add(
        holding.count, calendar, zone_day(night->zone, scan->occurred_at), holding.days);
    const int32_t left = last - zone_day(night->zone, night->as_of);
    const bool placed = *scan->place != '\0';

    if (left > night->settings->detect.pickup_notice_days)
        return false;
    *signal = (Signal){.kind = CASE_PICKUP_EXPIRING,
        .probability = 1,
        .since = scan->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language,
                "waiting at the pick-up point%s%s since %s; its last day there is %s, %s (%s, %s)",
                "en attente au point de retrait%s%s depuis le %s\u00a0; dernier jour "
                "l\u00e0-bas\u00a0: %s, %s (%s, %s)"),
            placed ? " " : "", placed ? scan->place : "",
            zone_print(arena, night->zone, scan->occurred_at), day_print(arena, last),
            days_left(night->language, left, arena),
            day_count_words(arena, night->language, holding.count, holding.days), holding.whose)};
    return true;
}

const Detector detector_pickup_expiring = {
    .kind = CASE_PICKUP_EXPIRING,
    .summary = "waiting at a pick-up point whose last day for it is near",
    .inspect = pickup_expiring_inspect,
};
