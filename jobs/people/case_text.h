/*
 * case_text.h - a case for people and for programs, shared by `vigie cases` and `vigie explain`.
 */
#ifndef JOBS_PEOPLE_CASE_TEXT_H
#define JOBS_PEOPLE_CASE_TEXT_H

#include "core/case.h"
#include "jobs/frame/screen.h"

// "Case 12: stuck, open".
void case_line_text(const Job *job, Text *out, const CaseRecord *record);

// The same with its numbers and its reason, one a line.
void case_text(const Job *job, Text *out, size_t columns, const CaseRecord *record);

// The same as data. The caller owns the results.
json_t *case_json(const Job *job, const CaseRecord *record);
json_t *case_history_json(const Job *job, const CaseHistory *items, size_t count);

#endif
