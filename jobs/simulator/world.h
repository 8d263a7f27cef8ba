/*
 * world.h - a plan laid out: its days, how many labels each gets, and what goes wrong in its network.
 */
#ifndef JOBS_SIMULATOR_WORLD_H
#define JOBS_SIMULATOR_WORLD_H

#include "jobs/simulator/network.h"
#include "jobs/simulator/simulator.h"

enum
{
    DEPOT_COUNT = 4,  // of each area
    PLACE_SIZE = 8,
};

// Streams of random numbers (random_start); each purpose has its own, so that none disturbs another.
enum
{
    PURPOSE_INCIDENTS = 1,
    PURPOSE_WRONG_CLOCK,
    PURPOSE_PARCEL,
    PURPOSE_JOURNEY,
    PURPOSE_DIRT,
    PURPOSE_MISHAP,
    PURPOSE_HOSTILE,
};

typedef struct Incident
{
    SimulatorIncident shown;
    int carrier, area;  // area -1 for an outage, -2 for a drift
} Incident;

typedef struct World World;

// Owned by the arena; the plan must be in range.
const World *world_create(Arena *arena, const SimulatorPlan *plan);

const SimulatorPlan *world_plan(const World *world);
const Incident *world_incidents(const World *world, size_t *count);
const char *world_depot(const World *world, int area, uint32_t number);

// The n-th second of a day's wall clock (an hour off after the change on the two days when clocks change).
Instant world_at(const World *world, Day day, int32_t seconds);
Day world_day(const World *world, Instant at);

bool world_is_holiday(const World *world, Day day);

// Monday to Friday, Saturday where so wanted, never on a holiday.
bool world_works(const World *world, Day day, bool saturday);
Day world_work_day(const World *world, Day day, bool saturday);  // the first such day from day on
Day world_add_work_days(
    const World *world, Day day, int32_t count);  // the count-th after day, Monday to Friday

// How much likelier things are missed than in calm weeks: 1, more from 25 November to 24 December.
double world_strain(const World *world, Day day);

// When the label of parcel index is made. Ascends with index. fraction is 0..1, the parcel's place in its slot.
Instant world_label_at(const World *world, int64_t index, double fraction);

// The slowdown of a carrier's hub at an instant, the outage of a carrier's feed; NULL when there is none.
const Incident *world_slowdown(const World *world, int carrier, int area, Instant at);
const Incident *world_outage(const World *world, int carrier, Instant at);

// The drift of a carrier at an instant; NULL when there is none.
const Incident *world_drift(const World *world, int carrier, Instant at);

// Whether parcels of this carrier and label day carry local time stamped as UTC.
bool world_clock_is_wrong(const World *world, int carrier, Day label_day);

#endif
