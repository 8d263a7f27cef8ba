/*
 * rows.h - a parcel as rows of texts, in the published order of columns.
 */
#ifndef JOBS_SIMULATOR_ROWS_H
#define JOBS_SIMULATOR_ROWS_H

#include "jobs/simulator/parcel.h"

enum
{
    SHIPMENT_COLUMNS = 28,
    SCAN_COLUMNS = 10,
    TRUTH_COLUMNS = 8,
    INK_SIZE = 2048,
};

// Scratch for the texts of one row; must outlive its use.
typedef struct Ink
{
    char bytes[INK_SIZE];
    size_t length;
} Ink;

// known_until hides a cancellation that was recorded later; INSTANT_NONE hides nothing.
void row_shipment(const Parcel *parcel, Instant known_until, Ink *ink, const char **row);
void row_scan(const Parcel *parcel, const SimulatedScan *scan, Ink *ink, const char **row);
void row_truth(const Parcel *parcel, Ink *ink, const char **row);

#endif
