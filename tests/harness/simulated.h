/*
 * simulated.h - a simulated history in memory, for tests of the simulator and of what reads its rows.
 */
#ifndef TESTS_HARNESS_SIMULATED_H
#define TESTS_HARNESS_SIMULATED_H

#include "core/milestone.h"
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

// For setup and teardown of a whole program: *state receives what a plan writes, some of its rows dirty.
int simulated_set_up(void **state, int64_t shipments, double dirty_share);
int simulated_tear_down(void **state);

// A field by its column's name. Unknown names end the test.
const char *simulated_field(SimulatorTable table, const char *const *row, const char *column);
Instant simulated_instant(
    SimulatorTable table, const char *const *row, const char *column);  // INSTANT_NONE if empty

// The scans of one shipment are neighbours: how many rows from index first on have its id.
size_t simulated_scan_count(const Simulated *simulated, size_t first, const char *shipment_id);

// What simulator_write hands over, and how.
typedef struct SimulatedOutput
{
    Text tables[SIMULATOR_TABLE_COUNT];
    size_t calls, largest;
    bool whole_records;  // each call ended with a line end
    size_t fail_at;      // this call fails with "disk full"; 0: none
} SimulatedOutput;

SimulatedOutput simulated_output(Arena *arena);

// The write callback whose data is a SimulatedOutput.
bool
simulated_collect(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err);

// Write a range of a plan's parcels, all tables.
void simulated_write(const SimulatorPlan *plan, int64_t first, int64_t count, bool header,
    Arena *arena, SimulatedOutput *output);

// part is between low and high shares of whole.
#define ASSERT_SHARE(part, whole, low, high)                                                       \
    assert_true(                                                                                   \
        (double)(part) >= (low) * (double)(whole) && (double)(part) <= (high) * (double)(whole))

// One parcel with all its rows.
typedef struct Seen
{
    const Simulated *simulated;
    const char *const *shipment, *const *truth;
    const char *const **scans;
    size_t scan_count;
} Seen;

// Visit all parcels. The three tables must tell of the same ones, so no scans of unknown shipments.
void
simulated_each(const Simulated *simulated, void (*visit)(const Seen *seen, void *data), void *data);

const char *seen_truth(const Seen *seen, const char *column);
const char *seen_shipment(const Seen *seen, const char *column);
Instant seen_occurred(const Seen *seen, size_t i);

// What a scan means, by its word or by the carrier's own table of codes; ends the test when neither says.
Milestone seen_meaning(const Seen *seen, size_t i);
bool seen_has(const Seen *seen, Milestone milestone);
bool seen_lost(const Seen *seen);

#endif
