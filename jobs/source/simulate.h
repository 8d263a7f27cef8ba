/*
 * simulate.h - where simulated parcels go: CSV files in a folder, or the plain tables.
 */
#ifndef JOBS_SOURCE_SIMULATE_H
#define JOBS_SOURCE_SIMULATE_H

#include "jobs/frame/job.h"
#include "jobs/frame/progress.h"
#include "jobs/simulator/simulator.h"

// One simulation: what is made, and what came of it.
typedef struct Simulation
{
    Job *job;
    SimulatorPlan plan;
    const Simulator *simulator;
    Progress *progress;
    int64_t rows[SIMULATOR_TABLE_COUNT];  // written
    int64_t repeated;  // scans left out because they say the same again (load only)
} Simulation;

// The incidents that the option --incident asks for, into the plan.
bool simulation_read_wishes(const Job *job, SimulatorPlan *plan, Err *err);

// Call one slice after the other until all parcels are made; stops when asked to (ERR_INTERRUPTED).
typedef bool
SimulationSlice(Simulation *simulation, int64_t first, int64_t count, void *data, Err *err);
bool simulation_each(Simulation *simulation, SimulationSlice *slice, void *data, Err *err);

// shipments.csv, scans.csv and truth.csv in a folder, which is made when it is missing. They appear under their names
// only when all three are whole.
bool simulation_write(Simulation *simulation, const char *folder, Err *err);

// Into the plain tables, which must be empty unless append says that more rows may join. All or nothing.
bool simulation_load(Simulation *simulation, bool append, Err *err);

// Only count.
bool simulation_count(Simulation *simulation, Err *err);

#endif
