/*
 * forecast.h - what a night said of an open parcel, what became of it, and how true such statements were.
 */
#ifndef CORE_FORECAST_H
#define CORE_FORECAST_H

#include "core/case.h"

// One parcel-night. Probabilities are NAN where the data could not tell, or there was nothing left to tell.
typedef struct Forecast
{
    Instant as_of;
    const char *shipment_id, *carrier, *service, *destination;
    Milestone milestone;  // of the last physical scan; ANNOUNCED when there was none
    CaseKind kind;        // of the leading signal; CASE_NONE when there was none
    Instant accepted_at;  // first physical scan; INSTANT_NONE when there was none
    Instant promised_at;  // INSTANT_NONE when nothing was promised
    double silence_hours;
    double
        p_late;  // P(not presented by the promise), the promise being ahead: as the baselines say
    double p_lost;                        // P(never moves again): as the baselines say
    double p_late_stated, p_lost_stated;  // the same after recalibration: what people were told
    double p_listed;  // by which it stood on the list of lost parcels; NAN when it did not
} Forecast;

// What became of it, as far as known.
typedef enum Fate
{
    FATE_UNKNOWN = 0,  // not matured, or nothing to mature
    FATE_NO,
    FATE_YES,
} Fate;

typedef struct Outcome
{
    Fate late;  // not presented by the promise
    Fate
        lost;  // neither presented nor otherwise over, so many days after acceptance: it never arrived
} Outcome;

// What a night's P(lost) is held against: whether the parcel never moved again before its time was up (moved_at: its last
// physical scan until then, INSTANT_NONE for none). One that moved on after the night and never arrived was lost later.
Fate fate_lost_on(Fate lost, Instant moved_at, Instant night);

// Promises of a carrier that ended on a civil day, and how many of them it kept by presenting the parcel in time. Parcels
// that it never had, or had only after the promise, do not count. leads says how early they came: [0] five working days
// (Monday to Friday, no holiday) or more before the promised day, then a working day less each, [PROMISE_ON_THE_DAY] and
// [PROMISE_MISSED]; only of those on whose way was no public holiday but on a Sunday, and all 0 where that was not counted.
// first_leads says the same as it was known when the day had just ended. Of a day that is no older nothing else is known:
// promised, kept and leads are 0.
enum
{
    PROMISE_ON_THE_DAY = 5,
    PROMISE_MISSED,
    PROMISE_LEADS,
};
typedef struct PromiseDay
{
    const char *carrier;
    Day day;
    int64_t promised, kept;
    int64_t leads[PROMISE_LEADS], first_leads[PROMISE_LEADS];
} PromiseDay;

// Statements whose probability falls into one of TRUST_BINS equal bins of 0..1.
#define TRUST_BINS 10
typedef struct TrustBin
{
    int64_t count;
    double stated, happened;  // mean probability, share that came true; NAN when there are none
    double low, high;         // 95 % interval of the latter
} TrustBin;

// Statements against outcomes. Real numbers are NAN where nothing had matured.
typedef struct Trust
{
    int64_t nights;   // that had matured parcel-nights
    int64_t parcels;  // they were about
    int64_t count;    // of them
    double stated;    // mean stated probability
    double happened;  // share that came true
    double ece;       // expected calibration error, 20 equal bins
    double log_loss, auc;
    TrustBin bins[TRUST_BINS];
} Trust;

// How true the last nights were, for the night's report.
typedef struct TrustReport
{
    int64_t days;  // looked back over, for what came due
    Trust late, lost;
    int64_t listed;          // entries of the nights' lists of lost parcels whose outcome is known
    int64_t listed_parcels;  // they were about
    double false_stated, false_happened;  // share of false entries: as stated, as it turned out
    int64_t dismissed,
        confirmed;  // of those parcels, by people: dismissed; acknowledged or resolved
} TrustReport;

#endif
