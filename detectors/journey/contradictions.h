/*
 * contradictions.h - scans of one parcel that cannot all be true.
 */
#ifndef DETECTORS_JOURNEY_CONTRADICTIONS_H
#define DETECTORS_JOURNEY_CONTRADICTIONS_H

#include "detectors/journey/history.h"

typedef enum ContradictionKind
{
    CONTRADICTION_NONE = 0,
    CONTRADICTION_MOVED_ON,     // delivered, then handled again, and not delivered since
    CONTRADICTION_FORESEEN,     // recorded before it occurred
    CONTRADICTION_ABROAD,       // handled in a third country, though it does not leave its own
    CONTRADICTION_UNANNOUNCED,  // handled before the label was made, and after it
} ContradictionKind;

typedef struct Contradiction
{
    ContradictionKind kind;
    int scan;   // that contradicts: index into the shipment's scans
    int other;  // the other one; -1 where it is the shipment itself, or the scan
} Contradiction;

// Delivered, then handled more than tolerance_hours later, and not delivered or returned since. A return after delivery
// is the recipient's affair. Scans recorded more than the tolerance before they occurred are no proof.
Contradiction
contradiction_after_delivery(const Shipment *shipment, Instant as_of, int64_t tolerance_hours);

// The gravest contradiction among all scans known at as_of, by the order of the kinds. The shipment comes normalised.
// Countries are compared where the scan's, the origin's and the destination's are known; parcels that cross a border may
// pass any country, so nothing is said of them.
Contradiction contradiction_find(const Shipment *shipment, Instant as_of, int64_t tolerance_hours);

#endif
