/*
 * migrate.h - what init and migrate say of migrations.
 */
#ifndef JOBS_SOURCE_MIGRATE_H
#define JOBS_SOURCE_MIGRATE_H

#include "jobs/frame/job.h"
#include "sql/migrate.h"

// Print what the newest migrations found in each table and left there; nothing of tables that were empty.
bool migrate_print_rows(const Job *job, Db *db, int64_t newest, Err *err);

#endif
