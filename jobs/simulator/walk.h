/*
 * walk.h - a parcel on its way: where it is, what time it is there, and what every part of the journey does.
 */
#ifndef JOBS_SIMULATOR_WALK_H
#define JOBS_SIMULATOR_WALK_H

#include "jobs/simulator/parcel.h"

// Where a parcel can vanish: at its first step on this leg or a later one. In order of the journey.
typedef enum Leg
{
    LEG_ACCEPTED = 0,
    LEG_ORIGIN_HUB,
    LEG_LINE_HAUL,
    LEG_CUSTOMS,
    LEG_DESTINATION_HUB,
    LEG_DEPOT,
    LEG_DELIVERY,
    LEG_COUNT,
    LEG_NEVER,  // not lost
} Leg;

typedef struct Walk
{
    const World *world;
    Parcel *parcel;
    Random random;
    Instant now;
    Leg lost_leg;
    bool over;  // lost, delivered or returned: nothing happens any more
    const char *place, *country, *partner;
    const char *depot;
} Walk;

Instant walk_hours(double hours);                             // whole seconds
Instant walk_minutes(Walk *walk, int32_t low, int32_t high);  // between two numbers of minutes

void walk_to(Walk *walk, const Area *area, const char *place);

// The carrier reports the step, now.
void walk_scan(Walk *walk, Step step);

// The parcel passes a step on a leg: it is scanned, or that is forgotten; and it may be seen no more. Nothing
// when the walk is over.
void walk_pass(Walk *walk, Step step, Leg leg);

// A hub: arrival, sorting, departure at the cut-off (seconds after midnight, working days, Saturdays where so
// wanted). Mis-sorted parcels lie for days.
void walk_hub(Walk *walk, int area, Leg arrives, Leg leaves, int32_t leaves_seconds, bool saturday);

// While its carrier drifts, some parcels lie there until the next working day.
void walk_slip(Walk *walk);

bool walk_delivers_saturday(const Walk *walk);

// From the last hub to the recipient, or back to the merchant (delivery.c).
void walk_last_mile(Walk *walk);

#endif
