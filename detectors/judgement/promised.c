/*
 * A learned promise is a quantile of the wait from acceptance to first presentation, taken by the curve of the parcel's
 * lane as it is on average, not as the last days bend it: whoever moved the limit with the network would call nothing
 * late when everything is. It is a yardstick and no promise: nothing is learned from it, and it is not scored.
 */
#include "detectors/judgement/promised.h"

#include "config/promise.h"
#include "core/text.h"
#include "detectors/judgement/judge.h"

#include <math.h>

static const Scan *
acceptance(const Shipment *shipment, Instant as_of)
{
    const int first = history_read(shipment, as_of).first_physical;

    return first < 0 ? NULL : &shipment->scans[first];
}

static const char *
origin_of(const PromiseBook *book, const Shipment *shipment)
{
    return text_is_empty(shipment->origin_country) ? book->home : shipment->origin_country;
}

// The service and what it promises on the parcel's lane; NULL when it promises nothing.
static const Promise *
find(const PromiseBook *book, int carrier, const Shipment *shipment, const CarrierService **service)
{
    *service = catalogue_service(book->catalogue, carrier, shipment->service);
    return *service == NULL ? NULL
                            : promise_of_lane(*service, origin_of(book, shipment),
                                  shipment->destination_country);
}

void
promised_derive(const PromiseBook *book, int carrier, Shipment *shipment)
{
    const CarrierService *service = NULL;
    const Promise *promise = NULL;

    if (book->derive && shipment->promised_at == INSTANT_NONE)
        promise = find(book, carrier, shipment, &service);
    if (promise == NULL)
        return;

    const Scan *const accepted = acceptance(shipment, INT64_MAX);

    if (accepted == NULL)
        return;
    shipment->accepted_at = accepted->occurred_at;
    shipment->promise_origin = PROMISE_DERIVED;
    shipment->promised_at = promise_reckon(service, promise,
        calendar_book_of(book->calendars, origin_of(book, shipment)),
        calendar_book_of(book->calendars, shipment->destination_country), book->zone,
        accepted->occurred_at);
}

// When the share of those that arrive is there, for a wait that began with the scan. INSTANT_NONE when it cannot be told.
static Instant
quantile(const Baselines *baselines, const Shipment *shipment, const Scan *from, double share)
{
    Arena *const work = arena_create();
    Place place = {.baselines = baselines,
        .shipment = shipment,
        .as_of = from->occurred_at,
        .milestone = from->milestone,
        .stage = stage_of(from->milestone, from->milestone == MILESTONE_IN_TRANSIT),
        .since = from->occurred_at,
        .where = from->place,
        .from = operating_stamp(baselines->days, from->occurred_at)};
    Instant at = INSTANT_NONE;
    Curve curve;

    place.now = place.from;
    place.group = tree_find(baselines, work, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), &place.lane);
    if (curve_of(&place, MEASURE_ARRIVE, place.stage, &place.from, &curve)) {
        curve.tempo = 1;
        at = operating_advance(
            baselines->days, curve.rates, from->occurred_at, curve_inverse(&curve, -log1p(-share)));
    }
    arena_destroy(work);
    return at;
}

void
promised_learn(
    const PromiseBook *book, const Baselines *baselines, Instant as_of, Shipment *shipment)
{
    const Scan *const accepted = book->learned_share > 0 && shipment->promised_at == INSTANT_NONE
                                     ? acceptance(shipment, as_of)
                                     : NULL;
    const Instant at = accepted == NULL
                           ? INSTANT_NONE
                           : quantile(baselines, shipment, accepted, book->learned_share);

    if (at == INSTANT_NONE)
        return;
    shipment->promise_origin = PROMISE_LEARNED;
    shipment->promised_at = zone_day_end(book->zone, zone_day(book->zone, at));
}

const char *
promised_words(const PromiseBook *book, Language language, const Shipment *shipment, Arena *arena)
{
    const CarrierService *service = NULL;
    const Promise *promise = NULL;

    switch (shipment_promise_origin(shipment)) {
    case PROMISE_DERIVED:
        promise =
            find(book, catalogue_find(book->catalogue, shipment->carrier), shipment, &service);
        return promise == NULL ? IN_LANGUAGE(language, "derived", "d\u00e9duit")
                               : arena_printf(arena,
                                     IN_LANGUAGE(language, "derived: %s", "d\u00e9duit\u00a0: %s"),
                                     promise_words(arena, language, service, promise));
    case PROMISE_LEARNED:
        return arena_printf(arena,
            IN_LANGUAGE(language, "learned: %s of such parcels that arrive are there by then",
                "appris\u00a0: %s des colis comparables qui arrivent sont l\u00e0 \u00e0 cette "
                "date"),
            words_share(arena, language, book->learned_share));
    default:
        return "";
    }
}
