/*
 * lineage.h - runs as OpenLineage events, for catalogues of data.
 */
#ifndef JOBS_NIGHT_LINEAGE_H
#define JOBS_NIGHT_LINEAGE_H

#include "jobs/night/run.h"

// Add one event of the run to the file that lineage.file names, a line each; nothing when none is named. type is "START",
// "COMPLETE", "FAIL" or "ABORT"; failure is NULL when there was none.
bool lineage_tell(const Run *run, const char *type, const Err *failure, Err *err);

#endif
