/*
 * baseline.h - what is normal for a segment: hazards on fixed bins, shrunk to their parents, split into parcels
 * that move on and parcels that never will, with one scalar per lane (statistics 2 and 3).
 */
#ifndef DETECTORS_BASELINE_BASELINE_H
#define DETECTORS_BASELINE_BASELINE_H

#include "core/case.h"
#include "core/cohort.h"
#include "core/err.h"
#include "core/shipment.h"
#include "detectors/baseline/learner.h"

typedef struct Baselines Baselines;

// Fit everything from sums. The same sums give the same baselines, to the last bit. plan supplies zone, calendar and
// parameters and must outlive the result, which the arena owns. Never fails: segments without events abstain.
const Baselines *baselines_fit(Arena *arena, const Learned *learned, const LearnPlan *plan);

// A time in which parcels around this one moved at less than their pace, so that its silence says less about it: 0 for
// a carrier whose feed is silent, .5 for a hub at half its speed.
typedef struct Slowdown
{
    Instant since;  // until as-of
    double pace;    // 0..1
} Slowdown;

// What is believed of an open shipment at as-of (which may be later than the learned one). The shipment comes
// normalised and cut at as-of. slowdown may be NULL. What baselines_describe() fills is left out, but for the typical hours of one
// that is silent for longer. Texts are owned by the arena. Never fails: it abstains, in words. What parcels have in
// common is kept in the baselines, so two threads must not judge by the same ones at once.
Judgement baselines_judge(const Baselines *baselines, const Shipment *shipment, Instant as_of,
    const Slowdown *slowdown, Arena *arena);

// Fill what costs more than the rest and is wanted of few: the judgement's segment, its typical hours and the expected range of
// first presentation. Texts are owned by the arena.
void baselines_describe(const Baselines *baselines, const Shipment *shipment, Instant as_of,
    Judgement *judgement, Arena *arena);

// Whether the next scan of a carrier's parcel at a stage is most likely one of a milestone.
bool baselines_wait_for(
    const Baselines *baselines, const char *carrier, Stage stage, Milestone milestone);

// Gaps that close in a night, over all segments; 0 when nothing was learned. Sets the stuck threshold.
double baselines_closing_a_night(const Baselines *baselines);

// One bin of what is normal for a parcel where it stands, for explain and plots.
typedef struct BaselinePoint
{
    double hours;  // operating hours since the scan
    double moved;  // share that has moved on by then; 0..1
} BaselinePoint;

// The quartiles and extremes of the gap after the shipment's last physical scan: points for 10, 50, 90, 99 % (hours are
// NAN where that share never moves). Returns how many; 0 when the data cannot tell.
size_t baselines_normal(
    const Baselines *baselines, const Shipment *shipment, Instant as_of, BaselinePoint points[4]);

#endif
