/*
 * metrics.h - how Vigie is doing, as a text file for Prometheus' node exporter.
 */
#ifndef JOBS_NIGHT_METRICS_H
#define JOBS_NIGHT_METRICS_H

#include "jobs/frame/job.h"
#include "sql/db.h"

// Write the file that metrics.textfile names, whole or not at all, from what the database knows; nothing when none is named.
bool metrics_write(const Job *job, Db *db, Err *err);

#endif
