/*
 * explain.h - an explanation, told to people or programs.
 */
#ifndef JOBS_PEOPLE_EXPLAIN_H
#define JOBS_PEOPLE_EXPLAIN_H

#include "jobs/frame/screen.h"
#include "jobs/report/explanation.h"

// A story for people, as wide as so many columns.
void story_text(const Story *story, Text *out, size_t columns);

// One of its parts: its title, and its lines under it.
void story_part_text(Text *out, size_t columns, const StoryPart *part);

// For programs; the caller owns it.
json_t *explain_json(const Explanation *explanation);

#endif
