/*
 * submit: send what may go now, or say what became of what a person sent. Takes the night's lock: two who send at the same
 * time could both find the same claims ready.
 */
#include "core/clock.h"
#include "jobs/claim/submit.h"
#include "jobs/finance/claims.h"
#include "jobs/frame/screen.h"
#include "jobs/people/actor.h"
#include "sql/claims_people.h"

#include <inttypes.h>
#include <string.h>

#define CLAIMS_MAX 1000

static bool
read_numbers(const Job *job, SubmissionFilter *filter, Err *err)
{
    int64_t *const numbers = ARENA_ARRAY(job->arena, int64_t, job->argument_count);

    for (size_t i = 1; i < job->argument_count; i++)
        if (!claims_number(job->arguments[i], &numbers[filter->number_count++], err))
            return false;
    filter->numbers = numbers;
    return true;
}

static void
say_text(Job *job, const Submitting *submitting)
{
    for (size_t i = 0; i < submitting->news.count; i++) {
        const SubmissionNews *const news = &submitting->news.items[i];

        fprintf(job->out, "%s  %s by %s to %s: %zu claim%s, %s\n    %s\n", news->key, news->carrier,
            news->channel, text_clean(job->arena, news->recipient), news->claims,
            news->claims == 1 ? "" : "s", news->outcome, text_clean(job->arena, news->words));
    }
    fprintf(job->out, "%" PRId64 " claim%s submitted", submitting->filed,
        submitting->filed == 1 ? "" : "s");
    if (submitting->waiting > 0)
        fprintf(job->out,
            "; %" PRId64 " approved, to be filed by a person, then: submit NUMBER --sent",
            submitting->waiting);
    if (submitting->unapproved > 0)
        fprintf(job->out, "; %" PRId64 " ready, not approved", submitting->unapproved);
    fprintf(job->out, "%s\n", job->dry_run ? " (dry run: nothing was sent or written)" : "");
}

static void
say(Job *job, const Submitting *submitting)
{
    json_t *const all = json_array();

    if (job->format == FORMAT_TEXT)
        say_text(job, submitting);
    for (size_t i = 0; i < submitting->news.count; i++) {
        const SubmissionNews *const news = &submitting->news.items[i];

        json_array_append_new(
            all, json_pack("{s:s, s:s, s:s, s:o, s:I, s:s, s:o}", "submission", news->key,
                     "carrier", news->carrier, "channel", news->channel, "to",
                     json_of_text(job->arena, news->recipient), "claims", (json_int_t)news->claims,
                     "outcome", news->outcome, "words", json_of_text(job->arena, news->words)));
    }
    if (job->format == FORMAT_TEXT)
        json_decref(all);
    else
        screen_json(job, all);
}

// Decide about the attempts that stand open with one of the claims.
static bool
decide(Submitting *submitting, const char *outcome, size_t *decided, Err *err)
{
    const SubmissionAttempt *attempts;
    int64_t filed;

    if (!submissions_open(
            submitting->run->db, submitting->arena, &submitting->filter, &attempts, decided, err))
        return false;
    for (size_t i = 0; i < *decided; i++) {
        if (!submissions_decide(
                submitting->run->db, &submitting->pen, attempts[i].key, outcome, err))
            return false;
        if (strcmp(outcome, "sent") != 0)
            continue;
        if (!submissions_file(submitting->run->db, &submitting->pen, attempts[i].numbers,
                attempts[i].count,
                arena_printf(submitting->arena, "submission %s had arrived", attempts[i].key),
                &filed, err))
            return false;
        submitting->filed += filed;
    }
    return true;
}

// Claims that a person filed elsewhere, a portal for one, become submitted with an attempt of their own.
static bool
file_by_hand(Submitting *submitting, Err *err)
{
    const SubmissionClaim *claims;
    size_t count;
    int64_t filed;

    if (!submissions_ready(submitting->run->db, submitting->arena, &submitting->filter,
            submitting->run->job->day, &claims, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const LedgerClaim *const item = &claims[i].item;
        const SubmissionAttempt attempt = {
            .key = arena_printf(submitting->arena, "VS-hand-%06" PRId64 "-%" PRId64,
                item->claim.number, claims[i].round),
            .carrier = item->carrier_slug,
            .channel = "hand",
            .recipient = "",
            .numbers = &item->claim.number,
            .count = 1};

        if (!submissions_begin(submitting->run->db, &submitting->pen, &attempt, err) ||
            !submissions_end(submitting->run->db, &submitting->pen, attempt.key, "sent",
                "filed by a person", err) ||
            !submissions_file(submitting->run->db, &submitting->pen, attempt.numbers, 1,
                "filed by a person", &filed, err))
            return false;
        submitting->filed += filed;
    }
    return true;
}

static bool
mark_sent(Submitting *submitting, Err *err)
{
    Db *const db = submitting->run->db;
    const size_t wanted = submitting->filter.number_count;
    size_t decided;
    bool done = db_begin(db, err) && decide(submitting, "sent", &decided, err) &&
                file_by_hand(submitting, err);

    if (done && submitting->filed < (int64_t)wanted)
        done = err_set(err, ERR_CONFIG, "not all of these claims are ready: nothing was changed");
    done = done && (submitting->run->job->dry_run || db_commit(db, err));
    if (!done || submitting->run->job->dry_run)
        db_rollback(db);
    return done;
}

static bool
send_again(Submitting *submitting, Err *err)
{
    Db *const db = submitting->run->db;
    size_t decided = 0;
    bool done = db_begin(db, err) && decide(submitting, "released", &decided, err);

    if (done && decided == 0)
        done = err_set(err, ERR_CONFIG, "no attempt with these claims waits for a person");
    done = done && !submitting->run->job->dry_run && db_commit(db, err);
    if (!done)
        db_rollback(db);
    return (done && submit_claims(submitting, err)) ||
           (submitting->run->job->dry_run && err->kind == ERR_NONE);
}

static bool
act(Submitting *submitting, Err *err)
{
    const Job *const job = submitting->run->job;
    const bool sent = job_option(job, "sent") != NULL, again = job_option(job, "again") != NULL;

    if (sent && again)
        return err_set(err, ERR_CONFIG, "either --sent or --again");
    if ((sent || again) && submitting->filter.number_count == 0)
        return err_set(err, ERR_CONFIG, "--sent and --again need the numbers of claims");
    return sent    ? mark_sent(submitting, err)
           : again ? send_again(submitting, err)
                   : submit_claims(submitting, err);
}

static bool
run_submit(Job *job, Err *err)
{
    const char *const name = job_option(job, "carrier");
    Run run;
    Submitting submitting = {.run = &run,
        .arena = job->arena,
        .pen = {.as_of = job->as_of, .recorded_at = clock_now()},
        .filter = {.carrier = name ? text_slug(job->arena, name) : ""},
        .news = {.arena = job->arena}};

    if (!read_numbers(job, &submitting.filter, err) ||
        !actor_read(job, &submitting.pen.actor, err) || !run_begin(job, &run, err))
        return false;

    const bool done = act(&submitting, err);

    run_count(&run, "submit", "submitted", submitting.filed);
    run_count(&run, "submit", "failed", submitting.failed);
    if (done && submitting.failed > 0)
        job->exit_code = EXIT_INCOMPLETE;
    if (!run_end(&run, done, err))
        return false;
    say(job, &submitting);
    return true;
}

const ClaimsAction claims_action_submit = {
    .name = "submit",
    .run = run_submit,
    .words_max = CLAIMS_MAX,
    .wanted = "the numbers of claims",
    .options = (const char *const[]){"carrier", "sent", "again", "actor", NULL},
};
