/*
 * scorecard.h - remembering how carriers, services and lanes did of late.
 */
#ifndef JOBS_DETECT_SCORECARD_H
#define JOBS_DETECT_SCORECARD_H

#include "jobs/detect/judge.h"

// Write the night's scorecards, in the caller's transaction, from what the bench was made of and the days that
// promises_count() remembered. No shipment is read for it.
bool scorecards_tell(Run *run, const Bench *bench, Err *err);

#endif
