/*
 * trust.h - what the outcomes of the last nights teach: how true their statements were, and how to correct tonight's.
 */
#ifndef JOBS_DETECT_TRUST_H
#define JOBS_DETECT_TRUST_H

#include "detectors/judgement/recalibration.h"
#include "sql/db.h"

// Outcomes that came due in so many days up to the night are looked back over: recent enough to follow incidents, enough
// for a carrier of some size.
#define TRUST_DAYS 28

// The correction that outcomes known by as_of ask for. Owned by the arena.
bool trust_recalibration(Db *db, Arena *arena, Instant as_of, const Recalibration **out, Err *err);

// How true the nights were, by outcomes known by as_of.
bool trust_report(Db *db, Instant as_of, int32_t horizon_days, TrustReport *out, Err *err);

#endif
