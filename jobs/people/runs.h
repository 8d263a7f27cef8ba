/*
 * runs.h - what ran, for people and programs. Private to vigie runs.
 */
#ifndef JOBS_PEOPLE_RUNS_H
#define JOBS_PEOPLE_RUNS_H

#include "core/digest.h"
#include "jobs/frame/screen.h"

#define RUNS_MOST 100000  // runs or rows that may be asked for

// Print one run with its steps and what it set aside, by the job's arguments.
bool runs_show(Job *job, Err *err);

// "340 ms", "12.3 s", "4 min 10 s"; "" while it runs.
const char *runs_duration(Arena *arena, Instant from, Instant to);

// Counts of a step that are not nought: "judged 1526, lost 386".
const char *runs_step_counts(Arena *arena, json_t *counts);

// A run's counts by step, to be let go by who asks.
json_t *runs_counts(const RunRecord *run);

// Its exit code, "" while it has none.
const char *runs_exit(Arena *arena, const RunRecord *run);

// All of its record, to be let go by who asks.
json_t *runs_json(const Job *job, const RunRecord *run);

#endif
