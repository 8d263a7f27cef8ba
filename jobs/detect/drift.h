/*
 * drift.h - telling carriers whose parcels come later, against their promises, than they used to.
 */
#ifndef JOBS_DETECT_DRIFT_H
#define JOBS_DETECT_DRIFT_H

#include "jobs/detect/forecasts.h"

// Tell drifts, in the caller's transaction, from the days that promises_count() remembered: each carrier's is an incident
// that opens, goes on, and closes. A night older than the newest judged one leaves incidents alone.
bool drifts_tell(Run *run, const ForecastBook *forecasts, Err *err);

#endif
