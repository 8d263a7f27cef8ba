/*
 * scorecard.h - how a carrier, one of its services or one of its lanes did of late, as data: what reports show.
 */
#ifndef CORE_SCORECARD_H
#define CORE_SCORECARD_H

#include "core/case.h"

// What a scorecard is of.
typedef enum ScoreLevel
{
    SCORE_CARRIER,
    SCORE_SERVICE,
    SCORE_LANE,  // of a service
    SCORE_LEVEL_COUNT,
} ScoreLevel;

// "carrier", "service", "lane". False for a word that is none.
const char *score_level_name(ScoreLevel level);
bool score_level_parse(const char *name, ScoreLevel *out);

// A share with its 95 % limits; NAN all three when it is of nothing.
typedef struct ScoreShare
{
    int64_t of, count;
    double share, low, high;
} ScoreShare;

#define SCORE_QUANTILES 3

// The shares of parcels that the quantiles of transit are for: .5, .9, .95.
extern const double score_quantiles[SCORE_QUANTILES];

// The origins of promises that a carrier can be held to: stated and derived.
#define SCORE_ORIGINS (PROMISE_DERIVED + 1)

// Whether a carrier's parcels come later, against their promises, than is usual (detectors/incidents/drift.h).
typedef struct ScoreDrift
{
    bool known, on;     // whether enough days are known; whether they come later
    Day since;          // its first day; DAY_NONE when nothing speaks for a drift
    double statistic;   // 0 to the limit at which it is told
    double usual;       // share kept on the days before
    int64_t of, count;  // promises from since on, and of them kept
} ScoreDrift;

typedef struct Scorecard
{
    ScoreLevel level;
    const char *carrier, *service, *origin, *destination;  // "" beyond the level
    int64_t parcels;                                       // accepted since the first day
    int64_t presented;                                     // of them, by as-of
    // Hours from acceptance to first presentation in which so many of all parcels are there, those still on their way and
    // the lost ones counted as what they are; NAN where that share was not reached.
    double transit_hours[SCORE_QUANTILES];
    ScoreShare on_time[SCORE_ORIGINS];  // promises kept, by who made them
    ScoreShare lost;   // neither presented nor back after the horizon, or destroyed
    ScoreDrift drift;  // of a carrier
} Scorecard;

// What claims against a carrier came to, those decided since the first day and those not over, in one currency; amounts in
// minor units of it.
typedef struct CarrierClaimSums
{
    const char *carrier, *currency;
    int64_t claims, won, refused,
        pending;                       // all, paid or granted, refused, neither yet
    int64_t won_minor, refused_minor;  // credited; what was due for the refused ones
    int64_t owed_minor;  // due by the terms and not received, of those that are not over
} CarrierClaimSums;

// One of its amounts; unknown where the claims have no currency.
Money claim_sum_money(const CarrierClaimSums *sums, int64_t minor);

// Cases of a carrier of one kind.
typedef struct CarrierReason
{
    const char *carrier;
    CaseKind kind;
    int64_t opened, listed;  // since the first day; and those that the night lists
} CarrierReason;

// All scorecards of a night, by level, carrier, service and lane.
typedef struct Scorecards
{
    Instant as_of;    // the night's
    Day first_day;    // parcels accepted since; DAY_NONE when nothing is known
    Day promised_by;  // promises that ended up to this day count
    Day accepted_by;  // parcels accepted up to this day tell of losses; before first_day: none yet
    int32_t horizon_days;  // a parcel missing so long is lost
    const Scorecard *items;
    size_t count;
    const CarrierClaimSums *claims;  // by carrier and currency
    size_t claim_count;
    const CarrierReason *reasons;  // by carrier, the most frequent first
    size_t reason_count;
} Scorecards;

// The scorecard of a carrier as a whole; NULL when there is none.
const Scorecard *scorecards_carrier(const Scorecards *cards, const char *carrier);

#endif
