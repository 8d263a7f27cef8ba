/*
 * What settlements leave for people: lines that nobody booked, and claims that brought less than was due.
 */
#include "core/csv.h"
#include "jobs/finance/settlement_file.h"
#include "jobs/frame/screen.h"

#include <inttypes.h>
#include <string.h>

#define OPEN_MAX 1000000

static void
open_csv(Text *out, const SettlementRecord *record)
{
    const SettlementLine *const line = &record->line;

    csv_add_outside(out, record->file_name);
    csv_add(out, settlement_line_name(out->arena, record->file_sha256, line->line));
    csv_add(out, settlement_state_name(record->state));
    csv_add(out, record->carrier);
    csv_add_outside(out, line->reference);
    csv_add_outside(out, line->tracking_number);
    csv_add_outside(out, line->credit_note);
    csv_add_outside(out, line->amount_text);
    csv_add_day(out, line->day);
    csv_add_outside(out, line->reason);
    csv_add_outside(out, record->why);
    csv_end(out);
}

static json_t *
open_json(Arena *arena, const SettlementRecord *record)
{
    const SettlementLine *const line = &record->line;

    return json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "file",
        json_of_text(arena, record->file_name), "line",
        settlement_line_name(arena, record->file_sha256, line->line), "state",
        settlement_state_name(record->state), "carrier", json_of_text(arena, record->carrier),
        "claim_reference", json_of_text(arena, line->reference), "tracking_number",
        json_of_text(arena, line->tracking_number), "credit_note",
        json_of_text(arena, line->credit_note), "amount", json_of_money(arena, line->amount),
        "date", json_of_day(arena, line->day), "reason", json_of_text(arena, line->reason), "why",
        json_of_text(arena, record->why));
}

static void
open_text(Job *job, const SettlementRecord *record)
{
    const SettlementLine *const line = &record->line;

    fprintf(job->out, "%s  %s, line %" PRId64 ": %s\n",
        settlement_line_name(job->arena, record->file_sha256, line->line), record->file_name,
        line->line, settlement_state_name(record->state));
    fprintf(job->out, "    %s%s%s%s%s%s%s\n",
        money_is_known(line->amount)       ? money_print(job->arena, line->amount)
        : text_is_empty(line->amount_text) ? "no amount"
                                           : line->amount_text,
        *line->reference ? ", claim " : "", line->reference,
        *line->tracking_number ? ", parcel " : "", line->tracking_number,
        *line->credit_note ? ", credit note " : "", line->credit_note);
    fprintf(job->out, "    %s\n", record->why);
}

bool
settlement_list_open(Job *job, Db *db, const char *carrier, Err *err)
{
    const SettlementRecord *records;
    json_t *const all = job->format == FORMAT_JSON ? json_array() : NULL;
    Text csv = {.arena = job->arena};
    size_t count;

    if (!settlements_open(db, job->arena, carrier, OPEN_MAX, &records, &count, err)) {
        json_decref(all);
        return false;
    }
    text_add(&csv, "file,line,state,carrier,claim_reference,tracking_number,credit_note,amount,"
                   "date,reason,why\n");
    for (size_t i = 0; i < count; i++)
        if (all)
            json_array_append_new(all, open_json(job->arena, &records[i]));
        else if (job->format == FORMAT_CSV)
            open_csv(&csv, &records[i]);
        else
            open_text(job, &records[i]);
    if (all)
        screen_json(job, all);
    else if (job->format == FORMAT_CSV)
        fputs(text_get(&csv), job->out);
    else if (count == 0)
        fputs("no line waits for a person\n", job->out);
    return true;
}

static Money
missing(const Underpaid *claim)
{
    Money money = claim->due;

    money.minor -= claim->credited.minor;
    return money;
}

static void
underpaid_csv(Text *out, const Underpaid *claim)
{
    csv_add(out, claim->carrier_slug);
    csv_add(out, claim->reference);
    csv_add_outside(out, claim->tracking_number);
    csv_add(out, claim_state_name(claim->state));
    csv_add_amount(out, claim->due);
    csv_add_amount(out, claim->credited);
    csv_add_amount(out, missing(claim));
    csv_add(out, claim->due.currency);
    csv_end(out);
}

static json_t *
underpaid_json(Arena *arena, const Underpaid *claim)
{
    return json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o}", "carrier", claim->carrier_slug, "claim",
        claim->reference, "tracking_number", json_of_text(arena, claim->tracking_number), "state",
        claim_state_name(claim->state), "due", json_of_money(arena, claim->due), "credited",
        json_of_money(arena, claim->credited), "missing", json_of_money(arena, missing(claim)));
}

static bool
same_group(const Underpaid *a, const Underpaid *b)
{
    return strcmp(a->carrier_slug, b->carrier_slug) == 0 &&
           strcmp(a->due.currency, b->due.currency) == 0;
}

// One carrier and currency, with its sums; returns how many claims it has.
static size_t
say_group(Job *job, const Underpaid *claims, size_t count)
{
    Arena *const arena = job->arena;
    Money due = MONEY_NONE, credited = MONEY_NONE, lacking = MONEY_NONE;
    size_t size = 0;
    Err ignored = {0};

    for (; size < count && same_group(&claims[0], &claims[size]); size++) {
        money_add(due, claims[size].due, &due, &ignored);
        money_add(credited, claims[size].credited, &credited, &ignored);
        money_add(lacking, missing(&claims[size]), &lacking, &ignored);
    }
    fprintf(job->out, "%s: %zu claim%s, %s credited of %s, %s missing\n", claims->carrier_slug,
        size, size == 1 ? "" : "s", money_print(arena, credited), money_print(arena, due),
        money_print(arena, lacking));
    for (size_t i = 0; i < size; i++)
        fprintf(job->out, "  %s %s: %s of %s, %s missing (%s)\n", claims[i].reference,
            text_clean(arena, claims[i].tracking_number), money_amount(arena, claims[i].credited),
            money_print(arena, claims[i].due), money_print(arena, missing(&claims[i])),
            claim_state_name(claims[i].state));
    return size;
}

static void
say_underpaid(Job *job, const Underpaid *claims, size_t count)
{
    if (count == 0)
        fputs("no claim is underpaid\n", job->out);
    for (size_t i = 0; i < count;)
        i += say_group(job, claims + i, count - i);
}

bool
settlement_list_underpaid(Job *job, Db *db, const char *carrier, Err *err)
{
    const Underpaid *claims;
    size_t count;

    if (!settlements_underpaid(db, job->arena, carrier, &claims, &count, err))
        return false;
    if (job->format == FORMAT_TEXT) {
        say_underpaid(job, claims, count);
    } else if (job->format == FORMAT_CSV) {
        Text out = {.arena = job->arena};

        text_add(&out, "carrier,claim,tracking_number,state,due,credited,missing,currency\n");
        for (size_t i = 0; i < count; i++)
            underpaid_csv(&out, &claims[i]);
        fputs(text_get(&out), job->out);
    } else {
        json_t *const all = json_array();

        for (size_t i = 0; i < count; i++)
            json_array_append_new(all, underpaid_json(job->arena, &claims[i]));
        screen_json(job, all);
    }
    return true;
}
