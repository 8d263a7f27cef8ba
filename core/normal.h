/*
 * normal.h - what is normal at one milestone of a carrier, a service or a lane, as plain data for those who show it.
 */
#ifndef CORE_NORMAL_H
#define CORE_NORMAL_H

#include "core/cohort.h"

#include <stdbool.h>

// The groups that an answer rests on, from all to one lane.
typedef enum NormalLevel
{
    NORMAL_EVERYBODY,
    NORMAL_CARRIER,
    NORMAL_SERVICE,
    NORMAL_LANE,
    NORMAL_LEVELS,
} NormalLevel;

// One of them.
typedef struct NormalGround
{
    NormalLevel level;
    const char
        *name;  // "all carriers", "correios", "correios / standard", "correios / standard / SP>BA"
    double events;  // gaps that closed there; older ones count less
    double
        share;  // of the answer that rests on its own counts, 0..1; those of all levels add up to 1
} NormalGround;

// By when a share of all parcels has moved on.
typedef struct NormalQuantile
{
    double moved;  // .1, .5, .9, .99
    double hours;  // operating hours since the scan; NAN where that share never moves
    double
        calendar_hours;  // by the clock on the wall, for a wait that begins at the example; NAN likewise
} NormalQuantile;

#define NORMAL_QUANTILES 4

// A point of the curve, with 95 % limits.
typedef struct NormalPoint
{
    double hours;  // operating hours since the scan
    double moved, low, high;
} NormalPoint;

#define NORMAL_DAY_CLASSES 4  // working day, Saturday, Sunday, holiday

// How a lane departs from its service.
typedef enum LaneWay
{
    LANE_AS_SERVICE,  // not at all
    LANE_FACTOR,      // a factor on its hazards
    LANE_STRETCH,     // a stretch of time, and a factor on what that leaves
    LANE_CLASS,       // the curve of a class of lanes, and a factor on that
    LANE_WAYS,
} LaneWay;

// What was chosen at a measure and milestone by the log score of gaps left out, in nats a gap over doing without.
typedef struct NormalChoices
{
    bool by_clock;      // the clock of operating time of this carrier; else plain hours
    double clock_gain;  // NAN where no gap tells
    double start_gain;  // of start phases over none; see Normal.by_start
    LaneWay lane_way;   // of all lanes
    double lane_gain;
} NormalChoices;

typedef struct Normal
{
    Measure measure;
    Milestone milestone;
    NormalLevel level;      // the narrowest group of the names given that exists
    const char *name;       // and its name
    const char *abstained;  // why nothing can be told; "" otherwise: then all below is known

    NormalGround grounds[NORMAL_LEVELS];  // from all carriers down to `level`
    size_t ground_count;

    NormalQuantile quantiles[NORMAL_QUANTILES];
    Instant example;  // a Monday 10:00 there, in a week without holidays
    double never;     // share that never moves again
    const NormalPoint *curve;
    size_t curve_count;

    double rates[NORMAL_DAY_CLASSES];  // operating hours in an hour of each class of day
    double factor;                     // the lane's, on the service's hazards; 1 for none
    double stretch;                    // and on time
    bool own_curve;                    // a busy lane with a curve of its own
    bool by_start;  // it matters on which day and hour a wait begins; only calendar_hours heed it
    NormalChoices choices;
    double tempo;  // factor on hazards in the last COHORT_RECENT_DAYS, not in the curve; 1 as usual
} Normal;

// Several of them, with the age of the knowledge.
typedef struct NormalReport
{
    const char *merchant, *carrier, *service, *lane;  // as asked; service and lane "" for none
    Instant as_of, learned_as_of;
    Day first_day, last_day;  // on which the carrier's gaps behind it began; DAY_NONE when none
    int64_t gaps;             // the carrier's
    double half_life_days;
    double age_days;  // mean age of the carrier's gaps, each by what it still counts; NAN when none
    const Normal *items;
    size_t count;
} NormalReport;

#endif
