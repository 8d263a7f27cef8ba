/*
 * scorecard.h - how carriers, services and lanes did of late, from the sums of learning: no shipment is read for it.
 *
 * A card is of the parcels accepted since a Monday: the one on or before the first of the month CARD_MONTHS before the
 * landmark, later where learning does not look back so far. Whole weeks are counted, so that what is still open cannot
 * tilt a share: promises once their week is over, losses once its last day lies the horizon behind.
 */
#ifndef DETECTORS_BASELINE_SCORECARD_H
#define DETECTORS_BASELINE_SCORECARD_H

#include "core/scorecard.h"
#include "detectors/baseline/learner.h"

#define CARD_MONTHS 3

// Lanes with fewer parcels have no card: a share of them would say nothing.
#define CARD_LANE_PARCELS 20

// The first day of the cards of a plan, a Monday.
Day card_first_day(const LearnPlan *plan);

// The cards of what was learned; claims, reasons and drifts are left empty. plan is of the same landmark. Texts are shared
// with learned; the rest is owned by the arena.
Scorecards scorecards_make(Arena *arena, const Learned *learned, const LearnPlan *plan);

#endif
