/*
 * report_data.h - the files of a night that need nothing but its digest: night.json, cases.csv, carriers.csv, night.xlsx. They
 * are half of a large night's work, so they are made by a thread of their own while the pages wait for the database.
 */
#ifndef JOBS_REPORT_REPORT_DATA_H
#define JOBS_REPORT_REPORT_DATA_H

#include "core/file.h"
#include "reports/reports.h"

#include <pthread.h>

#define REPORT_DATA_FILES 4

typedef struct ReportData
{
    const Digest *digest;
    const Zone *zone;
    const char *language;
    const char *folder;  // exists; "" writes nothing
    pthread_t thread;
    bool started, done;
    Err err;
} ReportData;

// Begin to make them; what data refers to outlives report_data_finish(), which has to follow, and nobody changes it meanwhile.
void report_data_start(ReportData *data);

// Wait until they stand. Where no thread could be had they are made now.
bool report_data_finish(ReportData *data, Err *err);

#endif
