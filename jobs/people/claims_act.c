/*
 * claims approve and withdraw. People act without the night's lock: their claims are held from the moment they are read until
 * the change is written, and the night moves only what is still as it read it.
 */
#include "core/claim_words.h"
#include "core/clock.h"
#include "core/csv.h"
#include "jobs/night/run.h"
#include "jobs/people/actor.h"
#include "jobs/people/claims.h"

#include <string.h>

typedef struct Action
{
    Job *job;
    Db *db;
    ClaimPen pen;
    const char *note;
    LedgerClaim *items;  // as they were before, each once
    size_t count;
    ClaimState to;  // where each moves; 0: it stays where it is, approved
} Action;

static bool
is_among(const LedgerClaim *items, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].claim.number == number)
            return true;
    return false;
}

static bool
take(Action *action, Err *err)
{
    Job *const job = action->job;
    const size_t words = job->argument_count - 1;
    LedgerClaim *const items = ARENA_ARRAY(job->arena, LedgerClaim, words);
    const LedgerClaim *named;

    if (!claims_of_words(job, action->db, job->arguments + 1, words, &named, err))
        return false;
    for (size_t i = 0; i < words; i++)
        if (!is_among(items, action->count, named[i].claim.number))
            items[action->count++] = named[i];
    action->items = items;
    return claims_lock(action->db, items, action->count, err);
}

static bool
may_approve(const LedgerClaim *item, Err *err)
{
    const Claim *const claim = &item->claim;

    if (claim->state != CLAIM_READY)
        return err_set(err, ERR_CONFIG, "claim %s cannot be approved: it is %s", claim->reference,
            words_claim_state(LANGUAGE_ENGLISH, claim->state));
    if (item->found_as_of != INSTANT_NONE)
        return err_set(
            err, ERR_CONFIG, "claim %s cannot be approved: its parcel was found", claim->reference);
    return true;
}

static bool
may_withdraw(const LedgerClaim *item, Err *err)
{
    const Claim *const claim = &item->claim;

    return claim_move_allowed(claim->state, CLAIM_VOIDED) ||
           err_set(err, ERR_CONFIG, "claim %s cannot be withdrawn: it is %s", claim->reference,
               words_claim_state(LANGUAGE_ENGLISH, claim->state));
}

static ClaimKey
key_of(const LedgerClaim *item)
{
    return (ClaimKey){item->claim.shipment_id, item->claim.ground};
}

// Approving again what is approved already changes nothing.
static bool
write_approvals(Action *action, Err *err)
{
    Arena *const arena = action->job->arena;
    ClaimKey *const keys = ARENA_ARRAY(arena, ClaimKey, action->count);
    ClaimRemark *const remarks = ARENA_ARRAY(arena, ClaimRemark, action->count);
    const char *const moment = instant_print(arena, action->pen.recorded_at);
    size_t count = 0;

    for (size_t i = 0; i < action->count; i++) {
        if (action->items[i].approved_as_of != INSTANT_NONE)
            continue;
        keys[count] = key_of(&action->items[i]);
        remarks[count] = (ClaimRemark){keys[count], "approved", moment, action->note};
        count++;
    }
    return count == 0 || (claims_approve(action->db, &action->pen, true, keys, count, err) &&
                             claims_remark(action->db, &action->pen, remarks, count, err));
}

static bool
write_moves(Action *action, Err *err)
{
    ClaimMove *const moves = ARENA_ARRAY(action->job->arena, ClaimMove, action->count);

    for (size_t i = 0; i < action->count; i++)
        moves[i] = (ClaimMove){
            key_of(&action->items[i]), action->items[i].claim.state, action->to, action->note};
    return claims_move(action->db, &action->pen, moves, action->count, NULL, err);
}

static const char *
after(const Action *action)
{
    return action->to == 0 ? "approved" : claim_state_name(action->to);
}

static void
say_text(const Action *action)
{
    const Job *const job = action->job;

    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        fprintf(job->out, "claim %s (%s, %s, %s): %s -> %s%s\n", claim->reference,
            text_clean(job->arena, claim->tracking_number),
            words_claim_ground(LANGUAGE_ENGLISH, claim->ground),
            words_money(job->arena, LANGUAGE_ENGLISH, claim->payable),
            claim_state_name(claim->state), after(action),
            job->dry_run ? " (dry run: nothing was written)" : "");
    }
}

static void
say_csv(const Action *action)
{
    static const char *const header[] = {
        "claim", "reference", "ground", "state_before", "state", "actor", "note", NULL};
    Text out = {.arena = action->job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        csv_of_int(&out, claim->number);
        csv_add(&out, claim->reference);
        csv_add(&out, claim_ground_name(claim->ground));
        csv_add(&out, claim_state_name(claim->state));
        csv_add(&out, after(action));
        csv_add_outside(&out, action->pen.actor);
        csv_add_outside(&out, action->note);
        csv_end(&out);
    }
    fputs(text_get(&out), action->job->out);
}

static void
say_json(const Action *action)
{
    Arena *const arena = action->job->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        json_array_append_new(all,
            json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o}", "claim", (json_int_t)claim->number,
                "reference", claim->reference, "ground", claim_ground_name(claim->ground),
                "state_before", claim_state_name(claim->state), "state", after(action), "actor",
                json_of_text(arena, action->pen.actor), "note", json_of_text(arena, action->note)));
    }
    screen_json(action->job, all);
}

static void
say(const Action *action)
{
    if (action->job->format == FORMAT_JSON)
        say_json(action);
    else if (action->job->format == FORMAT_CSV)
        say_csv(action);
    else
        say_text(action);
}

static bool
apply(Action *action, bool (*may)(const LedgerClaim *, Err *), Err *err)
{
    for (size_t i = 0; i < action->count; i++)
        if (!may(&action->items[i], err))
            return false;
    return action->job->dry_run ||
           (action->to == 0 ? write_approvals(action, err) : write_moves(action, err));
}

// All of them change, or none.
static bool
act(Job *job, ClaimState to, const char *words, bool (*may)(const LedgerClaim *, Err *), Err *err)
{
    Action action = {.job = job, .to = to};
    const char *actor;

    if (!actor_read(job, &actor, err) || !actor_words(job, words, to != 0, &action.note, err))
        return false;
    action.pen = (ClaimPen){.as_of = job->as_of, .recorded_at = clock_now(), .actor = actor};
    action.db = run_connect(job, job->arena, err);
    if (action.db == NULL || !db_begin(action.db, err))
        return false;

    const bool done = take(&action, err) && apply(&action, may, err) &&
                      (job->dry_run || db_commit(action.db, err));

    if (!done || job->dry_run)
        db_rollback(action.db);
    if (done)
        say(&action);
    return done;
}

static bool
approve(Job *job, Err *err)
{
    return act(job, 0, "note", may_approve, err);
}

static bool
withdraw(Job *job, Err *err)
{
    return act(job, CLAIM_VOIDED, "reason", may_withdraw, err);
}

const ClaimsAction claims_action_approve = {
    .name = "approve",
    .run = approve,
    .options = (const char *const[]){"note", "actor", NULL},
    .words_min = 1,
    .words_max = SIZE_MAX,
    .wanted = "the number of a claim",
};

const ClaimsAction claims_action_withdraw = {
    .name = "withdraw",
    .run = withdraw,
    .options = (const char *const[]){"reason", "actor", NULL},
    .words_min = 1,
    .words_max = SIZE_MAX,
    .wanted = "the number of a claim",
};
