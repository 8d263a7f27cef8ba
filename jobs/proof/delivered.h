/*
 * delivered.h - P(late) as people compute it who look at delivered parcels only: the share of those that took longer
 * than this one's promise allows, among those that had taken as long as this one has waited.
 *
 * It is the rule that Vigie is measured against, so it gets every chance: only what was known on the night counts, the
 * narrowest group with at least 30 delivered parcels speaks (lane of the service, else service, else carrier), and no
 * statement is certain. What it leaves out is what makes it wrong: parcels that are still on their way.
 */
#ifndef JOBS_PROOF_DELIVERED_H
#define JOBS_PROOF_DELIVERED_H

#include "core/arena.h"
#include "core/instant.h"
#include "core/shipment.h"

#define DELIVERED_LEAST 30  // parcels in a group that speaks
#define DELIVERED_CLIP  .001

// Delivered parcels, 12 bytes each.
typedef struct Delivered Delivered;

// None yet. Owned by the arena.
Delivered *delivered_create(Arena *arena);

// The lane on which a shipment travels; the same number for the same lane.
uint32_t delivered_lane(Delivered *delivered, const Shipment *shipment);

// A parcel of a lane is known to have been presented. Parcels presented before they were accepted do not count.
void delivered_add(Delivered *delivered, uint32_t lane, Instant accepted_at, Instant presented_at);

// All that were added and accepted after `since`, sorted for asking. Owned by the arena, independent of later additions.
typedef struct DeliveredTimes DeliveredTimes;
const DeliveredTimes *delivered_sort(const Delivered *delivered, Instant since, Arena *arena);

// P(T > waited + left | T > waited), within DELIVERED_CLIP of 0 and 1; the upper end where no delivered parcel of the carrier
// took so long. NAN when the carrier has delivered nothing, or the lane was new after the sorting.
double delivered_p_late(
    const DeliveredTimes *times, uint32_t lane, double waited_hours, double left_hours);

#endif
