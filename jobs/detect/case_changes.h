/*
 * case_changes.h - what a night does to the cases.
 */
#ifndef JOBS_DETECT_CASE_CHANGES_H
#define JOBS_DETECT_CASE_CHANGES_H

#include "jobs/detect/judge.h"

// Open, confirm, worsen, ease, clear, wake and reopen cases by the night's ranked findings, in the caller's transaction,
// after the findings were written. A live case without a finding is looked up in the source: it is cleared
// when a scan explains it, and the note names the scan, or when its shipment is too old to be watched, and the note says that.
// One whose shipment has left the source stays until no night has judged it for as long. Cases that were judged at this as-of
// already stay as they are.
bool case_changes(
    Run *run, const Bench *bench, Source *source, const Finding *findings, size_t count, Err *err);

#endif
