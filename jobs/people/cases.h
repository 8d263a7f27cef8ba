/*
 * cases.h - what the actions of `vigie cases` share.
 */
#ifndef JOBS_PEOPLE_CASES_H
#define JOBS_PEOPLE_CASES_H

#include "jobs/frame/job.h"
#include "sql/cases.h"

// The one case that each word means, in the order of the words; a number wins over a tracking number. ERR_CONFIG names
// a word that means none, or several.
bool cases_of_words(
    Job *job, Db *db, const char *const *words, size_t count, const CaseRecord **records, Err *err);

// Acknowledge, snooze, dismiss or resolve the cases that the job's arguments name, all or none of them, and print what
// changed.
bool cases_change(Job *job, CaseEvent action, Err *err);

#endif
