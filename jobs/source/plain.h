/*
 * plain.h - reaching the plain tables: init makes them, import and simulate fill them.
 */
#ifndef JOBS_SOURCE_PLAIN_H
#define JOBS_SOURCE_PLAIN_H

#include "jobs/frame/job.h"
#include "sql/plain_tables.h"

// Connect to the database of the source with the plain tables' schema first in the search path. NULL with ERR_CONFIG
// when the settings name other relations than plain tables. Closed with the job's arena.
Db *plain_connect(Job *job, Err *err);

#endif
