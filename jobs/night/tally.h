/*
 * tally.h - codes that nobody has mapped, counted, so that somebody can.
 */
#ifndef JOBS_NIGHT_TALLY_H
#define JOBS_NIGHT_TALLY_H

#include "core/shipment.h"

typedef struct UnmappedTally UnmappedTally;

UnmappedTally *tally_create(Arena *arena);

// Count the unmapped scans of a normalised shipment.
void tally_unmapped(UnmappedTally *tally, const Shipment *shipment);

// The hundred most frequent ones as JSON: [{"carrier", "code", "count", "example"}]. Owned by the arena.
const char *tally_json(const UnmappedTally *tally, Arena *arena);

#endif
