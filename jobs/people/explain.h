/*
 * explain.h - all that is known of one parcel, gathered, and told to people or programs.
 */
#ifndef JOBS_PEOPLE_EXPLAIN_H
#define JOBS_PEOPLE_EXPLAIN_H

#include "core/claim.h"
#include "core/normal.h"
#include "jobs/frame/screen.h"
#include "jobs/night/judge.h"

#define NORMAL_POINTS 4

typedef struct Explanation
{
    Job *job;
    const char *known_as;  // the words by which it was asked for
    size_t others;         // older shipments under the same tracking number

    const Shipment *shipment;  // its scans normalised
    size_t repeats;            // scans that said the same again
    Verdict verdict;
    const char *
        promise;  // what stands behind the promise: "derived: ..."; "" when the source states it, or none
    const char *
        rest;  // days of rest in the silence: "48 h weekend, 24 h holiday (Toussaint)"; "" when none
    bool judged;            // open, and something was learned by as-of
    Instant learned_as_of;  // INSTANT_NONE when nothing was learned
    BaselinePoint normal[NORMAL_POINTS];
    size_t normal_count;
    Normal grounds;  // of which groups the judgement is made up; empty unless judged

    const CaseRecord *kase;  // NULL when it has none
    const CaseHistory *history;
    size_t history_count;
    const Claim *claims;
    size_t claim_count;
} Explanation;

// How narrow the group is that a judgement stands on.
typedef enum Footing
{
    FOOTING_EVERYBODY,
    FOOTING_CARRIER,
    FOOTING_SERVICE,
    FOOTING_LANE,
} Footing;
Footing explain_footing(const Shipment *shipment, const char *segment);

// A p-value in words: "2.4 in 100 parcels that do move on wait longer". Owned by the arena.
const char *explain_p_value(Arena *arena, double p_value);

// For people, as wide as so many columns.
void explain_text(const Explanation *explanation, Text *out, size_t columns);

// The timeline of explain_text().
void explain_timeline(const Explanation *explanation, Text *out, size_t columns);

// For programs; the caller owns it.
json_t *explain_json(const Explanation *explanation);

#endif
