/*
 * cases.h - cases and their append-only history.
 */
#ifndef SQL_CASES_H
#define SQL_CASES_H

#include "core/case_life.h"
#include "core/digest.h"
#include "sql/db.h"

// Cases that a night may touch: the live ones, and those of shipments with a finding at as_of. Only what
// case_step() needs is filled (shipment_id, number, kind, state, judged_as_of, snoozed_until). Called in the transaction
// that applies the changes, it holds the cases until then.
bool cases_current(
    Db *db, Arena *arena, Instant as_of, const CaseRecord **items, size_t *count, Err *err);

// One case's change. A new case has number 0 and is given the next one, in the order of the list.
typedef struct CaseChange
{
    const char *shipment_id;
    int64_t number;
    CaseKind kind_before;  // CASE_NONE when new
    CaseStep step;
    const char *note;  // "" for none
} CaseChange;

// Apply a night's changes, in the caller's transaction: cases take their new state, and every event but a mere
// confirmation is added to the history. Doing it twice for one as_of changes nothing.
bool cases_apply(Db *db, Instant as_of, const char *actor, Instant recorded_at,
    const CaseChange *changes, size_t count, Err *err);

// A person's action on one case, in the caller's transaction. The night's judgement stays as it is. Every call adds a
// line to the history, also one that repeats an action at the same as_of.
bool cases_act(Db *db, Instant as_of, const char *actor, Instant recorded_at,
    const CaseChange *change, Err *err);

// A case that a word may mean.
typedef struct CaseMatch
{
    size_t word;        // index of the word
    bool by_number;     // it is the case's number; else a tracking number
    CaseRecord record;  // as cases_current() fills it, and tracking_number
} CaseMatch;

// Cases by what people call them, case number or tracking number; by word, numbers first. Words that mean no case have
// no match; a tracking number that was used again has several.
bool cases_find(Db *db, Arena *arena, const char *const *words, size_t word_count,
    const CaseMatch **items, size_t *count, Err *err);

// The cases of some shipments as they are now, in the order of shipment_id, held until the transaction ends; filled as by
// cases_current().
bool cases_lock(Db *db, Arena *arena, const char *const *shipment_ids, size_t shipment_count,
    const CaseRecord **items, size_t *count, Err *err);

typedef struct CaseFilter
{
    const char *kind, *state, *carrier;  // "" for all; state "live" for open, acknowledged, snoozed
    int64_t number;                      // 0 for all
    const char *shipment_id;             // "" for all
    int64_t incident;                    // cases that it concerns; 0 for all
    int64_t limit;
} CaseFilter;

// Cases with the numbers of their last night, ranked by expected cost.
bool cases_list(Db *db, Arena *arena, const CaseFilter *filter, const CaseRecord **items,
    size_t *count, Err *err);

// The cases of one night as it was: kind, evidence and numbers of that night, and the state then.
bool cases_of_night(
    Db *db, Arena *arena, Instant as_of, const CaseRecord **items, size_t *count, Err *err);

// How many cases a night has, how many were opened (or reopened), grew worse and were cleared, and what they are expected to
// cost, by kind.
bool cases_counts(Db *db, Instant as_of, KindCount counts[CASE_KIND_COUNT], Err *err);

// The case of a shipment as it stood at as_of, with the numbers of its last night by then; NULL when it had none.
bool cases_as_of(Db *db, Arena *arena, Instant as_of, const char *shipment_id,
    const CaseRecord **record, Err *err);

// A case's history up to as_of, INSTANT_NONE for all of it; oldest first.
bool cases_history(Db *db, Arena *arena, const char *shipment_id, Instant as_of,
    const CaseHistory **items, size_t *count, Err *err);

#endif
