/*
 * baseline.h - the question "what is normal there?", its answer, and how it is told.
 */
#ifndef JOBS_PEOPLE_BASELINE_H
#define JOBS_PEOPLE_BASELINE_H

#include "core/normal.h"
#include "detectors/judgement/normal.h"
#include "jobs/detect/judge.h"
#include "jobs/frame/screen.h"

// What was asked; texts NULL where nothing was.
typedef struct BaselineQuestion
{
    Job *job;
    const char *carrier, *service, *lane, *origin, *destination;
    Milestone milestone;  // MILESTONE_UNMAPPED: all
    Measure measure;
} BaselineQuestion;

// Read the command line.
bool baseline_read(Job *job, BaselineQuestion *out, Err *err);

// Find carrier, service and lane among what was learned, as it is spelled there. ERR_CONFIG lists what there is.
bool baseline_settle(BaselineQuestion *question, const Bench *bench, Err *err);

// For people, as wide as so many columns.
void baseline_text(
    const BaselineQuestion *question, const NormalReport *report, Text *out, size_t columns);

// For programs: schema vigie.baseline/1; the caller owns it.
json_t *baseline_json(Arena *arena, const NormalReport *report);

#endif
