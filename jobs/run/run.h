/*
 * run.h - one execution of a job: its connection, its lock, its record, what it counted and what it set aside.
 */
#ifndef JOBS_RUN_RUN_H
#define JOBS_RUN_RUN_H

#include "config/calendar_book.h"
#include "config/catalogue.h"
#include "config/terms.h"
#include "detectors/judgement/promised.h"
#include "jobs/frame/job.h"
#include "sql/db.h"
#include "sql/runs.h"
#include "sql/source.h"

// A connection to Vigie's own database, as the settings say; closed with the arena.
Db *run_connect(Job *job, Arena *arena, Err *err);

// A connection to the database of the source relations; closed with the arena.
Db *run_connect_source(Job *job, Arena *arena, Err *err);

// How the settings describe the source.
SourceOptions run_source_options(const Job *job);

// What one step of a night fitted serves the next (jobs/detect/judge.h).
typedef struct Fitted
{
    const struct Learned *learned;  // NULL before anything was fitted
    const struct Baselines *baselines;
} Fitted;

// What we were told of the world, loaded once: carriers, calendars, terms, promises, the words of alerts. Problems go to standard error.
typedef struct Rulebook
{
    const Catalogue *catalogue;
    const Calendar *calendar;       // the configured one: of the carriers' clocks
    const CalendarBook *calendars;  // by destination: of promises
    const TermsBook *terms;
    PromiseBook promises;
    const struct Letters *letters;  // the words of alerts
    Fitted *fitted;                 // by these rules, last
} Rulebook;
bool rulebook_load(Job *job, Rulebook *out, Err *err);

typedef struct Run
{
    Job *job;
    Db *db;
    struct Hold *hold;  // the right to run; NULL in one that only reads
    int64_t number;     // 0 in a dry run or one that only reads, which are not recorded
    Rulebook rulebook;
    struct json_t *counts;  // per step; what `vigie runs` shows
    struct
    {
        Arena *arena;
        SetAside *items;
        size_t count, capacity;
        bool all;       // kept here, and not written as they come
    } asides;           // not written yet
    int64_t set_aside;  // in all
    const char
        *remark;  // why it ends incomplete, NULL for no reason of its own; owned by the job's arena
} Run;

// Connect, check the schema, take the right to run (jobs/run/hold.h; ERR_BUSY) and load the rulebook. A server that cannot
// be reached is tried again, database.attempts times in all, with growing pauses.
bool run_open(Job *job, Run *run, Err *err);

// Record the beginning, unless it is a dry run.
bool run_record(Run *run, Err *err);

// Both.
bool run_begin(Job *job, Run *run, Err *err);

// Give back the right to run; what was not recorded is forgotten.
void run_close(Run *run);

// After a failed attempt, numbered from 1: whether it is to be tried again (the failure is temporary, and attempts are left);
// then waits, and err is clear. False leaves the failure, or the interruption that came meanwhile.
bool run_pause(const Job *job, int64_t attempt, Err *err);

// Go on after a temporary failure, on a connection made anew: the attempt is recorded as a failed run, and another one begins.
// set_aside is how many rows had been set aside before what is tried again.
bool run_restart(Run *run, const Err *failure, int64_t set_aside, Err *err);

// A run that only reads: no lock, no record, no connection to Vigie's own database. Rows set aside are counted, not kept.
// Released with the job's arena.
bool run_begin_reading(Job *job, Run *run, Err *err);

// After the last attempt failed: where that broke the connection, make another one if the server lets us, so that the failure can be
// told and recorded. Otherwise the next run finds this one, and marks it.
void run_reach(Run *run);

// Record the end and say so in the log; the right to run is kept. done is whether the job succeeded; err holds its failure
// otherwise. Sets the job's exit code to EXIT_INCOMPLETE when more was set aside than the settings tolerate. Returns done, or
// false when the end itself could not be recorded.
bool run_finish(Run *run, bool done, Err *err);

// The same, and the right to run is given back.
bool run_end(Run *run, bool done, Err *err);

// How a run stands that is done, or failed by err: "done", "incomplete", "failed", "aborted".
const char *run_state(const Job *job, bool done, const Err *err);

// Add a number to the run's record, under the step's name.
void run_count(Run *run, const char *step, const char *name, int64_t value);

// Set a row aside. Texts are copied.
bool run_set_aside(Run *run, const SetAside *row, Err *err);

// Forget what was set aside since there were `count` of them kept (asides.all).
void run_forget_asides(Run *run, size_t count);

// Write what was set aside up to now, so that what follows in the same run finds it.
bool run_keep_asides(Run *run, Err *err);

// Set aside what reading a page of the source found unusable: of the two kinds, one.
bool
run_set_aside_page(Run *run, const char *step, const SourcePage *page, SourceAsideOf of, Err *err);

// The steps of a night. Each does nothing but count in a dry run.
bool learn_step(Run *run, Err *err);
bool detect_step(Run *run, Err *err);
bool claim_step(Run *run, Err *err);
bool submit_step(Run *run, Err *err);
bool alert_step(Run *run, Err *err);
bool report_step(Run *run, Err *err);

// run_begin, one piece of work, run_end. The steps of a night go through night_run() (jobs/night/steps.h).
bool run_step(Job *job, bool (*step)(Run *run, Err *err), Err *err);

// The folder of a logical date's documents: OUTPUT/2026-11-20, or OUTPUT/2026-11-20T120000Z when as-of is not the end
// of its day.
const char *run_folder(const Job *job, Arena *arena);

// The same for another as-of.
const char *run_folder_of(const Job *job, Instant as_of, Arena *arena);

#endif
