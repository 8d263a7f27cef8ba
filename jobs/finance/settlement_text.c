#include "jobs/finance/settlement_file.h"

#include "core/csv.h"
#include "jobs/frame/screen.h"

#include <inttypes.h>
#include <string.h>

#define SHA_SHOWN 12

char *
settlement_line_name(Arena *arena, const char *file_sha256, int64_t line)
{
    return arena_printf(arena, "%.*s:%" PRId64, SHA_SHOWN, file_sha256, line);
}

static const char *
amount_words(Arena *arena, const SettlementLine *line)
{
    if (money_is_known(line->amount))
        return money_print(arena, line->amount);
    return text_is_empty(line->amount_text) ? "no amount" : line->amount_text;
}

// "VG-000012: submitted -> credited -> reconciled, 27.60 EUR of 27.60 EUR".
static void
say_booked(Job *job, const SettlementFile *file, const SettlementAnswer *answer)
{
    const SettlementClaim *const claim = &file->claims[answer->claim];
    const Money due = settlement_due(claim);

    fprintf(job->out, "  %s: %s", claim->reference, claim_state_name(answer->from));
    for (size_t i = 0; i < answer->path_count; i++)
        fprintf(job->out, " -> %s", claim_state_name(answer->path[i]));
    if (money_is_known(answer->credited) && money_is_known(due))
        fprintf(job->out, ", %s of %s", money_print(job->arena, answer->credited),
            money_print(job->arena, due));
    fputs("\n", job->out);
}

static void
say_line(Job *job, const SettlementFile *file, size_t index)
{
    const SettlementLine *const line = &file->lines.items[index];
    const SettlementAnswer *const answer = &file->answers[index];

    if (answer->state == SETTLEMENT_MATCHED)
        say_booked(job, file, answer);
    else if (answer->state != 0)
        fprintf(job->out, "  %s, %s: %s, %s\n",
            settlement_line_name(job->arena, file->sha256, line->line),
            amount_words(job->arena, line), settlement_state_name(answer->state), answer->why);
}

// The sums of what was booked, one for each currency: "41.20 EUR, 10.00 GBP".
static const char *
total_words(Arena *arena, const SettlementFile *file)
{
    Money totals[SETTLEMENT_COUNT] = {{0}};  // more currencies than that are summed by nobody
    Text out = {.arena = arena};
    size_t count = 0;

    for (size_t i = 0; i < file->lines.count; i++) {
        const Money amount = file->lines.items[i].amount;
        size_t at = 0;
        Err ignored = {0};

        if (file->answers[i].state != SETTLEMENT_MATCHED || !money_is_known(amount))
            continue;
        while (at < count && strcmp(totals[at].currency, amount.currency) != 0)
            at++;
        if (at < SETTLEMENT_COUNT && money_add(totals[at], amount, &totals[at], &ignored))
            count = at == count ? count + 1 : count;
    }
    for (size_t i = 0; i < count; i++)
        text_add_format(&out, "%s%s", i > 0 ? ", " : ": ", money_print(arena, totals[i]));
    return text_get(&out);
}

static void
say_counts(Job *job, const SettlementFile *file)
{
    fprintf(job->out, "%s: %zu line%s", file->name, file->lines.count,
        file->lines.count == 1 ? "" : "s");
    if (file->before > 0)
        fprintf(job->out, ", %" PRId64 " booked before", file->before);
    for (int i = SETTLEMENT_MATCHED; i < SETTLEMENT_COUNT; i++)
        if (file->counts[i] > 0)
            fprintf(job->out, ", %" PRId64 " %s", file->counts[i],
                settlement_state_name((SettlementState)i));
    fprintf(job->out, "%s%s\n", total_words(job->arena, file),
        job->dry_run ? " (dry run: nothing was written)" : "");
}

static const char *
claim_of(const SettlementFile *file, const SettlementAnswer *answer)
{
    const bool known = answer->state == SETTLEMENT_MATCHED || answer->state == SETTLEMENT_REPEATED;

    return known ? file->claims[answer->claim].reference : "";
}

static const char *
state_words(const SettlementAnswer *answer)
{
    return answer->state == 0 ? "booked_before" : settlement_state_name(answer->state);
}

static void
csv_line(Text *out, const SettlementFile *file, size_t index)
{
    const SettlementLine *const line = &file->lines.items[index];
    const SettlementAnswer *const answer = &file->answers[index];

    csv_add_outside(out, file->name);
    csv_add(out, settlement_line_name(out->arena, file->sha256, line->line));
    csv_add(out, state_words(answer));
    csv_add(out, claim_of(file, answer));
    csv_add_outside(out, line->reference);
    csv_add_outside(out, line->tracking_number);
    csv_add_outside(out, line->credit_note);
    csv_add_amount(out, line->amount);
    csv_add(out, line->amount.currency);
    csv_add_outside(out, line->reason);
    csv_add_outside(out, answer->why);
    csv_end(out);
}

static void
say_csv(Job *job, const SettlementFile *files, size_t count)
{
    Text out = {.arena = job->arena};

    text_add(&out, "file,line,state,claim,claim_reference,tracking_number,credit_note,amount,"
                   "currency,reason,why\n");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < files[i].lines.count; k++)
            csv_line(&out, &files[i], k);
    fputs(text_get(&out), job->out);
}

static json_t *
json_line(Arena *arena, const SettlementFile *file, size_t index)
{
    const SettlementLine *const line = &file->lines.items[index];
    const SettlementAnswer *const answer = &file->answers[index];

    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "line",
        settlement_line_name(arena, file->sha256, line->line), "state", state_words(answer),
        "claim", json_of_text(arena, claim_of(file, answer)), "claim_reference",
        json_of_text(arena, line->reference), "tracking_number",
        json_of_text(arena, line->tracking_number), "credit_note",
        json_of_text(arena, line->credit_note), "amount", json_of_money(arena, line->amount),
        "reason", json_of_text(arena, line->reason), "why",
        json_of_text(arena, answer->why ? answer->why : ""));
}

static void
say_json(Job *job, const SettlementFile *files, size_t count)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *const lines = json_array();

        for (size_t k = 0; k < files[i].lines.count; k++)
            json_array_append_new(lines, json_line(job->arena, &files[i], k));
        json_array_append_new(all, json_pack("{s:s, s:s, s:o}", "file", files[i].name, "sha256",
                                       files[i].sha256, "lines", lines));
    }
    screen_json(job, all);
}

void
settlement_say(Job *job, const SettlementFile *files, size_t count)
{
    if (job->format == FORMAT_JSON) {
        say_json(job, files, count);
        return;
    }
    if (job->format == FORMAT_CSV) {
        say_csv(job, files, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        say_counts(job, &files[i]);
        for (size_t k = 0; k < files[i].lines.count; k++)
            say_line(job, &files[i], k);
    }
}
