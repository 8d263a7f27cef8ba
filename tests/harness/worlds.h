/*
 * worlds.h - small networks in which something is wrong, for tests that nothing breaks: no parcels, no waits, waits of fifty
 * years, scans in the future.
 */
#ifndef TESTS_HARNESS_WORLDS_H
#define TESTS_HARNESS_WORLDS_H

#include "detectors/baseline/baseline.h"
#include "tests/harness/histories.h"
#include "tests/harness/learning.h"

enum
{
    WORLD_PARCELS = 300,
    WORLD_SCANS = 40,
    WORLD_ROWS = 19
};

// What happened to parcel number i, labelled at `start`, as known by as-of: fills its scans, WORLD_SCANS at most.
typedef void World(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of);

typedef struct WorldRow
{
    const char *name;
    World *world;
    size_t parcels;
} WorldRow;

extern const WorldRow world_rows[WORLD_ROWS];

// Those that tests ask for by name: nothing wrong at all; scans and never a delivery; nothing for three weeks, and nobody
// waits.
World world_ordinary, world_without_deliveries, world_that_stopped;

// One more scan, behind those there are.
void world_scan(Shipment *shipment, Scan *scans, Instant at, Milestone milestone);

// The ordinary way (accepted, in transit, out for delivery, delivered), so many steps of it and so many hours between.
void world_go(Shipment *shipment, Scan *scans, Instant start, double hours, size_t steps);

// A parcel of carrier "swift", service "home", lane north>south, without scans.
Shipment world_parcel(Instant created);

// count parcels of three services on two lanes, labelled evenly over the 40 days before as-of.
Shipment *world_populate(const Learning *f, World *world, size_t count);

// What is normal by these.
const Baselines *world_fit(Learning *f, const Shipment *all, size_t count);

#endif
