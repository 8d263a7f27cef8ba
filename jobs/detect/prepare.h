/*
 * prepare.h - a shipment as it comes from the source, made ready to be learned from and judged.
 */
#ifndef JOBS_DETECT_PREPARE_H
#define JOBS_DETECT_PREPARE_H

#include "jobs/run/run.h"

// Give the shipment its carrier's settled name, its scans their meaning and order, in place (scans is where shipment->scans
// points, writable), and a promise where it comes without one and its carrier publishes one. Returns the carrier's number
// in the catalogue, -1 when unknown.
int shipment_prepare(const Rulebook *rulebook, Shipment *shipment, Scan *scans);

#endif
