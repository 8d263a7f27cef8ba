/*
 * again.h - nights that are done again because one before them came later. A night stands on those before it (their cases,
 * what they said and what became of it), so nights of the past can be run in any order only if those after it follow once more.
 */
#ifndef JOBS_NIGHT_AGAIN_H
#define JOBS_NIGHT_AGAIN_H

#include "jobs/run/run.h"
#include "sql/again.h"

typedef struct Waiting
{
    const NightAgain *items;  // in order
    size_t count;
    bool deferred;  // the night that was asked for is among them, and nothing is to be done now
} Waiting;

// What is to be done of the night that was asked for.
typedef struct Asked
{
    bool learn, detect;
} Asked;

// The nights that wait. Before a night of the past that is to be judged for the first time after newer ones, all judged nights
// are made to wait, if nobody was told of them and nobody acted upon them: this night then takes its place, and the others
// are done before and after it. Otherwise the newer nights stay, and the log says so. With --defer a night
// that would have others done again is put in line itself. A dry run only reads. Owned by the job's arena.
bool waiting_read(Run *run, Asked asked, Waiting *out, Err *err);

// The one of an as-of; NULL when it does not wait.
const NightAgain *waiting_find(const Waiting *waiting, Instant as_of);

// Take away the papers that a night wrote before: there may be none of their claims any more, or under other numbers.
bool waiting_clear(const Job *job, const NightAgain *night, Err *err);

// Do those after `after` and before `before` again, each as a run of its own under the same right to run. work does the named
// steps of a night and records its end. A night that ends incomplete makes the job end so. A dry run does none.
bool waiting_do(Run *run, const Waiting *waiting, Instant after, Instant before,
    bool (*work)(Run *run, const TextList *steps, Err *err), Err *err);

#endif
