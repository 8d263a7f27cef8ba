/*
 * digest.h - one night as data: what reports render and alerts tell.
 */
#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H

#include "core/case.h"
#include "core/claim.h"
#include "core/forecast.h"
#include "core/incident.h"
#include "core/scorecard.h"
#include "core/settlement.h"

typedef struct KindCount
{
    int64_t tonight, opened, worse, cleared;
    int64_t cost_minor;  // expected of tonight's, in the merchant's currency
} KindCount;

// What a night counted, for comparison with others.
typedef struct NightCount
{
    Instant as_of;
    const char *folder;  // of its documents, beside those of the other nights
    int64_t judged, abstained;
    KindCount kinds[CASE_KIND_COUNT];
} NightCount;

// A reason for which source rows were set aside, and how many.
typedef struct AsideCount
{
    const char *step, *reason;
    int64_t count;
} AsideCount;

// A code without a meaning, counted in scans; or, with an empty code, a carrier unknown to the catalogue, in shipments.
typedef struct UnmappedCode
{
    const char *carrier, *code, *example;
    int64_t count;
} UnmappedCode;

typedef struct CarrierClaims
{
    const char *carrier, *bordereau;  // file name
    int64_t count;
    Money total;
} CarrierClaims;

// One job's execution for one logical date, as the runs table keeps it.
typedef struct RunRecord
{
    int64_t number;
    const char *job, *state, *version, *settings_sha256, *counts_json, *error;
    Instant as_of, started_at,
        ended_at;   // the latter two are wall clock; ended_at INSTANT_NONE while running
    int exit_code;  // -1 while running
    int64_t set_aside;
    const char *key;  // what the scheduler calls it; "" when it did not say
} RunRecord;

// A night of the group of an incident, or for a drift a day of its carrier's promises: what was observed and expected.
typedef struct CoursePoint
{
    Day day;
    double observed, expected;
} CoursePoint;

typedef struct Course
{
    const CoursePoint *points;  // oldest first
    size_t count;
} Course;

// Claims in a state, with what they are worth and what settlements brought, in one currency ("" for none).
typedef struct ClaimStateCount
{
    ClaimState state;
    int64_t count;
    Money payable, credited;
} ClaimStateCount;

// Why claims ended without money, and how many.
typedef struct ClaimEnd
{
    ClaimState state;
    const char *reason;
    int64_t count;
} ClaimEnd;

// What became of the cases of a kind that were opened in the last days; those left over are still open.
typedef struct CaseFate
{
    CaseKind kind;
    int64_t opened, cleared, dismissed, confirmed;
} CaseFate;

typedef struct Digest
{
    Instant as_of;
    Day day;  // the logical date
    const char *merchant, *time_zone, *currency;
    int64_t judged;     // open shipments judged
    int64_t abstained;  // of those, where the data could not tell
    int64_t promises
        [PROMISE_ORIGIN_COUNT];  // the judged, by who says when they are due; all 0 where an old night did not say
    double
        lost_false_share;  // expected share of false ones among tonight's lost cases; NAN without any
    double
        stuck_false_expected;  // false alarms to expect among newly stuck: alpha x gaps closing a night
    KindCount kinds[CASE_KIND_COUNT];
    const CaseRecord *cases;  // live ones, ranked; snoozed ones are last
    size_t case_count;
    const Claim *claims;  // opened or still to be filed, by deadline, then amount
    size_t claim_count;
    const CarrierClaims *bordereaux;
    size_t bordereau_count;
    const AsideCount *set_aside;
    size_t set_aside_count;
    const UnmappedCode *unmapped;
    size_t unmapped_count;
    Instant data_first, data_last;  // span of gap starts learned from; INSTANT_NONE when none
    int64_t learned_gaps;
    const Incident *incidents;  // open ones, gravest first, then those that closed tonight
    size_t incident_count;
    TrustReport trust;         // of the last nights
    Scorecards cards;          // how carriers did of late
    const NightCount *nights;  // that have a report, and this one; oldest first
    size_t night_count;
    const Course *courses;  // of the incidents, in their order; NULL when they were not read
    const Flow *carriers;   // what each did tonight, by name
    size_t carrier_count;
    const ClaimStateCount *claim_states;
    size_t claim_state_count;
    const ClaimEnd *claim_ends;  // most frequent first
    size_t claim_end_count;
    const Underpaid *underpaid;  // by carrier, what is missing most first
    size_t underpaid_count;
    const CaseFate *fates;  // of the last 28 days
    size_t fate_count;
} Digest;

#endif
