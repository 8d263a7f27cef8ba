/*
 * settlements.h - lines of settlements as the ledger keeps them, and what they do to claims. All within the caller's
 * transaction.
 */
#ifndef SQL_SETTLEMENTS_H
#define SQL_SETTLEMENTS_H

#include "core/settlement.h"
#include "sql/db.h"

#include <stddef.h>

// What lines could mean: claim numbers, tracking numbers (without spaces, in upper case), credit notes.
typedef struct SettlementKeys
{
    const int64_t *numbers;
    const char *const *tracking_keys, *const *credit_notes;
    size_t number_count, tracking_count, note_count;
} SettlementKeys;

// The claims that the keys mean, by number, held until the transaction ends. Owned by the arena; the caller may change them.
bool settlements_claims(Db *db, Arena *arena, const SettlementKeys *keys, SettlementClaim **items,
    size_t *count, Err *err);

// The lines of a file that were booked, or repeat what was; ascending.
bool settlements_done(
    Db *db, Arena *arena, const char *file_sha256, const int64_t **lines, size_t *count, Err *err);

// A line with what became of it. claim is NULL unless it was booked or repeats what was.
typedef struct SettlementRecord
{
    const char *file_sha256, *file_name, *carrier;
    SettlementLine line;
    SettlementState state;
    const char *why;
    const SettlementClaim *claim;
} SettlementRecord;

// Who does it, and when.
typedef struct SettlementAct
{
    Instant as_of, recorded_at;
    const char *actor;
} SettlementAct;

// Keep a line. One that was booked before stays as it is; *changed (may be NULL) tells whether anything was written.
bool settlements_keep(
    Db *db, const SettlementAct *act, const SettlementRecord *record, bool *changed, Err *err);

// Write a claim's amounts and moves. ERR_TEMPORARY when it is no longer in the state of answer->from.
bool settlements_apply(Db *db, const SettlementAct *act, const SettlementClaim *claim,
    const SettlementAnswer *answer, Money amount, const char *note, Err *err);

// Lines that wait for a person, newest file first; carrier "" for all. claim is NULL.
bool settlements_open(Db *db, Arena *arena, const char *carrier, int64_t limit,
    const SettlementRecord **items, size_t *count, Err *err);

// The kept line of a file whose SHA-256 begins with a text of hexadecimal digits, held until the transaction ends. ERR_CONFIG
// when there is none, or several.
bool settlements_kept(
    Db *db, Arena *arena, const char *file_start, int64_t line, SettlementRecord *out, Err *err);

// Claims that brought less than was due.
// By carrier and currency, then by what is missing; carrier "" for all.
bool settlements_underpaid(
    Db *db, Arena *arena, const char *carrier, const Underpaid **items, size_t *count, Err *err);

#endif
