/*
 * report_files.h - the pages of a night's report: each appears whole or not at all, night.html last of its folder, so that it
 * never leads to a page that is not there yet.
 */
#ifndef JOBS_REPORT_REPORT_FILES_H
#define JOBS_REPORT_REPORT_FILES_H

#include "jobs/run/run.h"
#include "reports/reports.h"

// Write the pages of a night into its folder, which exists, but those of single cases, and drop further pages that an earlier run needed more of. The night before and the
// index learn of this night. *files receives how many were written.
bool report_write(
    Run *run, const Digest *digest, const ReportOptions *options, int64_t *files, Err *err);

// Make every page and write none, as a dry run does.
bool report_try(const Digest *digest, const ReportOptions *options, Err *err);

#endif
