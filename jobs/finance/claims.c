/*
 * claims: what people do with claims. The actions stand in one table; each has a file of its own.
 */
#include "jobs/finance/claims.h"

#include "claims/settlement/settlement.h"
#include "core/words.h"
#include "jobs/claim/ledger.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_claims;

#define WORDS_MAX 1000

// In the order of command_claims.actions.
static const ClaimsAction *const actions[] = {
    &claims_action_list,
    &claims_action_show,
    &claims_action_open,
    &claims_action_approve,
    &claims_action_withdraw,
    &claims_action_export,
    &claims_action_verify,
    &claims_action_history,
    &claims_action_submit,
    &claims_action_settle,
};

bool
claims_number(const char *word, int64_t *out, Err *err)
{
    int64_t number = settlement_reference_number(word);

    if (number == 0 && (!text_parse_int(word, &number) || number < 1))
        return err_set(err, ERR_CONFIG, "\"%.40s\" is no number of a claim", word);
    *out = number;
    return true;
}

static const char *
word_text(const Job *job, const char *word)
{
    return text_clean(job->arena, word);
}

static bool
pick(const Job *job, const char *const *words, size_t word, const ClaimMatch *matches, size_t count,
    LedgerClaim *out, Err *err)
{
    const ClaimMatch *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (matches[i].word != word)
            continue;
        if (found != NULL)
            return err_set(err, ERR_CONFIG,
                "tracking number \"%s\" has several claims: name one of them by its number (%s, "
                "%s)",
                word_text(job, words[word]), found->item.claim.reference,
                matches[i].item.claim.reference);
        found = &matches[i];
    }
    if (found == NULL)
        return err_set(err, ERR_CONFIG,
            "there is no claim with the number or tracking number \"%s\"",
            word_text(job, words[word]));
    *out = found->item;
    return true;
}

bool
claims_of_words(
    Job *job, Db *db, const char *const *words, size_t count, const LedgerClaim **out, Err *err)
{
    LedgerClaim *const picked = ARENA_ARRAY(job->arena, LedgerClaim, count);
    const ClaimMatch *matches;
    size_t match_count;

    for (size_t i = 0; i < count; i++)
        if (!text_is_utf8(words[i], strlen(words[i])))
            return err_set(err, ERR_CONFIG, "\"%s\" is not valid UTF-8", word_text(job, words[i]));
    if (!claims_find(db, job->arena, words, count, job->day, &matches, &match_count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!pick(job, words, i, matches, match_count, &picked[i], err))
            return false;
    *out = picked;
    return true;
}

const char *
claims_day(const Job *job, Day day)
{
    const int64_t left = (int64_t)day - job->day;
    const char *const days = left == 1 || left == -1 ? "day" : "days";

    if (day == DAY_NONE)
        return "";
    if (left == 0)
        return arena_printf(job->arena, "%s, today", day_print(job->arena, day));
    return left > 0 ? arena_printf(job->arena, "%s, in %" PRId64 " %s", day_print(job->arena, day),
                          left, days)
                    : arena_printf(job->arena, "%s, %" PRId64 " %s ago", day_print(job->arena, day),
                          -left, days);
}

static const char *
draft_task(Arena *arena, const Claim *claim)
{
    if (!text_is_empty(claim->missing))
        return arena_printf(arena, "missing: %s", claim->missing);
    if (claim->opens_on != DAY_NONE)
        return arena_printf(arena, "wait until %s", day_print(arena, claim->opens_on));
    return "";
}

// "send VG-000012-withdrawal.pdf to the carrier"
static const char *
withdrawal_task(Arena *arena, const LedgerClaim *item)
{
    const Money credited = item->claim.credited;

    if (item->withdrawal.as_of == INSTANT_NONE || item->withdrawal.told_as_of != INSTANT_NONE)
        return "";
    if (money_is_known(credited) && credited.minor > 0)
        return arena_printf(arena, "give back %s: send %s-withdrawal.pdf to the carrier",
            words_money(arena, LANGUAGE_ENGLISH, credited), item->claim.reference);
    return arena_printf(arena, "send %s-withdrawal.pdf to the carrier", item->claim.reference);
}

const char *
claims_task(Arena *arena, const LedgerClaim *item)
{
    const Claim *const claim = &item->claim;

    if (item->found_as_of != INSTANT_NONE && claim->state != CLAIM_VOIDED &&
        claim->state != CLAIM_CLOSED)
        return arena_printf(
            arena, "withdraw, or wait until it arrives: seen again (%s)", item->found_note);
    switch (claim->state) {
    case CLAIM_ENQUIRY:
        return arena_printf(arena, "enquire by %s", day_print(arena, claim->enquiry_by));
    case CLAIM_DRAFT:
        return draft_task(arena, claim);
    case CLAIM_READY:
        return item->approved_as_of == INSTANT_NONE ? "approve" : "submit";
    case CLAIM_DOCUMENTS_REQUESTED:
        return "send what the carrier asks for";
    case CLAIM_REFUSED:
        return "accept or dispute";
    case CLAIM_VOIDED:
        return withdrawal_task(arena, item);
    default:
        return "";
    }
}

bool
claims_file(Job *job, Db *db, const LedgerClaim *item, ClaimFile *out, Err *err)
{
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};

    *out = (ClaimFile){.item = item};
    return ledger_dossier(job->arena, item, &out->dossier, err) &&
           claims_conditions(db, job->arena, key, &out->conditions, &out->condition_count, err) &&
           claims_documents(db, job->arena, item->claim.number, INSTANT_NONE, &out->documents,
               &out->document_count, err) &&
           claims_history(db, job->arena, key, &out->history, &out->event_count, err);
}

static bool
takes(const ClaimsAction *action, const char *option)
{
    for (size_t i = 0; action->options[i] != NULL; i++)
        if (strcmp(action->options[i], option) == 0)
            return true;
    return false;
}

static bool
check_usage(const Job *job, const ClaimsAction *action, Err *err)
{
    const size_t words = job->argument_count > 0 ? job->argument_count - 1 : 0;

    for (size_t i = 0; i < job->option_count; i++)
        if (!takes(action, job->options[i].name))
            return err_set(err, ERR_CONFIG, "option \"--%s\" means nothing to \"%s\"",
                job->options[i].name, action->name);
    if (words < action->words_min)
        return err_set(err, ERR_CONFIG, "\"%s\" needs %s", action->name, action->wanted);
    if (words > action->words_max)
        return err_set(err, ERR_CONFIG, "\"%s\" takes no more arguments", action->name);
    return true;
}

static bool
run_claims(Job *job, Err *err)
{
    size_t index = 0;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &index, err))
        return false;
    return check_usage(job, actions[index], err) && actions[index]->run(job, err);
}

static const OptionSpec options[] = {
    {"state", 0, "STATE",
        "list: live (the default), task (somebody must do something), all, or one state"},
    {"ground", 'g', "GROUND",
        "list, open: loss, damage, delay, not_received (what open takes when it is not said) or "
        "unjust_return"},
    {"carrier", 0, "NAME",
        "list, submit: only this carrier; settle: the layout of its files, and only its claims"},
    {"due", 'd', "DAYS", "list: only what somebody must have acted on within so many days"},
    {"limit", 'l', "NUMBER", "list: at most so many (50 by default)"},
    {"reason", 'r', "TEXT", "withdraw: why; kept for ever"},
    {"note", 0, "TEXT", "open, approve: words for the history"},
    {"sent", 0, NULL,
        "submit: these claims arrived, or a person filed them: send nothing; withdraw: the carrier "
        "was told"},
    {"again", 0, NULL, "submit: send these claims again although an attempt waits for a person"},
    {"input", 0, "FORMAT",
        "settle: csv or ubl; by default ubl for names that end in .xml, csv for others"},
    {"list", 0, "WHAT", "settle: print open (lines that wait for a person) or underpaid (claims)"},
    {"amount", 0, "AMOUNT", "settle: what the carrier credited on the claim"},
    {"currency", 0, "CODE", "settle: of the amount; the setting \"currency\" by default"},
    {"credit-note", 0, "NUMBER", "settle: the carrier's document that credits"},
    {"date", 0, "DATE", "settle: of the credit"},
    {"refused", 0, "REASON", "settle: why the claim was refused, or beside an amount, cut"},
    {"line", 0, "FILE:LINE", "settle: book a kept line on the claim, as --list open names it"},
    {"to", 't', "FOLDER", "export: where the papers go"},
    {"actor", 0, "NAME", "who acts; your login name by default"},
    {0},
};

const Command command_claims = {
    .name = "claims",
    .summary = "list and show claims, approve, withdraw, submit, settle, verify",
    .usage = "[ACTION] [NUMBER|FILE]...",
    .description =
        "ACTION is list (the default), which shows what expires first, then what brings most; show "
        "prints a claim with its conditions, dates, amounts, enclosures, papers and history, or "
        "why "
        "a parcel cannot be claimed; open starts one that no night can know of; approve lets "
        "claims "
        "be submitted; withdraw voids them, and once the letter that says so was sent, --sent "
        "takes "
        "them off the list; export writes a claim's papers again; verify holds the "
        "files of a night against their manifest and the ledger; history tells who did what.\n\n"
        "submit sends the claims that a person approved, or whose amount their terms let go, to "
        "their carriers, by folder, mail or POST as the terms say; with numbers, only these. "
        "Nothing is filed twice: what nobody knows waits for a person, who says --sent or "
        "--again. See docs/submission.md.\n\n"
        "settle FILE books a carrier's settlement, a CSV file or a UBL 2.1 CreditNote: lines are "
        "matched by claim reference, then tracking number and amount, then credit-note number. "
        "What is doubtful is kept, listed and changes nothing; the same file again changes "
        "nothing. settle NUMBER books by hand. See docs/settlements.md. The exit code is 3 when a "
        "line waits for a person.\n\n"
        "NUMBER is a claim's number, its reference or its tracking number; several may be given to "
        "approve and withdraw, and either all of them change or none; --dry-run shows what would. "
        "verify takes a date, or a folder, of which it sees the manifest only. --format csv and "
        "json print lists and claims as data.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | WRITES | TAKES_FORMAT,
    .options = options,
    .arguments_max = WORDS_MAX,
    .actions = (const char *const[]){"list", "show", "open", "approve", "withdraw", "export",
        "verify", "history", "submit", "settle", NULL},
    .examples = (const char *const[]){"vigie claims --due 7", "vigie claims show 12",
        "vigie claims show 6A12345678901", "vigie claims open 6A12345678901 --ground not_received",
        "vigie claims approve 12 15 --dry-run",
        "vigie claims withdraw 12 --reason \"the parcel came\"", "vigie claims withdraw 12 --sent",
        "vigie claims export 12 --to /tmp/claim-12", "vigie claims verify 2026-11-20",
        "vigie claims submit --dry-run", "vigie claims submit 12 --sent",
        "vigie claims settle --carrier colissimo avoirs.csv",
        "vigie claims settle 12 --amount 27.60 --currency EUR --credit-note CN-1",
        "vigie claims settle 13 --refused \"delivered to a neighbour\"",
        "vigie claims settle --list underpaid", NULL},
    .run = run_claims,
};
