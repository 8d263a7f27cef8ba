/*
 * submit_pack.h - a submission with its files, and its delivery through one channel.
 */
#ifndef JOBS_CLAIM_SUBMIT_PACK_H
#define JOBS_CLAIM_SUBMIT_PACK_H

#include "alerts/alerts.h"
#include "claims/submission.h"
#include "jobs/run/run.h"
#include "sql/claims.h"

// Words and files for claims of one carrier, sorted by number: a bordereau of just these, and each claim's newest papers as
// they were recorded. as_of is that of the first attempt: the same submission has the same bytes whenever it is packed. ERR_DATA when a paper is not there or not as it was written, or an amount is missing.
bool submit_pack(Run *run, Arena *arena, Instant as_of, const LedgerClaim *const *items,
    size_t count, Submission *out, Err *err);

// Hand a packed submission to the terms' channel. Words say what the other side answered; no secret is in them. False when
// nothing was tried, because the settings lack something.
bool submit_deliver(Run *run, Arena *arena, const Terms *terms, const char *carrier_slug,
    const Submission *submission, DeliveryOutcome *outcome, const char **words, Err *err);

// "folder", "email", "http"; where it goes: folder, address or URL.
const char *submit_channel_name(SubmissionChannel channel);
const char *submit_recipient(const Job *job, const Terms *terms);

#endif
