/*
 * alert_queue.h - what a night found worth a message goes into the outbox.
 */
#ifndef JOBS_OUTBOX_ALERT_QUEUE_H
#define JOBS_OUTBOX_ALERT_QUEUE_H

#include "alerts/happening.h"
#include "jobs/run/run.h"

// What messages of the run's night are made with. Owned by the arena.
AlertDesk alert_desk(const Job *job, const Letters *letters, Arena *arena);

// Queue what the rules make of the night's cases and incidents. Called in the transaction that changed them, so that a message
// is queued if and only if the change stands. Nothing where the date is too old to notify anybody.
bool alert_queue_night(Run *run, Source *source, const Finding *findings, size_t count, Err *err);

// Queue what they make of claims that are due.
bool alert_queue_due(Run *run, const Digest *digest, Err *err);

// Queue what they make of a run that failed.
bool alert_queue_failure(Run *run, const Err *failure, Err *err);

// Put composed messages into the outbox; *queued counts the new ones.
bool alert_queue_all(const Run *run, const ComposedList *list, int64_t *queued, Err *err);

#endif
