/*
 * Begun, committed, sent, ended: whatever dies in between leaves an attempt whose outcome nobody knows. A folder stands or
 * does not, and a server that keeps to the idempotency key files once, so both are repeated under the same key with the same
 * bytes. A mail cannot be asked for: a person looks whether it arrived.
 */
#include "jobs/claim/submit.h"

#include "core/clock.h"
#include "jobs/claim/submit_pack.h"
#include "jobs/frame/signals.h"
#include "jobs/outbox/mail.h"
#include "sql/claims_people.h"

#include <inttypes.h>
#include <string.h>

#define CLAIMS_BY_FOLDER 1000  // of one submission
#define CLAIMS_BY_WIRE   50    // by mail or POST: their papers must fit into one message

static const char *const outcomes[] = {
    [DELIVERY_SENT] = "sent",
    [DELIVERY_RETRY] = "retry",
    [DELIVERY_REFUSED] = "refused",
    [DELIVERY_UNKNOWN] = "unknown",
};

// How a carrier takes claims: the first of its terms. NULL when no terms know it.
static const Terms *
submit_terms(const TermsBook *book, const char *carrier_slug)
{
    size_t at = 0;

    return terms_next(book, carrier_slug, &at);
}

// What a person approved, or what the terms let go by themselves.
static bool
may_go(const Terms *terms, const LedgerClaim *item)
{
    const Money limit = terms->automatic_up_to, payable = item->claim.payable;

    if (!text_is_empty(item->approved_by))
        return true;
    return money_is_known(limit) && money_is_known(payable) &&
           text_equal(limit.currency, payable.currency) && payable.minor <= limit.minor;
}

static void
tell(Submitting *submitting, const SubmissionAttempt *attempt, const char *outcome,
    const char *words)
{
    Arena *const arena = submitting->arena;

    ARENA_PUSH(&submitting->news, ((SubmissionNews){
                                      .key = arena_copy(arena, attempt->key),
                                      .carrier = arena_copy(arena, attempt->carrier),
                                      .channel = attempt->channel,
                                      .recipient = arena_copy(arena, attempt->recipient),
                                      .claims = attempt->count,
                                      .outcome = outcome,
                                      .words = arena_copy(arena, words),
                                  }));
    if (strcmp(outcome, "sent") != 0 && strcmp(outcome, "would send") != 0) {
        submitting->failed++;
        log_warn(submitting->run->job->log, "claims were not submitted",
            FIELDS(field_text("submission", attempt->key), field_text("outcome", outcome),
                field_text("reason", words)));
    }
}

static bool
in_transaction(Submitting *submitting, const SubmissionAttempt *attempt, const char *outcome,
    const char *words, Err *err)
{
    Db *const db = submitting->run->db;
    int64_t filed = 0;

    if (outcome == NULL)
        return submissions_begin(db, &submitting->pen, attempt, err);
    if (!submissions_end(db, &submitting->pen, attempt->key, outcome, words, err))
        return false;
    if (strcmp(outcome, "sent") != 0)
        return true;
    if (!submissions_file(db, &submitting->pen, attempt->numbers, attempt->count,
            arena_printf(submitting->arena, "submission %s by %s", attempt->key, attempt->channel),
            &filed, err))
        return false;
    submitting->filed += filed;
    return true;
}

// Begin an attempt (outcome NULL) or end it, and commit that.
static bool
record(Submitting *submitting, const SubmissionAttempt *attempt, const char *outcome,
    const char *words, Err *err)
{
    Db *const db = submitting->run->db;

    submitting->pen.recorded_at = clock_now();

    const bool done = db_begin(db, err) &&
                      in_transaction(submitting, attempt, outcome, words, err) &&
                      db_commit(db, err);

    if (!done)
        db_rollback(db);
    return done;
}

static bool
deliver(Submitting *submitting, Arena *arena, const Terms *terms, const SubmissionAttempt *attempt,
    const LedgerClaim *const *items, Err *err)
{
    Run *const run = submitting->run;
    Submission submission = {.key = attempt->key};
    DeliveryOutcome outcome = DELIVERY_RETRY;
    const char *words = "";

    if (!submit_pack(run, arena, attempt->as_of, items, attempt->count, &submission, err)) {
        if (err->kind != ERR_DATA)
            return false;
        tell(submitting, attempt, "waits", err->text);
        *err = (Err){0};
        return true;
    }
    if (run->job->dry_run) {
        tell(submitting, attempt, "would send", submission.subject);
        return true;
    }
    if (!record(submitting, attempt, NULL, NULL, err))
        return false;
    if (!submit_deliver(run, arena, terms, attempt->carrier, &submission, &outcome, &words, err)) {
        // Nothing was tried: the attempt must not stand open.
        Err later = {0};

        record(submitting, attempt, "retry", err->text, &later);
        return false;
    }
    tell(submitting, attempt, outcomes[outcome], words);
    return record(submitting, attempt, outcomes[outcome], words, err);
}

// One submission of claims that follow each other in the list, all of one carrier.
static bool
send_some(Submitting *submitting, const Terms *terms, const SubmissionClaim *const *claims,
    size_t count, Err *err)
{
    Arena *const arena = arena_create();
    const Job *const job = submitting->run->job;
    const LedgerClaim **const items = ARENA_ARRAY(arena, const LedgerClaim *, count);
    int64_t *const numbers = ARENA_ARRAY(arena, int64_t, count), round = 0;

    for (size_t i = 0; i < count; i++) {
        items[i] = &claims[i]->item;
        numbers[i] = claims[i]->item.claim.number;
        round = claims[i]->round > round ? claims[i]->round : round;
    }

    const char *const slug = items[0]->carrier_slug;
    const SubmissionAttempt attempt = {
        .key = submission_key(arena, slug, round, numbers, count),
        .carrier = slug,
        .channel = submit_channel_name(terms->channel),
        .recipient = submit_recipient(job, terms),
        .numbers = numbers,
        .count = count,
        .as_of = job->as_of,
    };
    const bool done = !interrupted(err) && deliver(submitting, arena, terms, &attempt, items, err);

    arena_destroy(arena);
    return done;
}

static bool
send_carrier(Submitting *submitting, const SubmissionClaim *claims, size_t count, Err *err)
{
    const Terms *const terms =
        submit_terms(submitting->run->rulebook.terms, claims[0].item.carrier_slug);
    const SubmissionClaim **const going =
        ARENA_ARRAY(submitting->arena, const SubmissionClaim *, count);
    size_t ready = 0;

    for (size_t i = 0; i < count; i++)
        if (terms != NULL && may_go(terms, &claims[i].item))
            going[ready++] = &claims[i];
        else
            submitting->unapproved++;
    if (ready > 0 && *submit_recipient(submitting->run->job, terms) == '\0') {
        submitting->waiting += (int64_t)ready;
        return true;
    }

    const size_t most =
        ready > 0 && terms->channel == SUBMIT_FOLDER ? CLAIMS_BY_FOLDER : CLAIMS_BY_WIRE;

    for (size_t i = 0; i < ready; i += most)
        if (!send_some(submitting, terms, going + i, ready - i < most ? ready - i : most, err))
            return false;
    return true;
}

static bool
send_ready(Submitting *submitting, Err *err)
{
    const SubmissionClaim *claims;
    size_t count;

    if (!submissions_ready(submitting->run->db, submitting->arena, &submitting->filter,
            submitting->run->job->day, &claims, &count, err))
        return false;
    for (size_t i = 0, length; i < count; i += length) {
        const char *const slug = claims[i].item.carrier_slug;

        for (length = 1; i + length < count; length++)
            if (strcmp(claims[i + length].item.carrier_slug, slug) != 0)
                break;
        if (!send_carrier(submitting, claims + i, length, err))
            return err_context(err, "claims against %s", slug);
    }
    return true;
}

// The claims of an attempt as they are now, in its order.
static bool
claims_of(Submitting *submitting, Arena *arena, const SubmissionAttempt *attempt,
    const LedgerClaim ***out, size_t *count, Err *err)
{
    const char **const words = ARENA_ARRAY(arena, const char *, attempt->count);
    const ClaimMatch *matches;

    for (size_t i = 0; i < attempt->count; i++)
        words[i] = arena_printf(arena, "%" PRId64, attempt->numbers[i]);
    if (!claims_find(submitting->run->db, arena, words, attempt->count, submitting->run->job->day,
            &matches, count, err))
        return false;

    const LedgerClaim **const items = ARENA_ARRAY(arena, const LedgerClaim *, *count);

    for (size_t i = 0; i < *count; i++)
        items[i] = &matches[i].item;
    *out = items;
    return true;
}

// Whether an attempt can be made again as it was: the same claims, all free to go, through the same channel.
static bool
is_same(const Submitting *submitting, const SubmissionAttempt *attempt, const Terms *terms,
    const LedgerClaim *const *items, size_t count)
{
    if (terms == NULL || attempt->still_ready != (int64_t)attempt->count ||
        count != attempt->count ||
        strcmp(attempt->channel, submit_channel_name(terms->channel)) != 0 ||
        strcmp(attempt->recipient, submit_recipient(submitting->run->job, terms)) != 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!may_go(terms, items[i]))
            return false;
    return true;
}

static bool
repeat(Submitting *submitting, Arena *arena, const SubmissionAttempt *attempt, Err *err)
{
    const Terms *const terms = submit_terms(submitting->run->rulebook.terms, attempt->carrier);
    const LedgerClaim **items;
    size_t count;

    if (!claims_of(submitting, arena, attempt, &items, &count, err))
        return false;
    if (is_same(submitting, attempt, terms, items, count))
        return deliver(submitting, arena, terms, attempt, items, err);
    tell(submitting, attempt, "waits",
        "nobody knows whether it arrived, and its claims or its address changed since");
    return true;
}

// What an earlier run left: one that was begun and never ended first becomes one whose outcome is unknown.
static bool
settle_open(Submitting *submitting, const SubmissionAttempt *attempt, Err *err)
{
    const bool dry_run = submitting->run->job->dry_run;
    const bool broken = *attempt->outcome == '\0';
    const bool repeatable =
        strcmp(attempt->channel, "folder") == 0 || strcmp(attempt->channel, "http") == 0;
    const char *const words = broken ? "the run ended before the answer was known" : attempt->reply;

    if (broken && !dry_run && !record(submitting, attempt, "unknown", words, err))
        return false;
    if (!repeatable || strcmp(attempt->outcome, "refused") == 0) {
        tell(submitting, attempt, "waits", words);
        return true;
    }

    Arena *const arena = arena_create();
    const bool done = repeat(submitting, arena, attempt, err);

    arena_destroy(arena);
    return done;
}

bool
submit_claims(Submitting *submitting, Err *err)
{
    const SubmissionAttempt *attempts;
    size_t count;

    if (!submissions_open(
            submitting->run->db, submitting->arena, &submitting->filter, &attempts, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (interrupted(err) || !settle_open(submitting, &attempts[i], err))
            return err_context(err, "submission %s", attempts[i].key);
    return send_ready(submitting, err);
}

bool
submit_step(Run *run, Err *err)
{
    const Job *const job = run->job;

    if (!mail_allowed(job)) {
        log_info(job->log, "no claim is submitted for a date this old without --deliver", NULL);
        return true;
    }

    Arena *const arena = arena_create();
    Submitting submitting = {.run = run,
        .arena = arena,
        .pen = {.as_of = job->as_of, .actor = "vigie"},
        .filter = {.carrier = ""},
        .news = {.arena = arena}};
    const bool done = submit_claims(&submitting, err);

    run_count(run, "submit", "submitted", submitting.filed);
    run_count(run, "submit", "failed", submitting.failed);
    run_count(run, "submit", "by_hand", submitting.waiting);
    if (submitting.failed > 0)
        run->job->exit_code = EXIT_INCOMPLETE;
    arena_destroy(arena);
    return done || err_context(err, "submit");
}
