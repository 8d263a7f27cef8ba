/*
 * claims.h - the actions of `vigie claims`, each in a file of its own, and what they share.
 */
#ifndef JOBS_FINANCE_CLAIMS_H
#define JOBS_FINANCE_CLAIMS_H

#include "core/dossier.h"
#include "jobs/frame/screen.h"
#include "sql/claims_people.h"

// One action: its word, its own function, and which options mean something to it.
typedef struct ClaimsAction
{
    const char *name;
    bool (*run)(Job *job, Err *err);
    const char *const *options;   // NULL-terminated
    size_t words_min, words_max;  // arguments after the action
    const char *wanted;           // what they are: "the number of a claim"
} ClaimsAction;

extern const ClaimsAction claims_action_list;  // what expires first, then what brings most
extern const ClaimsAction claims_action_show;  // one claim whole, or why there is none
extern const ClaimsAction claims_action_open;  // for what no night can know: nothing was received
extern const ClaimsAction claims_action_approve;   // let it be submitted
extern const ClaimsAction claims_action_withdraw;  // it is void, and why
extern const ClaimsAction claims_action_export;    // its papers again, the same bytes
extern const ClaimsAction claims_action_verify;    // files against their manifest and the ledger
extern const ClaimsAction claims_action_history;   // who did what, and when
extern const ClaimsAction claims_action_submit;  // send what may be filed, or say what became of it
extern const ClaimsAction claims_action_settle;  // book what carriers credit and refuse

// The number of a claim that a word is: "12" or "VG-000012". ERR_CONFIG for any other word.
bool claims_number(const char *word, int64_t *out, Err *err);

// The one claim that each word means, in the order of the words: a number ("12", "VG-000012") wins over a tracking number.
// ERR_CONFIG names a word that means none, or several. Owned by the job's arena.
bool claims_of_words(
    Job *job, Db *db, const char *const *words, size_t count, const LedgerClaim **out, Err *err);

// What somebody has to do about it: "approve", "missing: weight_grams"; "" for nothing. Owned by the arena.
const char *claims_task(Arena *arena, const LedgerClaim *item);

// "2026-12-01, in 11 days": a day seen from the job's; "" for DAY_NONE.
const char *claims_day(const Job *job, Day day);

// A claim as data, without what its dossier holds; the caller owns it.
json_t *claims_json(const Job *job, const LedgerClaim *item);

// All that is known of a claim.
typedef struct ClaimFile
{
    const LedgerClaim *item;
    Dossier dossier;
    const ClaimCondition *conditions;
    size_t condition_count;
    const ClaimDocument *documents;
    size_t document_count;
    const ClaimEvent *history;
    size_t event_count;
} ClaimFile;
bool claims_file(Job *job, Db *db, const LedgerClaim *item, ClaimFile *out, Err *err);

// The same for people and for programs.
void claims_file_text(const Job *job, const ClaimFile *file, Text *out);
json_t *claims_file_json(const Job *job, const ClaimFile *file);

// Its history, oldest first, one event a line.
void claims_history_text(const Job *job, const ClaimFile *file, Text *out);
json_t *claims_history_json(const Job *job, const ClaimFile *file);

// Conditions, "+" before those that are met and "-" before the others.
void claims_conditions_text(const Job *job, const ClaimCondition *items, size_t count, Text *out);
json_t *claims_conditions_json(Arena *arena, const ClaimCondition *items, size_t count);

// Why the parcel of a tracking number has no claim: "cannot be claimed, because ...", with all conditions, as the ledger
// remembers or, where no night asked, as the terms have it.
bool claims_show_parcel(Job *job, const char *tracking_number, Err *err);

#endif
