/*
 * steps_tell.h - what is told of a night to those who do not read its report.
 */
#ifndef JOBS_NIGHT_STEPS_TELL_H
#define JOBS_NIGHT_STEPS_TELL_H

#include "jobs/night/steps.h"

// That a recorded run begins. What cannot be told is a warning in the log, here and below.
void steps_tell_begin(const Run *run);

// How it ends, to lineage, before that is recorded. An event that could not be posted makes a run that is done end incomplete, with
// the reason as its remark.
void steps_tell_lineage(Run *run, bool done, const Err *failure);

// That it ended: manifest and metrics. Nothing of a run without a record.
void steps_tell_end(const Run *run);

// That there was nothing to do: metrics again, since the run that did it may have been killed before it left them.
void steps_tell_nothing(const Run *run);

// For whoever is woken by a failure, into the log: what stands, what does not, and what to type.
void steps_tell_left(const Run *run, const bool todo[NIGHT_STEP_COUNT], const Err *failure);

// That nothing was done, since the run could not begin (its database is away, or another run is at work), and what to type when.
void steps_tell_unopened(const Run *run, const Err *failure);

// Which of the named steps an earlier run did, and which are left to this one.
void steps_tell_resumed(const Run *run, const TextList *names, const bool left[NIGHT_STEP_COUNT]);

// What a scheduler keeps: one line of JSON, owned by the job's arena. idle says that there was nothing to do.
const char *steps_summary(const Run *run, bool done, bool idle, const Err *err);

#endif
