/*
 * explanation.h - all that is known of one parcel, gathered: for `vigie explain`, and for the page of a case.
 */
#ifndef JOBS_REPORT_EXPLANATION_H
#define JOBS_REPORT_EXPLANATION_H

#include "core/case.h"
#include "core/claim.h"
#include "core/normal.h"
#include "core/story.h"
#include "core/words.h"
#include "jobs/detect/judge.h"

#define NORMAL_POINTS 4

// What explaining needs, prepared once.
typedef struct Explainer
{
    Job *job;
    Db *db;
    Source *source;
    const Rulebook *rulebook;
    Instant
        learned_as_of;  // INSTANT_NONE when nothing was learned by the job's as-of: bench is empty then
    Bench bench;
} Explainer;

typedef struct Explanation
{
    Job *job;
    Arena *arena;          // of its texts
    Language language;     // likewise: that of the settings
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
    Normal grounds;              // of which groups the judgement is made up; empty unless judged
    const Baselines *baselines;  // NULL when nothing was learned

    const CaseRecord *kase;  // NULL when it has none, or had none yet
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

// A p-value in words: "2.4 in 100 parcels that do move on wait as long". Owned by the arena.
const char *explain_p_value(Arena *arena, Language language, double p_value);

// Prepare, with what was learned and which incidents were open by the job's as-of. db has the schema; the rest must outlive the
// explainer.
bool explainer_make(Job *job, Db *db, Source *source, const Rulebook *rulebook, Arena *arena,
    Explainer *out, Err *err);

// Explain a shipment as the source has it, whose scans are normalised in place. Everything it says is owned by the arena.
bool explainer_explain(const Explainer *explainer, Shipment *shipment, Scan *scans, Arena *arena,
    Explanation *out, Err *err);

// The explanation in words, owned by its arena.
const Story *explain_story(const Explanation *explanation);

// A case's life as a part of a story, oldest first; title is owned by somebody who lives as long. Owned by the arena.
StoryPart explain_history(Arena *arena, Language language, const Zone *zone, const char *title,
    const CaseHistory *items, size_t count);

// The waits of a story, drawn against what is normal there.
const StoryWait *explain_waits(const Explanation *explanation, size_t *count);

// And its moments, with how long each came after the one before.
const StoryMoment *explain_moments(const Explanation *explanation, size_t *count);

// How many scans are no moments of their own, in words; "" when all are. Owned by the arena.
const char *explain_left_out(const Explanation *explanation);

#endif
