/*
 * digest.h - a judged night, gathered from the database.
 */
#ifndef JOBS_REPORT_DIGEST_H
#define JOBS_REPORT_DIGEST_H

#include "jobs/run/run.h"

// The digest of the run's as-of. Owned by the arena. ERR_FAILED when the night was not judged.
const Digest *digest_read(Run *run, Arena *arena, Err *err);

// Its part about the nights before: courses of incidents, states and ends of claims, fates of cases, freshness of feeds.
bool digest_past(Run *run, Arena *arena, Digest *digest, Err *err);

#endif
