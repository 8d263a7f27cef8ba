/*
 * progress.h - how far a long step is: a bar on a terminal, a log line every ten seconds elsewhere, nothing with
 * --quiet. Both show the share done, rows and MB per second and the time left.
 */
#ifndef JOBS_FRAME_PROGRESS_H
#define JOBS_FRAME_PROGRESS_H

#include "core/arena.h"
#include "jobs/frame/log.h"

#include <stdint.h>

typedef struct Progress Progress;

// total is in rows; 0 when nobody knows. Owned by the arena.
Progress *progress_begin(Arena *arena, const Log *log, const char *label, int64_t total);

// More was done. Any thread may call it, as often as it likes; it shows something a few times a second at most.
void progress_add(Progress *progress, int64_t rows, int64_t bytes);

// The step is over: takes the bar away and writes one line with the sums (at debug level for a step of less than
// a second). Call it once, when no other thread adds.
void progress_end(Progress *progress);

// What was done so far.
int64_t progress_rows(const Progress *progress);
int64_t progress_bytes(const Progress *progress);

#endif
