/*
 * forecasts.h - what every night said of every open parcel, and what became of it.
 *
 * An outcome is kept under the night that settled it, so that an older night, run again, sees nothing that was known later
 * and disturbs nothing: every question takes an as-of and uses what was settled by then.
 */
#ifndef SQL_FORECASTS_H
#define SQL_FORECASTS_H

#include "core/forecast.h"
#include "sql/db.h"

// Replace what the night of as_of said, in the caller's transaction.
bool forecasts_write(Db *db, Instant as_of, const Forecast *items, size_t count, Err *err);

// Forget what nights before an instant said, and the outcomes that came due before it.
bool forecasts_forget(Db *db, Instant before, Err *err);

// A parcel whose time is up: the promise (CASE_LATE) or so many days after acceptance (CASE_LOST).
typedef struct Due
{
    const char *shipment_id;
    CaseKind kind;   // CASE_LATE or CASE_LOST
    Instant anchor;  // the promise; the acceptance
    Instant due_at;
    bool happened;  // for outcomes_write()
} Due;

// Outcomes are settled so many days after they came due, when late scans have come in: a feed that was silent for two days
// would make late, for weeks of recalibration, what it only did not tell.
#define FORECAST_GRACE_DAYS 3

// What the night of as_of is to settle: due since the night before, each less the grace, and not settled by as_of; by
// shipment. Owned by the arena.
bool forecasts_due(Db *db, Arena *arena, Instant as_of, int32_t horizon_days, const Due **items,
    size_t *count, Err *err);

// Remember outcomes as the night of as_of knows them, in the caller's transaction.
bool outcomes_write(Db *db, Instant as_of, const Due *items, size_t count, Err *err);

// A parcel-night whose outcome is known.
typedef struct MaturedForecast
{
    const char *shipment_id, *carrier;
    Instant as_of;
    double raw, stated;  // probability: as the baselines said; as people were told
    bool happened;
} MaturedForecast;

// Those of a kind (CASE_LATE or CASE_LOST) that could be settled in the days up to as_of, by shipment and night; for very many
// parcels a sample of FORECAST_SAMPLE of them, always the same. Owned by the arena.
#define FORECAST_SAMPLE 100000
bool forecasts_matured(Db *db, Arena *arena, CaseKind kind, Instant as_of, int32_t days,
    const MaturedForecast **items, size_t *count, Err *err);

// The part of a report about the lists of lost parcels: what could be settled, or was decided by people, in the days up to as_of.
// Fills listed, listed_parcels, false_stated, false_happened, dismissed and confirmed.
bool forecasts_listed(
    Db *db, Instant as_of, int32_t days, int32_t horizon_days, TrustReport *out, Err *err);

#endif
