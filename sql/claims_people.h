/*
 * claims_people.h - the ledger as people look at it and act on it.
 */
#ifndef SQL_CLAIMS_PEOPLE_H
#define SQL_CLAIMS_PEOPLE_H

#include "sql/claims.h"

typedef struct ClaimFilter
{
    const char *state;    // "live", "task" (somebody must do something), a state's name, "" for all
    const char *ground;   // "" for all
    const char *carrier;  // its name or slug, "" for all
    Day due;              // act_by by then; DAY_NONE for all
    int64_t limit;
} ClaimFilter;

// What expires first, then what brings most. Without dossiers. Cautions are those of day.
bool claims_list(Db *db, const ClaimFilter *filter, Day day, LedgerClaims *out, Err *err);

// References of the claims that stay drafts for want of a rate of the SDR; by number. Owned by the arena.
bool
claims_without_rate(Db *db, Arena *arena, const char *const **references, size_t *count, Err *err);

// A claim that a word means: a number or reference wins over tracking numbers.
typedef struct ClaimMatch
{
    size_t word;
    bool by_number;
    LedgerClaim item;
} ClaimMatch;
bool claims_find(Db *db, Arena *arena, const char *const *words, size_t word_count, Day day,
    const ClaimMatch **items, size_t *count, Err *err);

// Hold claims until the transaction ends, and read their state and whether they are approved into items, by key. ERR_TEMPORARY
// when one went away.
bool claims_lock(Db *db, LedgerClaim *items, size_t count, Err *err);

// Approve claims for submission (pen->actor), or take their approval back.
bool claims_approve(
    Db *db, const ClaimPen *pen, bool approve, const ClaimKey *keys, size_t count, Err *err);

// The carrier was told that claims are withdrawn.
bool claims_told(Db *db, const ClaimPen *pen, const ClaimKey *keys, size_t count, Err *err);

// One line of a claim's life.
typedef struct ClaimEvent
{
    Instant as_of, recorded_at;
    const char *event;    // "moved", or the kind of a remark
    ClaimState from, to;  // of a move; from is 0 for the first
    Money amount;         // without currency: the claim's
    const char *actor, *note;
} ClaimEvent;
// Oldest first.
bool claims_history(
    Db *db, Arena *arena, ClaimKey key, const ClaimEvent **items, size_t *count, Err *err);

// The conditions of a claim or a refusal, in order.
bool claims_conditions(
    Db *db, Arena *arena, ClaimKey key, const ClaimCondition **items, size_t *count, Err *err);

// Why a shipment cannot be claimed, by ground.
bool claims_refusals(Db *db, Arena *arena, const char *shipment_id, const ClaimRefusal **items,
    size_t *count, Err *err);

// The papers recorded for a claim, newest first; for number 0 all files of the night of as_of.
bool claims_documents(Db *db, Arena *arena, int64_t number, Instant as_of,
    const ClaimDocument **items, size_t *count, Err *err);

#endif
