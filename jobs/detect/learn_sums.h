/*
 * learn_sums.h - what one part of a divided learning counted, as a text that waits in the database for the others.
 */
#ifndef JOBS_DETECT_LEARN_SUMS_H
#define JOBS_DETECT_LEARN_SUMS_H

#include "core/cohort.h"
#include "core/err.h"
#include "jobs/detect/learn_pass.h"
#include "sql/runs.h"

typedef struct LearnSums
{
    const Learned *settled, *fresh;  // of shipments that are settled, and of the others
    WatchList watched, unsettled;    // ids
    const SetAside *asides;          // rows that could not be used
    size_t aside_count;
    int64_t shipments, scans, scans_of_others;  // read
} LearnSums;

// As JSON, owned by the arena. NULL with ERR_FAILED when a name is not valid UTF-8.
const char *learn_sums_print(Arena *arena, const LearnSums *sums, Err *err);

// Read it back; as_of is that of the night. ERR_FAILED when it is damaged.
bool learn_sums_parse(Arena *arena, const char *text, Instant as_of, LearnSums *out, Err *err);

#endif
