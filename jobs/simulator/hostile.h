/*
 * hostile.h - values that attack whoever reads them, in place of a parcel's own.
 */
#ifndef JOBS_SIMULATOR_HOSTILE_H
#define JOBS_SIMULATOR_HOSTILE_H

#include "jobs/simulator/rows.h"

// Nothing happens unless the plan is hostile. All values are such that COPY takes them into the plain tables.

// What the ids of one parcel in eight end with: path parts, SQL, markup. In all its rows, and no two parcels share one.
void hostile_mark(Parcel *parcel, const SimulatorPlan *plan);

// Replace one value in twelve of a row.
void hostile_shipment(const Parcel *parcel, const SimulatorPlan *plan, const char **row);
void hostile_scan(const Parcel *parcel, const SimulatorPlan *plan, size_t scan, const char **row);

#endif
