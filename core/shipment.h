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

typedef struct Shipment
{
    const char *id, *tracking_number;
    const char *carrier, *service, *contract;
    const char *origin_country, *origin_zone;
    const char *destination_country, *destination_zone, *destination_postcode;
    Instant created_at;
    Instant
        promised_at;  // last instant at which delivery is on time; INSTANT_NONE when not promised
    Instant cancelled_at;  // INSTANT_NONE when it was not
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

// What the parcel is worth to the merchant: declared, else purchase, else sale value; unknown when none.
Money shipment_value(const Shipment *shipment);

#endif
