/*
 * steps_tell.h - what is told of a night to those who do not read its report.
 */
#ifndef JOBS_NIGHT_STEPS_TELL_H
#define JOBS_NIGHT_STEPS_TELL_H

#include "jobs/night/steps.h"

// That a recorded run begins. What cannot be told is a warning in the log, here and below.
void steps_tell_begin(const Run *run);

// That it ended: manifest, metrics and lineage. failure is told when it is not done. Nothing of a run without a record.
void steps_tell_end(const Run *run, bool done, const Err *failure);

// For whoever is woken by a failure, into the log: what stands, what does not, and what to type.
void steps_tell_left(const Run *run, const bool todo[NIGHT_STEP_COUNT], const Err *failure);

// What a scheduler keeps: one line of JSON, owned by the job's arena. idle says that there was nothing to do.
const char *steps_summary(const Run *run, bool done, bool idle, const Err *err);

#endif
