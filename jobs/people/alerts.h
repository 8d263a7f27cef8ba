/*
 * alerts.h - messages as people and programs read them.
 */
#ifndef JOBS_PEOPLE_ALERTS_H
#define JOBS_PEOPLE_ALERTS_H

#include "jobs/frame/job.h"
#include "sql/outbox.h"

// A line for each message (JSON: an array).
void alerts_print_list(const Job *job, const OutboxMessage *items, size_t count);

// One message with its words (JSON: an object).
void alerts_print_message(const Job *job, const OutboxMessage *message);

#endif
