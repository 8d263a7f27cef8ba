/*
 * surroundings.h - what goes on around the parcels of a night: read once, before anybody is judged.
 */
#ifndef JOBS_DETECT_SURROUNDINGS_H
#define JOBS_DETECT_SURROUNDINGS_H

#include "jobs/detect/judge.h"

typedef struct Surroundings
{
    const Incident *items;  // incidents as this night sees them, those that it closes included
    size_t count;
    const Flow
        *flows;  // what groups of parcels did in the night; none when there was no night before
    size_t flow_count;
    bool old;         // a newer night was judged already
    bool remembered;  // old, and judged before: what it saw then, without its flows
} Surroundings;

// Find the incidents of the night that the bench is for, over the shipments watched then or the night before (the newest
// one with a watch list, at most 4 days back). Without a night before, incidents that were open go on as they were. New ones
// have the number they will be remembered under; in a night older than the newest one, whose incidents are not remembered, 0.
// An older night that is run again sees what it saw: the watch lists that it looked at may be forgotten. Owned by the arena.
bool surroundings_read(
    Run *run, const Bench *bench, Source *source, Arena *arena, Surroundings *out, Err *err);

// Remember them, in the caller's transaction. A night older than the newest judged one leaves incidents alone; run again,
// flows too.
bool surroundings_write(Run *run, const Surroundings *surroundings, Err *err);

#endif
