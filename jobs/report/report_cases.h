/*
 * report_cases.h - the pages of single cases in a night's folder, cases/NUMBER.html.
 */
#ifndef JOBS_REPORT_REPORT_CASES_H
#define JOBS_REPORT_REPORT_CASES_H

#include "jobs/run/run.h"
#include "reports/reports.h"

// Write a page for each of the `most` costliest cases and for as many new or worse ones beyond them into folder/cases, and drop
// those of others, which an earlier run of the night may have left there; options->case_pages becomes what there is then, owned
// by the arena. A parcel that the source has no longer has no page. An empty folder makes the pages and writes none.
bool report_case_pages(Run *run, const Digest *digest, int64_t most, const char *folder,
    Arena *arena, ReportOptions *options, Err *err);

#endif
