/*
 * claims approve and withdraw. People act without the night's lock: their claims are held from the moment they are read until
 * the change is written, and the night moves only what is still as it read it.
 */
#include "core/claim_words.h"
#include "core/clock.h"
#include "core/csv.h"
#include "jobs/finance/claims.h"
#include "jobs/people/actor.h"
#include "jobs/run/run.h"

#include <string.h>

typedef struct Action Action;

// One thing that people do with claims.
typedef struct Deed
{
    const char *words;  // the option that says why or what
    bool wanted;        // it must be given
    const char *after;  // what the claims are then
    bool (*may)(const LedgerClaim *item, Err *err);
    bool (*write)(Action *action, Err *err);
} Deed;

struct Action
{
    Job *job;
    const Deed *deed;
    Db *db;
    ClaimPen pen;
    const char *note;
    LedgerClaim *items;  // as they were before, each once
    size_t count;
};

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

static bool
may_tell(const LedgerClaim *item, Err *err)
{
    return (item->claim.state == CLAIM_VOIDED && item->withdrawal.as_of != INSTANT_NONE) ||
           err_set(err, ERR_CONFIG,
               "the carrier needs not be told of claim %s: it was not filed and withdrawn",
               item->claim.reference);
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
write_withdrawals(Action *action, Err *err)
{
    ClaimMove *const moves = ARENA_ARRAY(action->job->arena, ClaimMove, action->count);

    for (size_t i = 0; i < action->count; i++)
        moves[i] = (ClaimMove){
            key_of(&action->items[i]), action->items[i].claim.state, CLAIM_VOIDED, action->note};
    return claims_move(action->db, &action->pen, moves, action->count, NULL, err);
}

// Saying so again changes nothing.
static bool
write_told(Action *action, Err *err)
{
    Arena *const arena = action->job->arena;
    ClaimKey *const keys = ARENA_ARRAY(arena, ClaimKey, action->count);
    ClaimRemark *const remarks = ARENA_ARRAY(arena, ClaimRemark, action->count);
    size_t count = 0;

    for (size_t i = 0; i < action->count; i++) {
        const ClaimWithdrawal *const withdrawal = &action->items[i].withdrawal;

        if (withdrawal->told_as_of != INSTANT_NONE)
            continue;
        keys[count] = key_of(&action->items[i]);
        remarks[count] = (ClaimRemark){
            keys[count], "told", instant_print(arena, withdrawal->as_of), action->note};
        count++;
    }
    return count == 0 || (claims_told(action->db, &action->pen, keys, count, err) &&
                             claims_remark(action->db, &action->pen, remarks, count, err));
}

static void
say_text(const Job *job, const void *what)
{
    const Action *const action = what;

    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        fprintf(job->out, "claim %s (%s, %s, %s): %s -> %s%s\n", claim->reference,
            text_clean(job->arena, claim->tracking_number),
            words_claim_ground(LANGUAGE_ENGLISH, claim->ground),
            words_money(job->arena, LANGUAGE_ENGLISH, claim->payable),
            claim_state_name(claim->state), action->deed->after,
            job->dry_run ? " (dry run: nothing was written)" : "");
    }
}

static void
say_csv(const Job *job, const void *what)
{
    const Action *const action = what;
    static const char *const header[] = {
        "claim", "reference", "ground", "state_before", "state", "actor", "note", NULL};
    Text out = {.arena = job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        csv_of_int(&out, claim->number);
        csv_add(&out, claim->reference);
        csv_add(&out, claim_ground_name(claim->ground));
        csv_add(&out, claim_state_name(claim->state));
        csv_add(&out, action->deed->after);
        csv_add_outside(&out, action->pen.actor);
        csv_add_outside(&out, action->note);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static void
say_json(const Job *job, const void *what)
{
    const Action *const action = what;
    Arena *const arena = job->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < action->count; i++) {
        const Claim *const claim = &action->items[i].claim;

        json_array_append_new(all,
            json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o}", "claim", (json_int_t)claim->number,
                "reference", claim->reference, "ground", claim_ground_name(claim->ground),
                "state_before", claim_state_name(claim->state), "state", action->deed->after,
                "actor", json_of_text(arena, action->pen.actor), "note",
                json_of_text(arena, action->note)));
    }
    screen_json(job, all);
}

static const ScreenForms forms = {say_text, say_csv, say_json};

// All of them change, or none.
static bool
change(void *context, Db *db, Err *err)
{
    Action *const action = context;

    action->db = db;
    if (!take(action, err))
        return false;
    for (size_t i = 0; i < action->count; i++)
        if (!action->deed->may(&action->items[i], err))
            return false;
    return action->job->dry_run || action->deed->write(action, err);
}

static bool
act(Job *job, const Deed *deed, Err *err)
{
    Action action = {.job = job, .deed = deed};
    const char *actor;

    if (!actor_read(job, &actor, err) ||
        !actor_words(job, deed->words, deed->wanted, &action.note, err))
        return false;
    action.pen = (ClaimPen){.as_of = job->as_of, .recorded_at = clock_now(), .actor = actor};
    if (!actor_change(job, change, &action, err))
        return false;
    screen_say(job, &forms, &action);
    return true;
}

static bool
approve(Job *job, Err *err)
{
    static const Deed deed = {
        .words = "note", .after = "approved", .may = may_approve, .write = write_approvals};

    return act(job, &deed, err);
}

static bool
withdraw(Job *job, Err *err)
{
    static const Deed void_them = {.words = "reason",
        .wanted = true,
        .after = "voided",
        .may = may_withdraw,
        .write = write_withdrawals};
    static const Deed tell = {.words = "reason",
        .after = "voided, and the carrier was told",
        .may = may_tell,
        .write = write_told};

    return act(job, job_option(job, "sent") ? &tell : &void_them, err);
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
    .options = (const char *const[]){"reason", "sent", "actor", NULL},
    .words_min = 1,
    .words_max = SIZE_MAX,
    .wanted = "the number of a claim",
};
