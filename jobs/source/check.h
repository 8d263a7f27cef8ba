/*
 * check.h - what `vigie check` found out, as a list that is printed in several ways.
 */
#ifndef JOBS_SOURCE_CHECK_H
#define JOBS_SOURCE_CHECK_H

#include "config/catalogue.h"
#include "config/terms.h"
#include "jobs/frame/job.h"
#include "sql/quality.h"

// From good to bad. An error keeps a night from running; a warning makes its results doubtful.
typedef enum CheckSeverity
{
    CHECK_OK = 0,
    CHECK_NOTE,
    CHECK_WARNING,
    CHECK_ERROR,
    CHECK_SEVERITY_COUNT,
} CheckSeverity;

typedef struct CheckFinding
{
    CheckSeverity severity;
    const char *group;   // "privileges"
    const char *name;    // for machines: "future_scans"
    const char *text;    // for people
    const char *remedy;  // what to do about it; "" when there is nothing to do
} CheckFinding;

typedef struct CheckList
{
    Arena *arena;
    CheckFinding *items;
    size_t count, capacity;
} CheckList;

// Add a finding. remedy lives as long as the list; the text is formatted into its arena.
void check_add(CheckList *list, CheckSeverity severity, const char *group, const char *name,
    const char *remedy, const char *format, ...) __attribute__((format(printf, 6, 7)));

// How many findings are of a severity.
size_t check_count(const CheckList *list, CheckSeverity severity);

// Print the list as the job's format wants it.
void check_print(const Job *job, const CheckList *list);

// What the checks of the data work on.
typedef struct CheckData
{
    Job *job;
    CheckList *list;
    Source *source;
    const Catalogue *catalogue;
    QualityWindow window;
} CheckData;

// Counts, time spans, promises, carriers, oddities.
bool check_shipments(const CheckData *data, Err *err);

// What scans mean and when they occurred, carrier by carrier.
bool check_scans(const CheckData *data, Err *err);

// What claims of Vigie's own tables wait for that only people can give.
bool check_claims(const CheckData *data, Db *db, const TermsBook *terms, Err *err);

// Indexes and visibility maps of the source's relations.
bool check_tables(const CheckData *data, Err *err);

// Add that the source may not be read, in words.
void check_unreadable(CheckList *list, const char *text);

// "12.3 %" of a count; "<0.1 %" when it is little but something. Owned by the arena.
const char *check_share(Arena *arena, int64_t part, int64_t whole);

#endif
