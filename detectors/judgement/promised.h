/*
 * promised.h - by when a parcel should be there, where the source does not say: by its carrier's published promise, and
 * where there is none, by what is normal.
 */
#ifndef DETECTORS_JUDGEMENT_PROMISED_H
#define DETECTORS_JUDGEMENT_PROMISED_H

#include "config/calendar_book.h"
#include "config/catalogue.h"
#include "core/shipment.h"
#include "core/zone.h"
#include "detectors/baseline/baseline.h"

// What promises are derived by; all must outlive it.
typedef struct PromiseBook
{
    const Catalogue *catalogue;
    const CalendarBook *calendars;
    const Zone *zone;  // of the clock by which parcels are accepted, and days end
    const char *home;  // country of parcels that name no origin: "FR"; "" when unknown
    bool derive;       // else the source's promises alone hold
    double
        learned_share;  // 0 to 1: so many of those that arrive are there by a learned promise; 0 for none
} PromiseBook;

// Give a normalised shipment without a promise the one of its service, counted from its first physical scan. It keeps none
// when nobody has accepted it, the carrier (its number in the catalogue, -1 when unknown), service or lane promises
// nothing, or the book does not derive.
void promised_derive(const PromiseBook *book, int carrier, Shipment *shipment);

// Give a normalised shipment that still has none the learned one: the end of the day by which the book's share of such
// parcels, counted from acceptance, is presented, were the last days like all others. It keeps none where too little is
// known, or nobody has accepted it by as-of.
void promised_learn(
    const PromiseBook *book, const Baselines *baselines, Instant as_of, Shipment *shipment);

// What stands behind a shipment's promise: "derived: Colissimo Domicile, 2 jours ouvrables after acceptance",
// "learned: 95 % of such parcels that arrive are there by then"; "" for one that is stated, or none. Owned by the arena.
const char *
promised_words(const PromiseBook *book, Language language, const Shipment *shipment, Arena *arena);

#endif
