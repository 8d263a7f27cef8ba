/*
 * history.h - a shipment's scans as detectors see them: meaning found, order settled, repeats merged.
 */
#ifndef DETECTORS_JOURNEY_HISTORY_H
#define DETECTORS_JOURNEY_HISTORY_H

#include "config/catalogue.h"
#include "core/shipment.h"

// Give the shipment the name under which the catalogue knows its carrier, so that "DHL Express" and "dhl-express" are one
// segment; an unknown carrier keeps its own. Returns its index in the catalogue, -1 when unknown.
int history_settle_carrier(const Catalogue *catalogue, Shipment *shipment);

// Give every scan its milestone and physical flag (a milestone stated by the source wins over its code), sort by
// time (ties: the order of the journey, then code), and merge scans that differ in wording only (same instant,
// same milestone, same place: letters without case, or told by one of them only). Scans are changed in place; returns how many remain. carrier is the shipment's
// index in the catalogue, -1 when unknown; it is ignored where a scan names another carrier.
size_t history_normalise(const Catalogue *catalogue, int carrier, Scan *scans, size_t count);

// What the history says by as-of; all indices into shipment->scans, -1 for none.
typedef struct History
{
    int last_physical;       // the last scan that proves possession
    int first_physical;      // acceptance: starts the promise and the law
    int first_presentation;  // ends the promise
    int hubs;                // physical scans in transit
    int final;               // delivered, returned, destroyed or cancelled
    int carrier_lost;  // the carrier itself says lost or searches, and nothing physical came after
    bool cancelled;    // by the merchant, before as-of
} History;

// Whether a scan had occurred, and was known, at as_of.
bool history_knows(const Scan *scan, Instant as_of);

// Read the history as it stood at as_of; the scans are normalised (history_normalise).
History history_read(const Shipment *shipment, Instant as_of);

// Still on its way: not final, not cancelled.
bool history_is_open(const History *history);

#endif
