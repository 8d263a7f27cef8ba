/*
 * steps.h - the steps of a night and how they are run, one or all of them: which are still to be done, what is tried again,
 * what is written down.
 */
#ifndef JOBS_NIGHT_STEPS_H
#define JOBS_NIGHT_STEPS_H

#include "jobs/run/run.h"

#define NIGHT_STEP_COUNT 6

// Their names, in order, NULL-terminated.
extern const char *const NIGHT_STEPS[];

// Run the steps that are named, in their order, as one run of the job. --if-exists says what becomes of those that earlier runs
// of the same night did: all again (replace, the default), none when all are done (skip), or what is left (resume). A step
// that an earlier one was done after is not done. When nothing is to be done the exit code is 0, or 99 with --skip-if-done.
// A step that fails for a while is tried again. With --format json a summary becomes the job's last line, whatever
// happened.
bool night_run(Job *job, const TextList *names, Err *err);

// night_run() of one step: what its own command does.
bool night_run_step(Job *job, const char *name, Err *err);

#endif
