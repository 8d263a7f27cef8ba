/*
 * tally.h - codes that nobody has mapped, and carriers that the catalogue does not know, counted, so that somebody can
 * tell.
 */
#ifndef JOBS_DETECT_TALLY_H
#define JOBS_DETECT_TALLY_H

#include "core/shipment.h"

typedef struct UnmappedTally UnmappedTally;

UnmappedTally *tally_create(Arena *arena);

// Count the unmapped scans of a normalised shipment; and the shipment itself, under its carrier with an empty code, when
// the catalogue does not know the carrier.
void tally_unmapped(UnmappedTally *tally, const Shipment *shipment, bool carrier_known);

// The hundred most frequent ones as JSON: [{"carrier", "code", "count", "example"}], unknown carriers first. Owned by the
// arena.
const char *tally_json(const UnmappedTally *tally, Arena *arena);

#endif
