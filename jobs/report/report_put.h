/*
 * report_put.h - the files of a night's folder, one at a time.
 */
#ifndef JOBS_REPORT_REPORT_PUT_H
#define JOBS_REPORT_REPORT_PUT_H

#include "core/file.h"

// Make the file of that name in a folder, which exists; it appears whole or not at all. An empty folder makes it and writes it
// nowhere, as a dry run does.
bool report_put(const char *folder, const char *name, FileMaker *make, void *data, Err *err);

// The same of bytes that are made already.
bool
report_put_bytes(const char *folder, const char *name, const char *bytes, size_t length, Err *err);

#endif
