/*
 * network.h - the invented network: areas with their hubs, carriers with their services, and the words and
 * codes with which each carrier reports a step. All of it is constant.
 */
#ifndef JOBS_SIMULATOR_NETWORK_H
#define JOBS_SIMULATOR_NETWORK_H

#include "core/milestone.h"
#include "jobs/simulator/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Seconds after midnight.
#define CLOCK(hour, minute) ((hour)*3600 + (minute)*60)

// What can happen to a parcel.
typedef enum Step
{
    STEP_ANNOUNCED = 0,
    STEP_ACCEPTED,
    STEP_HUB_ARRIVED,
    STEP_HUB_LEFT,
    STEP_CUSTOMS,
    STEP_CUSTOMS_HELD,
    STEP_CUSTOMS_CLEARED,
    STEP_DEPOT,
    STEP_OUT,
    STEP_NOT_HOME,
    STEP_REFUSED,
    STEP_AVAILABLE,
    STEP_DELIVERED,
    STEP_RETURNING,
    STEP_RETURNED,
    STEP_COUNT,
} Step;

Milestone step_milestone(Step step);

// How a carrier reports a step. Without a code the milestone's name is reported in its place.
typedef struct Wording
{
    const char *code;  // "" when the carrier's table has none that can be trusted
    const char *text;
    const char *other;  // the same said differently
} Wording;

// A region of France, where the merchant ships from, or a country.
typedef struct Area
{
    const char *country, *zone;  // zone "" abroad
    const char *hub;
    const char *postcodes;               // first two characters of each, without separators
    int32_t postcode_digits;             // that follow them
    int32_t x_km, y_km;                  // from Paris, east and north
    uint32_t weight;                     // share of the parcels that go there
    int32_t days_more;                   // domestic: added to the promise
    int32_t days_economy, days_express;  // abroad: the promise
    bool customs;
    const char *language;
    const char *partner;  // who delivers economy parcels there; "" at home
} Area;

typedef struct Service
{
    const char *name;
    uint32_t share;  // of the carrier's parcels
    bool abroad, relay;
    bool air;               // line-haul takes the night, whatever the distance
    int32_t promised_days;  // working days after pick-up; abroad the area's
    int64_t freight_cents;  // up to 1 kg
} Service;

typedef struct Carrier
{
    const char *id;
    const char *spellings[3];  // as careless sources write it
    const char *contract;
    const char *tracking_prefix, *tracking_suffix;
    int32_t tracking_digits;
    uint32_t share;           // of all parcels
    const Wording *wordings;  // STEP_COUNT of them
    const Service *services;
    uint32_t service_count;
    bool saturday;            // delivers on Saturdays
    int32_t leaves_seconds;   // of the evening departure, after midnight
    double missed_share;      // of departures, in calm weeks
    double lost_share;        // of its parcels
    double backfilled_share;  // of its scans
} Carrier;

enum
{
    CARRIER_COUNT = 6,
    AREA_COUNT = 21,
    HOME_COUNT = 13,  // the first areas are domestic
    ORIGIN_COUNT = 2,
    SERVICES_MAX = 4,
};

extern const Carrier NETWORK_CARRIERS[CARRIER_COUNT];
extern const Area NETWORK_AREAS[AREA_COUNT];
extern const int
    NETWORK_ORIGINS[ORIGIN_COUNT];  // indices of areas where the merchant has a warehouse

// The index of one of the first count carriers, by their shares.
uint32_t network_pick_carrier(Random *random, uint32_t count);

double area_distance_km(const Area *from, const Area *to);

#endif
