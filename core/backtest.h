/*
 * backtest.h - nights replayed with only what was known then, and what their statements were worth: the complete result
 * as plain data, for the documents that show it.
 *
 * A parcel-night is one statement about one parcel on one night. Real numbers are NAN where nothing can be told (too
 * few, all outcomes alike, not asked for); shares and probabilities are 0..1.
 */
#ifndef CORE_BACKTEST_H
#define CORE_BACKTEST_H

#include "core/forecast.h"

// What is asked of every parcel-night.
typedef enum BacktestQuestion
{
    BACKTEST_LATE,  // will it miss its promise?
    BACKTEST_LOST,  // has it moved for the last time?
    BACKTEST_QUESTIONS,
} BacktestQuestion;

// A measure with its 95 % interval, by drawing whole nights with replacement; low and high are NAN where no interval was
// made.
typedef struct BacktestNumber
{
    double value, low, high;
} BacktestNumber;

// How good the statements were. Of statements that only rank (not probabilities) just AUC, average precision and base
// rate are known.
typedef struct BacktestScores
{
    int64_t count;     // parcel-nights scored
    double weight;     // parcel-nights that they stand for
    double base_rate;  // share of those that came true
    double stated;     // mean probability
    BacktestNumber brier, log_loss, auc, average_precision, ece;
    double brier_skill;       // against stating the base rate
    double service_skill;     // against stating the base rate of its carrier and service
    double slope, intercept;  // of the logistic calibration line; 1 and 0 are perfect
} BacktestScores;

// One bar of a reliability diagram; empty bars are there, with a count of 0 and NAN.
typedef struct BacktestBin
{
    double from, to;  // stated probability; the last bin includes its end
    int64_t count;
    double stated, happened;  // mean of both
    double low, high;         // 95 % interval (Wilson) of happened
} BacktestBin;

// ROC: x false positive rate, y true positive rate. Precision-recall: x recall, y precision.
typedef struct BacktestPoint
{
    double x, y, threshold;
} BacktestPoint;

typedef struct BacktestCurve
{
    const BacktestPoint *points;
    size_t count;
} BacktestCurve;

// What one method said about all parcel-nights of a question.
typedef struct BacktestMethod
{
    const char *name;     // for machines: "stated", "raw", "silence", "age", "delivered_only"
    const char *label;    // for people: "silent for N days"
    bool is_probability;  // else a number of days that only ranks
    BacktestScores scores;
    BacktestScores
        unweighted;  // each row once, whatever its sample_weight; when the report is_weighted
    double precision_at_list;  // of its first k each night, k being the length of Vigie's list
    double precision_at_100;   // of its first 100 each night (fewer when there are fewer)
    const BacktestBin *bins;   // 20 equal ones; NULL when it is no probability
    size_t bin_count;
    BacktestCurve roc, precision_recall;
} BacktestMethod;

// A list that was shown, or that a rule would have shown, pooled over the nights.
typedef struct BacktestList
{
    const char *name;          // for machines: "cases", "fdr_10", "silence_7", "age_20"
    const char *label;         // for people: "silent over 7 days"
    bool is_rule;              // a rule that people use, not Vigie's
    int64_t listed;            // parcel-nights on it whose outcome is known
    double precision;          // share of them that came true
    double recall;             // share of all that came true which is on it
    double average_precision;  // of a score that knows nothing but whether it is listed
    double weighted_precision, weighted_average_precision;  // the same by sample_weight
    double alarms_per_1000;                                 // listed, per 1,000 parcel-nights
    double false_stated;            // share of false ones as it was stated; NAN for rules
    BacktestNumber false_happened;  // as it turned out
    double vigie_precision;         // of Vigie's most probable ones, as many each night
} BacktestList;

// The parcel-nights of one carrier or one milestone.
typedef struct BacktestGroup
{
    const char *name;   // "colissimo"; "out_for_delivery"
    const char *label;  // "colissimo"; "out for delivery"
    BacktestScores stated, raw;
    const BacktestBin *bins;  // 10 equal ones, of what was stated
    size_t bin_count;
} BacktestGroup;

typedef struct BacktestGroups
{
    const BacktestGroup *items;  // those with enough parcel-nights, most parcel-nights first
    size_t count;
    int64_t left_out;  // groups with too few
} BacktestGroups;

// All about one question.
typedef struct BacktestAnswer
{
    const char *name;        // for machines: "late", "lost"
    const char *population;  // which parcel-nights are scored, in words
    const char *truth;       // what counts as true, in words
    const BacktestMethod
        *methods;  // [0] as people were told; [1] before recalibration; then the rules' rankings
    size_t method_count;
    const BacktestList
        *lists;  // [0] the cases of the nights; then others of Vigie's; then the rules'
    size_t list_count;
    BacktestGroups carriers, milestones;
    int64_t parcels;      // behind the scored parcel-nights
    int64_t not_matured;  // parcel-nights of the population whose outcome is not known yet
    int64_t abstained;    // parcel-nights of the population of which nothing was stated
} BacktestAnswer;

#define BACKTEST_LEAD_DAYS 15

// How long before their promise parcels that came late were first listed as at risk.
typedef struct BacktestLead
{
    int64_t late;    // parcels that came late, judged at least once with the promise ahead
    int64_t warned;  // of those, listed as at risk before the promise
    double low, median, high;  // hours before the promise: quartiles over the warned ones
    int64_t
        days[BACKTEST_LEAD_DAYS];  // warned ones by whole days ahead; the last one holds all beyond
} BacktestLead;

// Was silence as rare as it was said to be, among parcels that were not lost? A night's snapshot of what is open holds long waits too often (waiting is
// what keeps a parcel in it), so ratios of 2 to 4 are normal; they should not grow.
typedef struct BacktestSilence
{
    double nominal;  // .1, .01, .001
    double share;    // of parcel-nights whose p-value of the silence was below
    double ratio;    // share / nominal
} BacktestSilence;

#define BACKTEST_SILENCES 3

// A parcel that was judged on some night.
typedef struct BacktestParcel
{
    const char *id, *carrier, *service;
    Instant promised_at;  // INSTANT_NONE when nothing was promised
    Outcome outcome;
    Instant moved_at;  // last physical scan before its time was up; INSTANT_NONE for none
    double weight;     // how many parcels it stands for
} BacktestParcel;

// One parcel-night, kept small: there are millions.
typedef struct BacktestRow
{
    double p_late, p_lost;                // as the baselines say; NAN without one
    double p_late_stated, p_lost_stated;  // after recalibration: what people would have been told
    float silence_hours;
    float age_hours;                // since acceptance; NAN before it
    float silence_p;                // p-value of the silence
    float rule_late;                // P(late) by delivered-only quantiles; NAN when it is not asked
    uint32_t parcel;                // index into parcels
    uint16_t night;                 // index into nights
    uint8_t milestone, kind;        // Milestone, CaseKind of the leading signal
    bool carried;                   // a carrier had it by then
    bool told[BACKTEST_QUESTIONS];  // its outcome was still open that night
    bool asked[BACKTEST_QUESTIONS];  // and it belongs to the population that is scored
} BacktestRow;

typedef struct BacktestNight
{
    Instant as_of;
    Day day;
    int64_t judged, abstained;  // open parcels
    int64_t cases[CASE_KIND_COUNT];
    double lost_false_share;  // stated: of its lost cases
    // Per question: what was scored of this night.
    struct
    {
        int64_t count;
        double stated, happened;  // mean probability, share that came true
        double brier, log_loss, auc;
        int64_t recalibrated_by;  // matured statements behind the recalibration of that night
    } of[BACKTEST_QUESTIONS];
    const BacktestRow *rows;  // by shipment id
    size_t row_count;
} BacktestNight;

typedef struct BacktestReport
{
    const char *version, *merchant, *time_zone;
    Day from, to;
    int32_t every_days;
    Instant outcomes_known_by;
    int32_t age_days;  // accepted at most so long before the night
    int32_t
        horizon_days;  // lost: not moved again, and neither presented nor over so long after acceptance
    int32_t recalibration_days;                    // nights looked back over to recalibrate
    double at_risk_probability, lost_probability;  // thresholds of the lists
    int64_t set_aside;                             // rows of the source that could not be used
    bool is_weighted;                              // some parcel stands for more or less than one
    int64_t draws;                                 // behind the intervals

    const BacktestNight *nights;
    size_t night_count;
    const BacktestParcel *parcels;
    size_t parcel_count;
    int64_t row_count;  // parcel-nights judged

    BacktestAnswer answers[BACKTEST_QUESTIONS];
    BacktestLead lead;
    BacktestSilence silence[BACKTEST_SILENCES];
} BacktestReport;

#endif
