/*
 * import_asides.h - where the bad rows of an import go: all are counted, recorded under the run and written to the
 * file of --rejects; the first few are shown. Memory does not grow with their number.
 */
#ifndef JOBS_SOURCE_IMPORT_ASIDES_H
#define JOBS_SOURCE_IMPORT_ASIDES_H

#include "jobs/run/run.h"

typedef struct ImportAsides ImportAsides;

// rejects NULL writes no file; it appears under its name when all is written. Owned by the job's arena. NULL with
// ERR_FAILED when the file cannot be made.
ImportAsides *import_asides_begin(Run *run, const char *rejects, Err *err);

// A row of a file that cannot be used. Texts are copied.
bool import_asides_add(ImportAsides *asides, const char *file, int64_t line, const char *key,
    const char *reason, const char *detail, Err *err);

// Put the file in place.
bool import_asides_end(ImportAsides *asides, Err *err);

#endif
