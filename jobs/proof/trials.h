/*
 * trials.h - the parcel-nights of one question whose outcome is known, and how a method's statements about them score.
 */
#ifndef JOBS_PROOF_TRIALS_H
#define JOBS_PROOF_TRIALS_H

#include "core/arena.h"
#include "core/backtest.h"
#include "detectors/stats/scores.h"

typedef struct Trial
{
    const BacktestRow *row;
    const BacktestParcel *parcel;
    bool happened;
} Trial;

typedef struct Trials
{
    Arena *arena;  // owns the items
    const BacktestReport *report;
    BacktestQuestion question;
    Trial *items;  // by night
    size_t count, capacity;
    size_t *first;  // of each night; one more than there are nights
    int64_t not_matured, abstained;
} Trials;

// Gather them. The report has its nights and parcels with outcomes.
Trials trials_of(const BacktestReport *report, BacktestQuestion question, Arena *arena);

// What a method says of a trial: a probability, or a score that ranks.
typedef double (*TrialMethod)(const Trials *trials, const Trial *trial);
double trial_stated(const Trials *trials, const Trial *trial);
double trial_raw(const Trials *trials, const Trial *trial);
double trial_silence_days(const Trials *trials, const Trial *trial);
double trial_age_days(const Trials *trials, const Trial *trial);
double trial_delivered_only(const Trials *trials, const Trial *trial);

// Some trials (in the order of trials) as the scores take them. chosen NULL means all. Owned by the arena.
typedef struct ScoredList
{
    const Scored *items;
    const Trial *const *trials;
    size_t count;
} ScoredList;
ScoredList trials_scored(
    const Trials *trials, const bool *chosen, TrialMethod method, bool weighted, Arena *arena);

// How many draws of nights an interval of these items may rest on: `draws`, or none where fewer than TRIAL_NIGHTS_LEAST
// nights have any, because their differences say next to nothing of other nights'.
#define TRIAL_NIGHTS_LEAST 3
size_t trial_draws(const Scored *items, size_t count, size_t draws);

// Scores, with intervals by `draws` draws of nights (0 for none).
BacktestScores
scores_summed(const Trials *trials, const ScoredList *list, bool is_probability, size_t draws);

// n equal bars. Owned by the arena.
const BacktestBin *scores_bars(const ScoredList *list, size_t n, Arena *arena);

#endif
