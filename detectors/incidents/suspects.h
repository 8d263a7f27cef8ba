/*
 * suspects.h - which groups ran slow tonight, each told once: the narrowest that explains the rest.
 *
 * A group is suspected when a night so slow has a chance below suspect_chance() and it stands in the Benjamini-Hochberg list
 * of its kind at 10 %, or when it decays (groups.h). Of hubs, which hold few parcels, and where somebody can ask, four in a
 * thousand are suspected for nothing, and the list is one at 50 %. The wide ones are asked first: carriers, services, hubs, lanes.
 * A suspect is told when it is slow even without the narrower suspects in it, or when they are all of it, or, of a carrier, at
 * least half of its hubs or lanes (and four); what it explains is taken out before the next one is asked. Not the cause, and not
 * counted, are a narrower suspect that runs rather at its pace than at the slower one outside of the wider one, and a service or
 * lane that does so outside of the suspected hubs.
 */
#ifndef DETECTORS_INCIDENTS_SUSPECTS_H
#define DETECTORS_INCIDENTS_SUSPECTS_H

#include "detectors/incidents/groups.h"

// The chance of a night so slow, when nothing is wrong, below which a group of a kind is suspected.
double suspect_chance(IncidentKind kind);

// Told groups, wide ones first; their cells are marked as explained. Cells that are marked already stay so and speak for
// nobody. Groups of silent carriers are left out: nothing is known of them. Owned by the arena.
const FlowGroup *const *suspects_find(Arena *arena, Groups *groups,
    bool (*is_silent)(const char *carrier, const void *data), const void *data, size_t *count);

#endif
