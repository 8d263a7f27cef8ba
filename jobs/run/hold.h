/*
 * hold.h - the right to run, held as long as a run lasts: the lease in the database, and a thread that keeps it alive while the
 * run waits for a long query.
 */
#ifndef JOBS_RUN_HOLD_H
#define JOBS_RUN_HOLD_H

#include "jobs/frame/job.h"
#include "sql/runs.h"

typedef struct Hold Hold;

// Take it; commits on db then make sure that it is still held. A dry run only looks whether it could, since it writes
// nothing. Released with the job's arena at the latest. NULL with ERR_BUSY, which says who runs, or another failure.
Hold *hold_take(Job *job, Db *db, Err *err);

// Make sure of it on a connection that was made anew. ERR_BUSY when it was lost meanwhile.
bool hold_resume(Hold *hold, Db *db, Err *err);

// A run whose record says running while nobody has the right to run was killed, and the next run will record that: let the copy at
// hand say so. For those who only look.
bool hold_tell_killed(const Job *job, Db *db, RunRecord *run, Err *err);

// Give it back.
void hold_release(Hold *hold, Db *db);

#endif
