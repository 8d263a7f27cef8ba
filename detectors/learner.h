/*
 * learner.h - counting: shipments in, sums out. Two passes: the first learns how fast operations run on each class
 * of day (statistics 1, "Operating-time clock"), the second counts gaps on that clock (statistics 2).
 *
 * All sums are integers, so any number of workers, merged in any order, gives the same bits.
 */
#ifndef DETECTORS_LEARNER_H
#define DETECTORS_LEARNER_H

#include "config/calendar.h"
#include "core/cohort.h"
#include "core/shipment.h"
#include "core/zone.h"

typedef struct LearnPlan
{
    Instant as_of;
    const Zone *zone;
    const Calendar *calendar;
    int32_t window_days;     // gaps that started earlier teach nothing
    int32_t half_life_days;  // 1 to 3650
    int32_t loss_half_life_days;
    int32_t loss_horizon_days;  // H: a gap open this long is where S is flat
    double minimum_events;      // fewer events than this (weighted) at the top: abstain
} LearnPlan;

// How fast operations run by class of day, per (measure, milestone, carrier), relative to working days.
typedef struct OperatingClocks OperatingClocks;

// Pass 1. plan must outlive the counter. Owned by the arena; one per worker.
typedef struct ClockCounter ClockCounter;
ClockCounter *clock_counter_create(Arena *arena, const LearnPlan *plan);
void clock_counter_add(ClockCounter *counter, const Shipment *shipment);
void clock_counter_merge(ClockCounter *into, const ClockCounter *from);
const OperatingClocks *clock_counter_finish(Arena *arena, const ClockCounter *counter);

// Pass 2. plan and clocks must outlive the learner. Owned by the arena; one per worker. Shipments come normalised
// (history_normalise) and hold nothing that occurred or was recorded after as-of.
typedef struct Learner Learner;
Learner *learner_create(Arena *arena, const LearnPlan *plan, const OperatingClocks *clocks);
void learner_add(Learner *learner, const Shipment *shipment);
void learner_merge(Learner *into, const Learner *from);

// The sums, sorted by measure, milestone, carrier, service, origin, destination. Owned by the arena; the totals
// hold the events and exposures of pass 1, from which the clocks can be made again.
const Learned *learner_finish(Arena *arena, const Learner *learner);

#endif
