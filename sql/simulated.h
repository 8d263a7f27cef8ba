/*
 * simulated.h - simulated parcels into the plain tables, by COPY: one stream and one transaction for each table, all of
 * them committed when all are complete.
 */
#ifndef SQL_SIMULATED_H
#define SQL_SIMULATED_H

#include "sql/db.h"

#include <stddef.h>

// In the order of the simulator's own tables.
typedef enum SimulatedTable
{
    SIMULATED_SHIPMENTS = 0,
    SIMULATED_SCANS,
    SIMULATED_TRUTH,
    SIMULATED_TABLE_COUNT,
} SimulatedTable;

typedef struct SimulatedLoad SimulatedLoad;

// Begin on three connections, one for each table, whose schema is that of the plain tables. ERR_CONFIG when a table
// holds rows already, unless append. Owned by the arena.
SimulatedLoad *
simulated_begin(Db *const dbs[SIMULATED_TABLE_COUNT], Arena *arena, bool append, Err *err);

// Add a row of texts in the order of the simulator's columns, "" for unknown. Amounts may have a comma for the point.
// *repeated is set when it is left out: a scan that is there already but for its words (the tables keep one).
bool simulated_row(
    SimulatedLoad *load, SimulatedTable table, const char *const *row, bool *repeated, Err *err);

// Bytes sent so far.
int64_t simulated_bytes(const SimulatedLoad *load);

// Complete and commit all, then refresh what the planner knows.
bool simulated_end(SimulatedLoad *load, Err *err);

// Give it up; the tables stand as they were.
void simulated_abort(SimulatedLoad *load);

#endif
