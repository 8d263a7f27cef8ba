/*
 * submissions.h - attempts to file claims. An attempt is begun and committed before anything is sent, and ended when the
 * answer is known; one that was begun and never ended is one whose outcome nobody knows.
 */
#ifndef SQL_SUBMISSIONS_H
#define SQL_SUBMISSIONS_H

#include "sql/claims.h"

// Which claims are meant: all, or only these numbers, of one carrier (its slug) or of all ("").
typedef struct SubmissionFilter
{
    const int64_t *numbers;
    size_t number_count;
    const char *carrier;
} SubmissionFilter;

// A claim that no earlier attempt keeps from being sent. Each time it arrived or was let go again begins a new round.
typedef struct SubmissionClaim
{
    LedgerClaim item;
    int64_t round;
} SubmissionClaim;

// Those that are ready, approved or not, whose parcel did not turn up; by carrier and number.
bool submissions_ready(Db *db, Arena *arena, const SubmissionFilter *filter, Day day,
    const SubmissionClaim **items, size_t *count, Err *err);

typedef struct SubmissionAttempt
{
    const char *key, *carrier;
    const char *channel;    // "folder", "email", "http", "hand"
    const char *recipient;  // folder, address or URL
    const int64_t *numbers;
    size_t count;
    const char
        *outcome;  // "" while nobody knows; "sent", "retry", "refused", "unknown", "released"
    const char *reply;
    Instant begun_at;
    Instant as_of;        // of the first attempt under the key
    int64_t still_ready;  // how many of its claims may still be sent
} SubmissionAttempt;

// The last attempts under their keys that are open, unknown or refused; oldest first.
bool submissions_open(Db *db, Arena *arena, const SubmissionFilter *filter,
    const SubmissionAttempt **items, size_t *count, Err *err);

// Begin an attempt; of *attempt key, carrier, channel, recipient and numbers count. ERR_TEMPORARY when a claim of it is no
// longer ready. To be committed before anything is sent.
bool submissions_begin(Db *db, const ClaimPen *pen, const SubmissionAttempt *attempt, Err *err);

// End the open attempt under a key, in the caller's transaction.
bool submissions_end(
    Db *db, const ClaimPen *pen, const char *key, const char *outcome, const char *reply, Err *err);

// Move claims that were sent from ready to submitted, with what was claimed; *filed receives how many. In the caller's
// transaction.
bool submissions_file(Db *db, const ClaimPen *pen, const int64_t *numbers, size_t count,
    const char *note, int64_t *filed, Err *err);

// A person decides about the last attempt under a key: "sent" or "released".
bool
submissions_decide(Db *db, const ClaimPen *pen, const char *key, const char *outcome, Err *err);

#endif
