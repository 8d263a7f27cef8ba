/*
 * run_manifest.h - a run as a file: what it did, how long it took, and which files it left.
 */
#ifndef JOBS_NIGHT_RUN_MANIFEST_H
#define JOBS_NIGHT_RUN_MANIFEST_H

#include "jobs/run/run.h"

// Write OUTPUT/runs/NUMBER/manifest.json of a run that has a record, as it stands there. Durations and the number are here
// and not among the night's own files, which are the same whenever the night runs again.
bool run_manifest_write(const Run *run, Err *err);

#endif
