/*
 * settle.h - what became of the parcels whose time was up since the night before.
 */
#ifndef JOBS_DETECT_SETTLE_H
#define JOBS_DETECT_SETTLE_H

#include "jobs/run/run.h"

// Read the parcels that came due as they are known by the run's as-of, and remember their outcomes. Running it again
// changes nothing; the cost follows what came due, not the history.
bool settle_outcomes(Run *run, Source *source, Err *err);

#endif
