/*
 * judge.h - a parcel at its place in the tree, and the curves that hold there; shared by judge.c and range.c.
 */
#ifndef DETECTORS_JUDGEMENT_JUDGE_H
#define DETECTORS_JUDGEMENT_JUDGE_H

#include "detectors/baseline/days.h"
#include "detectors/baseline/tree.h"
#include "detectors/journey/history.h"

typedef struct Place
{
    const Baselines *baselines;
    const Shipment *shipment;
    Instant as_of;
    History history;
    Milestone milestone;  // of the last physical scan; ANNOUNCED when there was none
    Stage stage;
    Instant since;  // its instant, not after as_of
    const char *where;
    const Group *group;
    const Lane *lane;  // NULL when the lane is new
    const Pace *pace;  // NULL when nothing is known of the carrier's last days
    OperatingStamp from, now;
    bool promised;
    OperatingStamp promise;  // where the shipment has one
    double hidden;           // P(a mover has moved on, and nobody knows yet)
} Place;

// What its curve is chosen by of a wait that starts at a stamp.
typedef struct Start
{
    int phase;  // see stats/phase.h
    int slack;  // part by stats/slack.h; -1 where nothing was promised
} Start;

// The start of a wait of the parcel.
static inline Start
start_of(const Place *place, const OperatingStamp *at)
{
    return (Start){
        .phase = at->phase, .slack = place->promised ? slack_part(at, &place->promise) : -1};
}

// What bends hazards by coarse bin: a ratio, NULL for none, and a factor on it all.
typedef struct Bend
{
    const float *ratio;
    double scalar;
} Bend;

// The curve of a parcel at a stage.
typedef struct Curve
{
    const double
        *cumulative;  // hazard of movers at the edges of the bins; NULL where the start tells which
    double share;     // of those that never move again
    const double *rates;  // of the clock it runs on
    double tempo;         // factor on hazards: the last days'
    Bend bend;            // and what lane and service change
    double stretch;       // factor on time

    // Where the start of the wait matters: what it chooses from.
    const PhaseCurves *phases;  // NULL where it does not
    const float *const *
        slacks;  // by slack and phase, as a group has them; not bent, as the promise knows the lane
    Start start;
} Curve;

// The stage that is told of at a stage: a later scan in transit of which too little is known is like the first one.
Stage stage_told(const Baselines *baselines, Measure measure, Stage stage);

// For a wait that starts then. False when there is too little history at the stage over all carriers.
bool curve_of(
    const Place *place, Measure measure, Stage stage, const OperatingStamp *start, Curve *curve);

// The same curve, of that place and stage, whenever a wait starts: bent by the lane alone.
void curve_forget_start(const Place *place, Measure measure, Stage stage, Curve *curve);

// Cumulative hazard of movers after so many operating hours, and its inverse (INFINITY when never reached).
double curve_hazard(const Curve *curve, double hours);
double curve_inverse(const Curve *curve, double hazard);

// The share of movers that wait longer than so many operating hours.
double curve_left(const Curve *curve, double hours);

// A curve as waits from one start see it: a factor on hazards at the edges of the bins, in double or in single precision. Where
// start phases are used, what was promised tells more than the lane, which else bends them by coarse bin.
typedef struct CurveRow
{
    const double *wide;          // or NULL
    const float *narrow;         // or NULL
    const float *rises, *ratio;  // NULL where nothing is bent
    double factor;
} CurveRow;

static inline CurveRow
curve_row(const Curve *curve, Start start)
{
    const double factor = curve->tempo * curve->bend.scalar;
    const float *const slack =
        curve->slacks && start.slack >= 0 ? curve->slacks[start.slack] : NULL;

    if (curve->cumulative)
        return (CurveRow){.wide = curve->cumulative, .factor = factor};
    if (slack)
        return (CurveRow){.narrow = slack, .factor = curve->tempo};
    return (CurveRow){.narrow = curve->phases->cumulative[start.phase],
        .rises = curve->phases->rises[start.phase],
        .ratio = curve->bend.ratio,
        .factor = factor};
}

// Cumulative hazard there, of a row that is bent.
double row_bent_hazard(const CurveRow *row, BinSpot spot);

// The same of any row. Asked a hundred times of a parcel.
static inline double
row_hazard(const CurveRow *row, BinSpot spot)
{
    if (row->wide)
        return row->factor * bin_value(row->wide, spot);
    if (!row->ratio)
        return row->factor * (double)bin_value_single(row->narrow, spot);
    return row_bent_hazard(row, spot);
}

// P(a mover has moved on from where the parcel was last seen, or was presented, and nobody knows yet). curve: of the measure,
// as the wait that began with its last scan is told by it; waiting: P(a mover still waits) by it, now.
double hidden_movers(const Place *place, Measure measure, const Curve *curve, double waiting);

// P(not presented by the promise), which lies ahead. NAN when too little is known of what comes next.
double range_p_late(const Place *place, const Curve *move);

// 10 % and 90 % of first presentation, for one that still moves; both INSTANT_NONE when that cannot be told.
void range_expected(const Place *place, const Curve *move, Instant *low, Instant *high);

#endif
