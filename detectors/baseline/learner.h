/*
 * learner.h - counting: shipments in, sums out. Two passes: the first learns how fast operations run on each class
 * of day (statistics 1, "Operating-time clock"), the second counts gaps on that clock (statistics 2).
 *
 * All sums are integers, so any number of workers, merged in any order, gives the same bits.
 */
#ifndef DETECTORS_BASELINE_LEARNER_H
#define DETECTORS_BASELINE_LEARNER_H

#include "config/calendar.h"
#include "core/cohort.h"
#include "core/shipment.h"
#include "core/words.h"
#include "core/zone.h"

typedef struct LearnPlan
{
    Instant as_of;
    Instant
        landmark;  // not after as_of: clocks come from what was known by then, weights refer to its day
    const Zone *zone;
    const Calendar *calendar;
    int32_t window_days;     // gaps that started so many days before the landmark teach nothing
    int32_t half_life_days;  // 1 to 3650
    int32_t loss_half_life_days;
    int32_t loss_horizon_days;  // H: a gap open this long is where S is flat
    double minimum_events;      // fewer events than this (weighted) at the top: abstain
    Language language;          // in which it is said why
} LearnPlan;

// The landmark of an as-of: the first instant of its month. Nights of one month share it, so that each can add to the
// sums of the one before; with a new month everything is read again.
Instant learn_landmark(const Zone *zone, Instant as_of);

// The first instant whose shipments teach.
Instant learn_from(const LearnPlan *plan);

// How fast operations run by class of day, per (measure, milestone, carrier), relative to working days.
typedef struct OperatingClocks OperatingClocks;

// Pass 1. plan must outlive the counter. Owned by the arena; one per worker.
typedef struct ClockCounter ClockCounter;
ClockCounter *clock_counter_create(Arena *arena, const LearnPlan *plan);
void clock_counter_add(ClockCounter *counter, const Shipment *shipment);
void clock_counter_merge(ClockCounter *into, const ClockCounter *from);
const OperatingClocks *clock_counter_finish(Arena *arena, const ClockCounter *counter);

// How many gap ends were counted.
int64_t clock_counter_events(const ClockCounter *counter);

// Clocks made again from what a learned state remembers. Owned by the arena.
const OperatingClocks *
clocks_of_learned(Arena *arena, const LearnPlan *plan, const Learned *learned);

// Pass 2. plan and clocks must outlive the learner. Owned by the arena; one per worker. Shipments come normalised
// (history_normalise); what occurred or was recorded after as-of is left out.
typedef struct Learner Learner;
Learner *learner_create(Arena *arena, const LearnPlan *plan, const OperatingClocks *clocks);
void learner_add(Learner *learner, const Shipment *shipment);
void learner_merge(Learner *into, const Learner *from);

// Whether the shipment's gaps are settled by the learner's as-of: its journey was over, or it was cancelled, more than
// COHORT_RECENT_DAYS before. Without news they count the same ever after.
bool learner_is_settled(Learner *learner, const Shipment *shipment);

// The sums, sorted. Owned by the arena; the clocks' counts come with them.
const Learned *learner_finish(Arena *arena, const Learner *learner);

#endif
