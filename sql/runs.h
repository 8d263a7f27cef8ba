/*
 * runs.h - what ran, for which date, and how it ended; and the rows it could not use.
 */
#ifndef SQL_RUNS_H
#define SQL_RUNS_H

#include "core/digest.h"
#include "sql/db.h"

typedef struct SetAside
{
    const char *step;    // "learn", "import"
    const char *source;  // relation or file
    int64_t line;        // 0 when it has none
    const char *key;     // shipment_id, "" when unknown
    const char *reason, *detail;
} SetAside;

// Record the beginning of a run; job, as_of, version, settings_sha256, key and started_at are taken from record.
bool runs_begin(Db *db, const RunRecord *record, int64_t *number, Err *err);

// What is said of a run that was killed.
extern const char runs_killed[];

// Mark runs that still say running as failed, at a wall clock: who has the right to run knows that they were killed. *count receives
// how many there were.
bool runs_mark_killed(Db *db, Instant at, int64_t *count, Err *err);

// Record its end: state, exit_code, counts_json, error and ended_at are taken from record.
bool runs_end(Db *db, const RunRecord *record, Err *err);

// Add rows that were set aside; first is the position of the first one within the run, from 1.
bool
runs_set_aside(Db *db, int64_t number, int64_t first, const SetAside *rows, size_t count, Err *err);

// The newest runs, at most limit; job "" for all jobs, key "" for all keys.
bool runs_list(Db *db, Arena *arena, const char *job, const char *key, int64_t limit,
    const RunRecord **items, size_t *count, Err *err);

// One run; *run is NULL when there is none with this number.
bool runs_find(Db *db, Arena *arena, int64_t number, const RunRecord **run, Err *err);

// Rows that a run set aside, in the order they came, at most limit.
bool runs_aside_rows(Db *db, Arena *arena, int64_t number, int64_t limit, const SetAside **items,
    size_t *count, Err *err);

// What one run set aside, by step and reason, most frequent first.
bool runs_asides(
    Db *db, Arena *arena, int64_t number, const AsideCount **items, size_t *count, Err *err);

// What the last run that read the source for an as-of set aside, by step and reason, most frequent first: a rerun
// does not count its rows twice.
bool runs_asides_of_night(
    Db *db, Arena *arena, Instant as_of, const AsideCount **items, size_t *count, Err *err);

// One step of a run.
typedef struct RunStep
{
    const char *name;   // "learn"
    const char *state;  // "running", "done", "incomplete", "failed", "aborted"
    Instant started_at,
        ended_at;  // wall clock; ended_at INSTANT_NONE while it runs, and for ever when it was killed
} RunStep;

// A step of a run begins, at a wall clock.
bool runs_step_begin(Db *db, int64_t number, const char *step, Instant at, Err *err);

// It ended.
bool
runs_step_end(Db *db, int64_t number, const char *step, const char *state, Instant at, Err *err);

// The steps of a run, in order.
bool
runs_steps(Db *db, Arena *arena, int64_t number, const RunStep **items, size_t *count, Err *err);

// A step of a night, and the last run that did it.
typedef struct StepDone
{
    const char *name;
    int64_t run;
} StepDone;

// What was done of the night of an as-of, by runs of this key; "" for any.
bool runs_steps_done(Db *db, Arena *arena, Instant as_of, const char *key, const StepDone **items,
    size_t *count, Err *err);

#endif
