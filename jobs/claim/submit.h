/*
 * submit.h - claims that may be filed, on their way to the carriers.
 */
#ifndef JOBS_CLAIM_SUBMIT_H
#define JOBS_CLAIM_SUBMIT_H

#include "claims/submission.h"
#include "jobs/run/run.h"
#include "sql/submissions.h"

// What became of one submission, for people.
typedef struct SubmissionNews
{
    const char *key, *carrier, *channel, *recipient;
    size_t claims;
    const char *
        outcome;  // "sent", "retry", "refused", "unknown"; "waits" for one that a person must decide; "would send"
    const char *words;
} SubmissionNews;

typedef struct Submitting
{
    Run *run;
    Arena *arena;
    ClaimPen pen;
    SubmissionFilter filter;
    struct
    {
        Arena *arena;
        SubmissionNews *items;
        size_t count, capacity;
    } news;
    int64_t filed;    // claims that were submitted
    int64_t waiting;  // approved claims whose carrier takes them from people only
    int64_t unapproved;
    int64_t failed;  // submissions that did not arrive, or nobody knows
} Submitting;

// Finish what an earlier run left open, then send what is ready: per carrier the claims that a person approved, or whose amount
// the terms let go by themselves. Every attempt is committed before it is sent, so whatever dies, nothing is filed twice: a
// folder and a POST are repeated under the same key, a mail whose outcome nobody knows is left to a person. In a dry run
// nothing is sent or written. Failing deliveries are news, not errors.
bool submit_claims(Submitting *submitting, Err *err);

#endif
