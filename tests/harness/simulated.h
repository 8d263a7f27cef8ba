/*
 * simulated.h - a simulated history in memory, for tests of the simulator and of what reads its rows.
 */
#ifndef TESTS_HARNESS_SIMULATED_H
#define TESTS_HARNESS_SIMULATED_H

#include "jobs/simulator/simulator.h"

// Rows as texts, in column order.
typedef struct SimulatedRows
{
    Arena *arena;
    const char *const **items;
    size_t count, capacity;
} SimulatedRows;

typedef struct SimulatedRaw
{
    SimulatorTable table;
    const char *bytes;
    size_t length;
} SimulatedRaw;

typedef struct SimulatedRaws
{
    Arena *arena;
    SimulatedRaw *items;
    size_t count, capacity;
} SimulatedRaws;

typedef struct Simulated
{
    Arena *arena;
    SimulatorPlan plan;
    const Simulator *simulator;
    SimulatedRows tables[SIMULATOR_TABLE_COUNT];
    SimulatedRaws raws;
} Simulated;

// A year in France: 2026, Europe/Paris with its holidays, seed 1, no dirt, all known. Ends the test when the zone
// or the calendar cannot be loaded.
SimulatorPlan simulated_plan(Arena *arena, int64_t shipments);

// All rows of a plan, owned by the arena.
Simulated simulated_create(Arena *arena, const SimulatorPlan *plan);

// A field by its column's name. Unknown names end the test.
const char *simulated_field(SimulatorTable table, const char *const *row, const char *column);
Instant simulated_instant(
    SimulatorTable table, const char *const *row, const char *column);  // INSTANT_NONE if empty

// The scans of one shipment are neighbours: how many rows from index first on have its id.
size_t simulated_scan_count(const Simulated *simulated, size_t first, const char *shipment_id);

#endif
