/*
 * lineage.h - runs as OpenLineage events, for catalogues of data.
 */
#ifndef JOBS_NIGHT_LINEAGE_H
#define JOBS_NIGHT_LINEAGE_H

#include "jobs/run/run.h"

// Tell one event of the run: a line in the file that lineage.file names, and a POST to lineage.url, tried again while it fails for a
// while; nothing when neither is named. type is "START", "COMPLETE", "FAIL" or "ABORT"; failure is NULL when there was none.
// ERR_TEMPORARY when the event did not arrive, ERR_FAILED when it could not be written; whatever holds, the other one was tried.
bool lineage_tell(const Run *run, const char *type, const Err *failure, Err *err);

#endif
