/*
 * replay.h - nights of the past, each judged with what was known then and nothing else.
 *
 * A night learns as `learn` does, recalibrates by the statements that had matured by then, judges every parcel that was
 * on its way as `detect` does, and keeps one row of 64 bytes for each. Everything else of a night is let go before the
 * next one begins.
 */
#ifndef JOBS_PROOF_REPLAY_H
#define JOBS_PROOF_REPLAY_H

#include "core/backtest.h"
#include "jobs/detect/judge.h"
#include "jobs/proof/parcels.h"

// A night is recalibrated by what came due in the TRUST_DAYS before it (less the grace), as every night is, or in the time
// of so many replayed nights where --every is longer than a week. What counts is the day on which a statement's time was
// up, not the night that made it, so that quick and slow promises count alike.
#define RECALIBRATION_NIGHTS 4

typedef struct ReplayPlan
{
    Day from, to;
    int32_t every_days;
    int32_t age_days;  // scored: accepted at most so long before the night
} ReplayPlan;

typedef struct Replay
{
    Run *run;
    Db *db;  // of the source
    Source *source;
    ReplayPlan plan;
    Arena *arena;
    Parcels parcels;
    BacktestNight *nights;
    Instant (*latest_due)[BACKTEST_QUESTIONS];  // per night: when its last statement matures
    size_t night_count;
    Delivered *delivered;
    Instant delivered_until;  // shipments created by then were looked at
    int64_t set_aside;        // of the night that had most
} Replay;

// Days that a recalibration looks back over.
int32_t replay_recalibration_days(const ReplayPlan *plan);

// Days from acceptance after which a parcel that never arrived counts as lost.
int32_t replay_horizon_days(const Replay *replay);

// Replay all nights of the plan. run and the arena must outlive the result.
bool replay_nights(Run *run, const ReplayPlan *plan, Arena *arena, Replay *out, Err *err);

#endif
