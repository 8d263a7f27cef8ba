/*
 * alert_deliver.h - delivering as part of a run, and by itself.
 */
#ifndef JOBS_OUTBOX_ALERT_DELIVER_H
#define JOBS_OUTBOX_ALERT_DELIVER_H

#include "jobs/outbox/deliver.h"
#include "jobs/run/run.h"

// Deliver what is due through the channels of the settings. *out says what became of it, with the job's arena.
bool alert_deliver_due(Job *job, Db *db, DeliveryReport *out, Err *err);

// The same as a part of a run: counted in its record, exit code 3 and the reason when something is left.
bool alert_deliver(Run *run, Err *err);

// Tell whoever wants to hear of it that the run failed, as far as there still is a database to keep the message and a way to send
// it; before the run's end is recorded. What goes wrong here is for the log: there is a failure to report already.
void alert_failure(Run *run, const Err *failure);

#endif
