/*
 * judge.h - one shipment, as a night sees it: normalised, judged, inspected. What detect does to thousands and explain
 * shows for one.
 */
#ifndef JOBS_DETECT_JUDGE_H
#define JOBS_DETECT_JUDGE_H

#include "detectors/baseline/baseline.h"
#include "detectors/detector.h"
#include "detectors/incidents/incidents.h"
#include "detectors/judgement/recalibration.h"
#include "jobs/run/run.h"

// What a night judges with; prepared once.
typedef struct Bench
{
    const Job *job;
    const Rulebook *rulebook;
    const Learned *learned;  // what the baselines were fitted to
    const Baselines *baselines;
    Night night;
    Money contact;                       // cost of one contact, in the merchant's currency
    const Recalibration *recalibration;  // NULL leaves what the baselines say as it is
    const Incident *incidents;           // of the night; none unless somebody sets them
    size_t incident_count;
} Bench;

// Fit baselines from what was learned, to judge at as_of. learned and rulebook must outlive the bench. It does not
// recalibrate until somebody gives it a recalibration.
bool bench_make(const Job *job, const Rulebook *rulebook, const Learned *learned, Instant as_of,
    Arena *arena, Bench *out, Err *err);

// The same from what the database has learned by the job's as-of, recalibrated by the outcomes known by then. Fitted once in the
// life of the rulebook while the database says the same; the baselines are owned by the job's arena. learned_as_of (may be NULL)
// receives the date of that knowledge. False when nothing was learned.
bool bench_prepare(const Job *job, const Rulebook *rulebook, Db *db, Arena *arena, Bench *out,
    Instant *learned_as_of, Err *err);

typedef struct Verdict
{
    History history;
    bool open, excluded;    // excluded: an untracked service
    Judgement judgement;    // after recalibration; of one that has ended no more than its last scan
    double p_late, p_lost;  // as the baselines said; NAN for one that has ended
    const Signal *signals;
    size_t signal_count;
    const Incident *incident;  // the bench's, that says most about its silence; NULL when none does
} Verdict;

// Give the shipment its carrier's settled name and its scans their meaning and order, in place (scans is where
// shipment->scans points, writable).
void bench_normalise(const Bench *bench, Shipment *shipment, Scan *scans);

// Whether its service is one that the settings leave out.
bool bench_excludes(const Bench *bench, const Shipment *shipment);

// Normalise the shipment and judge it. Texts are owned by the arena.
Verdict bench_judge(const Bench *bench, Shipment *shipment, Scan *scans, Arena *arena);

// What it costs if nobody acts, for a shipment with signals; texts are copied into the arena.
Finding
bench_finding(const Bench *bench, const Shipment *shipment, const Verdict *verdict, Arena *arena);

#endif
