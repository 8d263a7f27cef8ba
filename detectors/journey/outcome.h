/*
 * outcome.h - what became of a parcel, as far as it was known by some instant: what forecasts are held against, by the
 * nightly recalibration and by a backtest alike.
 *
 * An outcome is taken only once its time is up for everybody: whoever counted punctual parcels as soon as they arrive,
 * and the others only after their promise, would find too few late ones.
 */
#ifndef DETECTORS_JOURNEY_OUTCOME_H
#define DETECTORS_JOURNEY_OUTCOME_H

#include "core/forecast.h"
#include "core/shipment.h"

// What settles a shipment's outcomes; INSTANT_NONE for what has not happened or was not known.
typedef struct Ending
{
    Instant promised_at;   // by the source or the carrier; what was learned is nobody's word
    Instant accepted_at;   // first physical scan
    Instant presented_at;  // first presentation
    Instant over_at;       // delivered, returned or destroyed
    Instant cancelled_at;  // by the merchant
} Ending;

// Read a normalised shipment (history_normalise) as it was known at known_at.
Ending ending_read(const Shipment *shipment, Instant known_at);

// The outcomes that had matured by known_at.
//   late: once the promise has passed; whether it was presented by then. Nothing to tell without a promise, or when the
//         parcel was cancelled before it.
//   lost: once horizon_days (1 or more) have passed since acceptance; whether it was neither presented nor over by then.
//         Nothing to tell of a parcel that nobody accepted, or that was cancelled before.
Outcome outcome_of(const Ending *ending, Instant known_at, int32_t horizon_days);

// The last physical scan within horizon_days of acceptance, as it was known at known_at; INSTANT_NONE without one.
Instant outcome_moved_at(const Shipment *shipment, Instant known_at, int32_t horizon_days);

#endif
