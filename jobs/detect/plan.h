/*
 * plan.h - what the settings say about learning, as detectors take it.
 */
#ifndef JOBS_DETECT_PLAN_H
#define JOBS_DETECT_PLAN_H

#include "config/calendar.h"
#include "detectors/baseline/learner.h"
#include "jobs/frame/job.h"

// Sums of nights older than this, counted from the night that was just learned, are forgotten: any night can be
// learned again, and a large merchant's sums are some 20 MB a night.
#define LEARNED_KEPT_DAYS 7

// The plan to learn by at as_of. Owned by the arena.
LearnPlan *plan_at(const Job *job, const Calendar *calendar, Instant as_of, Arena *arena);

#endif
