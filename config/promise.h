/*
 * promise.h - by when a carrier's service promises to deliver a parcel: its transit promise counted from acceptance.
 */
#ifndef CONFIG_PROMISE_H
#define CONFIG_PROMISE_H

#include "config/calendar.h"
#include "config/carrier.h"
#include "core/zone.h"

// The promise of a service on a lane between two countries (ISO 3166, in any case; NULL or "" when unknown). NULL when it
// makes none, or when it depends on a country that is unknown which of them holds.
const Promise *promise_of_lane(const CarrierService *service, const char *from, const char *to);

// The last instant at which delivery keeps the promise. The count begins on the day of acceptance, which is not counted
// itself; accepted after the service's cut-off, or on a day of rest where there is one, on the next day of work at the
// origin. Days are those of zone, business days counted those of the destination. It ends with the hour the promise names,
// else with the day. Hours count from acceptance; after the cut-off, or on a day of rest where there is one, from the start
// of the next day of work.
Instant promise_reckon(const CarrierService *service, const Promise *promise,
    const Calendar *origin, const Calendar *destination, const Zone *zone, Instant accepted);

// "Colissimo Domicile, 2 jours ouvrables after acceptance, cut-off 18:00". Owned by the arena.
const char *promise_words(
    Arena *arena, Language language, const CarrierService *service, const Promise *promise);

#endif
