/*
 * matured.h - what a night of a backtest could learn from its own past statements.
 */
#ifndef JOBS_PROOF_MATURED_H
#define JOBS_PROOF_MATURED_H

#include "jobs/proof/replay.h"

// When the statements of a parcel-night mature, per question; INSTANT_NONE when they never do.
Instant matured_due(const Replay *replay, const BacktestRow *row, BacktestQuestion question);

// A recalibration by the statements of earlier nights whose time was up in the days before as_of, less the grace that every
// night gives (sql/forecasts.h), against their outcomes as they were known at as_of. Owned by the arena.
const Recalibration *matured_fit(const Replay *replay, Instant as_of, Arena *arena);

#endif
