/*
 * answers.h - what the nights of a backtest were worth: methods, lists, groups, nights, lead times.
 */
#ifndef JOBS_PROOF_ANSWERS_H
#define JOBS_PROOF_ANSWERS_H

#include "core/arena.h"
#include "core/backtest.h"
#include "jobs/proof/trials.h"

#define ANSWER_DRAWS       200  // of nights, behind each interval
#define ANSWER_GROUP_LEAST 200  // parcel-nights in a group that is shown

// Fill answers, lead, silence and the scores of each night from the nights and parcels that the report holds. Owned by
// the arena.
void answers_fill(BacktestReport *report, BacktestNight *nights, Arena *arena);

// The lists of a question: the nights' cases first, then others of Vigie's, then the rules'. Owned by the arena.
const BacktestList *answer_lists(const Trials *trials, Arena *arena, size_t *count);

// Which trials were on the nights' own lists. Owned by the arena.
const bool *answer_listed(const Trials *trials, Arena *arena);

// Precision of a method's most probable trials, as many on each night as `listed` marks (NULL: 100, or all when there are
// fewer), over all nights.
double answer_precision(const Trials *trials, TrialMethod method, const bool *listed);

// Scores by carrier and by milestone. Owned by the arena.
void answer_groups(const Trials *trials, Arena *arena, BacktestAnswer *answer);

#endif
