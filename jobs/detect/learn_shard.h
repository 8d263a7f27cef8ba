/*
 * learn_shard.h - learning divided between hosts: each counts a part of the window, and the night adds the parts up.
 */
#ifndef JOBS_DETECT_LEARN_SHARD_H
#define JOBS_DETECT_LEARN_SHARD_H

#include "jobs/detect/learn.h"

// Whether a shard was asked for (--shard K/N); part and parts are then K and N. ERR_CONFIG for another text than such a fraction,
// K from 1 to N, N from 2 to 1000.
bool learn_shard_asked(const Job *job, bool *asked, int64_t *part, int64_t *parts, Err *err);

// Count one part of the window and keep it in the database. It takes no right to run and has no record: parts are counted at the same
// time, on several hosts, and none of them changes what the night knows.
bool learn_shard(Job *job, int64_t part, int64_t parts, Err *err);

// What all parts counted, when a division of this night is complete. *found is false when there is none, or when the source changed
// between its parts so that they do not add up, which the log tells. Rows they set aside are set aside by the run.
bool learn_shards_read(Run *run, Arena *arena, bool *found, Learning *out, Err *err);

#endif
