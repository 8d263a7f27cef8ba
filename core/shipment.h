/*
 * shipment.h - a parcel and what has been seen of it. All texts are valid UTF-8 and never NULL ("" when
 * absent); they live as long as the batch they came in.
 */
#ifndef CORE_SHIPMENT_H
#define CORE_SHIPMENT_H

#include "core/instant.h"
#include "core/milestone.h"
#include "core/money.h"

#include <stddef.h>

typedef struct Scan
{
    Instant occurred_at;
    Instant recorded_at;  // when the row became known; INSTANT_NONE when the source does not say
    Milestone milestone;
    bool physical;  // proves that somebody handled the parcel; only these reset the silence
    bool dead;      // says that the carrier does not know the number, or has given it up
    const char *code, *subcode, *text, *place, *country;
    const char *carrier;  // "" unless another carrier has the parcel now
} Scan;

// Who says by when a parcel should be there.
typedef enum PromiseOrigin
{
    PROMISE_STATED = 0,  // the source
    PROMISE_DERIVED,     // the carrier's published transit promise, counted from acceptance
    PROMISE_LEARNED,     // nobody: most such parcels are there by then
    PROMISE_NONE,
    PROMISE_ORIGIN_COUNT,
} PromiseOrigin;

// "stated", "derived", "learned", "none"; PROMISE_NONE for any other word.
const char *promise_origin_name(PromiseOrigin origin);
PromiseOrigin promise_origin_from_name(const char *name);

typedef struct Shipment
{
    const char *id, *tracking_number;
    const char *carrier, *service, *contract;
    const char *origin_country, *origin_zone;
    const char *destination_country, *destination_zone, *destination_postcode;
    Instant created_at;
    Instant
        promised_at;  // last instant at which delivery is on time; INSTANT_NONE when not promised
    PromiseOrigin promise_origin;  // of promised_at; see shipment_promise_origin()
    Instant accepted_at;           // of PROMISE_DERIVED: when the promise became known
    Instant cancelled_at;          // INSTANT_NONE when it was not
    Money declared_value, purchase_value, sale_value,
        freight_charge;    // unknown ones have no currency
    int64_t weight_grams;  // 0 when unknown
    const char *contents, *order_reference, *customer_reference, *customer_language;
    const char *invoice_reference, *label_owner;  // label owner "self" or a reseller; "" means self
    double
        sample_weight;  // how many parcels it stands for in a sample, 1 unless the source says so
    const Scan *scans;  // oldest first
    size_t scan_count;
} Shipment;

// Lane: "ORIGIN>DESTINATION", zone if there is one, else country, else "?".
const char *shipment_origin(const Shipment *shipment);
const char *shipment_destination(const Shipment *shipment);

// PROMISE_NONE without a promise.
PromiseOrigin shipment_promise_origin(const Shipment *shipment);

// Whether somebody had promised by an instant: what may be learned from and held against outcomes. A derived promise is
// known from acceptance on; a learned one is nobody's word.
bool shipment_promised_by(const Shipment *shipment, Instant at);

// What the parcel is worth to the merchant: declared, else purchase, else sale value; unknown when none.
Money shipment_value(const Shipment *shipment);

#endif
