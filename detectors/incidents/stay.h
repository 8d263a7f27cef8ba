/*
 * stay.h - whether a parcel that was scanned at a place is still there: by what others did after such a scan, not by its words.
 *
 * Carriers scan a parcel when it comes to a hub, when it is sorted, when it leaves, or once; and hardly two say so in the same
 * way. A wait that begins with the scan on leaving is none of the hub's any more.
 */
#ifndef DETECTORS_INCIDENTS_STAY_H
#define DETECTORS_INCIDENTS_STAY_H

#include "core/arena.h"
#include "detectors/journey/journey.h"

// Scans of a carrier with the same code that are the second, or a later one, in a row at their place.
typedef struct StayKind
{
    int64_t stayed, left;  // parcels whose next scan was made there; or elsewhere
} StayKind;

typedef struct Stays Stays;

// Owned by the arena.
Stays *stays_create(Arena *arena);

// Count a carrier's parcel. What kind of scan each of its stops is: NULL for one that is the first at its place, or whose place
// is not known. The list is valid until the next call, the kinds are owned by the arena of stays_create().
const StayKind *const *stays_add(Stays *stays, const char *carrier, const Journey *journey);

// Whether parcels leave with such a scan: most were seen elsewhere next. False of NULL, and as long as nobody knows.
bool stay_is_over(const StayKind *kind);

// A place as a name: capitals, single blanks, "Lille  hub " is "LILLE HUB". Owned by the arena.
const char *stay_place(Arena *arena, const char *place);

#endif
