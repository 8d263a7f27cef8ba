/*
 * import_file.h - one CSV file into one plain table: all of its good rows, or nothing.
 */
#ifndef JOBS_SOURCE_IMPORT_FILE_H
#define JOBS_SOURCE_IMPORT_FILE_H

#include "jobs/source/import_asides.h"
#include "jobs/source/import_rows.h"

typedef struct ImportFile
{
    const char *path;
    PlainTable table;
    char separator;
    ImportRules rules;
    Db *plain;             // of plain_connect(); NULL only checks (a dry run)
    ImportAsides *asides;  // bad rows go there
} ImportFile;

typedef struct ImportCounts
{
    int64_t rows;   // records after the header
    int64_t aside;  // of those
    PlainCounts plain;
} ImportCounts;

// Look at the header alone. Problems are added; false with err set only when the file cannot be read at all. A file that
// cannot be read twice (a pipe) is not looked at.
bool import_file_look(const ImportFile *file, Problems *problems, Err *err);

// Read, check and load the file in one transaction. On failure the table stands as it was.
bool import_file_load(Job *job, const ImportFile *file, ImportCounts *out, Err *err);

#endif
