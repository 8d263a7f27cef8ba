/*
 * A claim for people: what it rests on, until when, for how much, with what, and what became of it.
 */
#include "core/claim_words.h"
#include "jobs/finance/claims.h"

#include <inttypes.h>
#include <string.h>

static const char *
money_text(Arena *arena, Money money)
{
    return money_is_known(money) ? words_money(arena, LANGUAGE_ENGLISH, money) : "";
}

static const char *
at_text(const Job *job, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(job->arena, job->zone, at);
}

static const char *
withdrawal_text(const Job *job, const LedgerClaim *item)
{
    const ClaimWithdrawal *const withdrawal = &item->withdrawal;

    if (withdrawal->as_of == INSTANT_NONE || item->claim.state != CLAIM_VOIDED)
        return "";
    return withdrawal->told_as_of == INSTANT_NONE
               ? arena_printf(job->arena, "%s; the carrier was not told yet",
                     at_text(job, withdrawal->as_of))
               : arena_printf(job->arena, "%s; the carrier was told by %s",
                     at_text(job, withdrawal->as_of), at_text(job, withdrawal->told_as_of));
}

static void
facts_text(const Job *job, const ClaimFile *file, Text *out, size_t columns)
{
    Arena *const arena = job->arena;
    const Claim *const claim = &file->dossier.claim;
    const bool served = !text_is_empty(claim->service);

    screen_line(out, columns, "to do", claims_task(arena, file->item));
    screen_line(out, columns, "parcel",
        arena_printf(arena, "%s (shipment %s)", claim->tracking_number, claim->shipment_id));
    screen_line(out, columns, "carrier",
        arena_printf(arena, "%s%s%s", claim->carrier, served ? " / " : "", claim->service));
    if (!text_is_empty(claim->origin))
        screen_line(out, columns, "lane",
            arena_printf(arena, "%s > %s", claim->origin, claim->destination));
    screen_line(out, columns, "accepted", at_text(job, claim->accepted_at));
    screen_line(out, columns, "promised by", at_text(job, claim->promised_at));
    screen_line(out, columns, "last scan",
        claim->last_scan_at == INSTANT_NONE
            ? ""
            : arena_printf(arena, "%s, %s", claim->last_scan, at_text(job, claim->last_scan_at)));
    screen_line(out, columns, "weight",
        claim->weight_grams > 0 ? arena_printf(arena, "%" PRId64 " g", claim->weight_grams) : "");
    screen_line(out, columns, "value", money_text(arena, claim->value));
    screen_line(out, columns, "terms", arena_printf(arena, "%s, %s", claim->terms, claim->clause));
    screen_line(out, columns, "source", claim->source);
    screen_line(out, columns, "submit to", claim->submit_to);
    screen_line(out, columns, "missing", claim->missing);
    if (file->item->approved_as_of != INSTANT_NONE)
        screen_line(out, columns, "approved",
            arena_printf(arena, "by %s, %s", file->item->approved_by,
                at_text(job, file->item->approved_as_of)));
    screen_line(out, columns, "found", file->item->found_note);
    screen_line(out, columns, "withdrawn", withdrawal_text(job, file->item));
}

void
claims_conditions_text(const Job *job, const ClaimCondition *items, size_t count, Text *out)
{
    for (size_t i = 0; i < count; i++) {
        const bool cited = !text_is_empty(items[i].clause);

        text_add(out, items[i].met ? "  + " : "  - ");
        screen_wrap(out, screen_columns(job), 4, 4,
            arena_printf(job->arena, "%s%s%s%s", items[i].words, cited ? " (" : "", items[i].clause,
                cited ? ")" : ""));
    }
}

static void
date_text(const Job *job, Text *out, size_t columns, const char *label, Day day, const char *clause)
{
    if (day != DAY_NONE)
        screen_line(out, columns, label,
            text_is_empty(clause)
                ? claims_day(job, day)
                : arena_printf(job->arena, "%s (%s)", claims_day(job, day), clause));
}

static void
dates_text(const Job *job, const Claim *claim, Text *out, size_t columns)
{
    text_add(out, "Dates\n");
    date_text(job, out, columns, "act by", claim->act_by, "");
    date_text(job, out, columns, "enquire by", claim->enquiry_by, claim->enquiry_clause);
    date_text(job, out, columns, "opens on", claim->opens_on, claim->opening_clause);
    date_text(job, out, columns, "deadline", claim->claim_deadline, claim->deadline_clause);
    date_text(job, out, columns, "right ends", claim->barred_after, claim->bar_clause);
    screen_line(out, columns, "as written in", claim->bar_source);
    screen_line(out, columns, "heed", claim->caution);
}

// The line that decided is marked.
static void
valuation_text(const Job *job, const Claim *claim, Text *out, size_t columns)
{
    Arena *const arena = job->arena;

    text_add(out, "Amount\n");
    for (size_t i = 0; i < claim->line_count; i++) {
        const ValuationLine *const line = &claim->lines[i];

        text_add(out, line->decided ? "  > " : "    ");
        screen_wrap(out, columns, 4, 6,
            arena_printf(arena, "%s: %s = %s (%s)", words_liability(LANGUAGE_ENGLISH, line->kind),
                words_valuation(arena, LANGUAGE_ENGLISH, line),
                words_money(arena, LANGUAGE_ENGLISH, line->amount), line->clause));
    }
    screen_line(out, columns, "payable",
        money_is_known(claim->payable) ? money_text(arena, claim->payable) : "not known yet");
    screen_line(out, columns, "claimed", money_text(arena, claim->claimed));
    screen_line(out, columns, "granted", money_text(arena, claim->granted));
    screen_line(out, columns, "credited", money_text(arena, claim->credited));
}

static void
enclosures_text(const Claim *claim, Text *out, size_t columns)
{
    if (claim->enclosure_count > 0)
        text_add(out, "Enclosures\n");
    for (size_t i = 0; i < claim->enclosure_count; i++) {
        const ClaimEnclosure *const item = &claim->enclosures[i];

        text_add(out, item->present ? "  + " : "  - ");
        screen_wrap(out, columns, 4, 6,
            arena_printf(out->arena, "%s%s: %s", item->name, item->required ? "" : " (if you can)",
                item->present ? item->reference : item->absence));
    }
}

static void
documents_text(const Job *job, const ClaimFile *file, Text *out)
{
    if (file->document_count > 0)
        text_add(out, "Papers\n");
    for (size_t i = 0; i < file->document_count; i++) {
        const ClaimDocument *const item = &file->documents[i];

        text_add_format(out, "  %s  %s  %" PRId64 " bytes  %.16s\n",
            day_print(job->arena, zone_day(job->zone, item->as_of)), item->file_name,
            item->size_bytes, item->sha256);
    }
}

static const char *
event_text(Arena *arena, const ClaimEvent *event)
{
    if (event->to == 0)
        return event->event;
    return event->from == 0 ? claim_state_name(event->to)
                            : arena_printf(arena, "%s -> %s", claim_state_name(event->from),
                                  claim_state_name(event->to));
}

void
claims_history_text(const Job *job, const ClaimFile *file, Text *out)
{
    Arena *const arena = job->arena;

    for (size_t i = 0; i < file->event_count; i++) {
        const ClaimEvent *const event = &file->history[i];
        const char *const when = zone_print(arena, job->zone, event->as_of);
        const bool noted = !text_is_empty(event->note);

        text_add_format(out, "  %s  ", when);
        screen_wrap(out, screen_columns(job), 4 + strlen(when), 4 + strlen(when),
            arena_printf(arena, "%s by %s%s%s", event_text(arena, event), event->actor,
                noted ? ": " : "", event->note));
    }
}

void
claims_file_text(const Job *job, const ClaimFile *file, Text *out)
{
    const Claim *const claim = &file->dossier.claim;
    const size_t columns = screen_columns(job);

    text_add_format(out, "Claim %s: %s, %s\n", claim->reference,
        words_claim_ground(LANGUAGE_ENGLISH, claim->ground),
        words_claim_state(LANGUAGE_ENGLISH, claim->state));
    facts_text(job, file, out, columns);
    text_add(out, "Conditions\n");
    claims_conditions_text(job, file->conditions, file->condition_count, out);
    dates_text(job, claim, out, columns);
    valuation_text(job, claim, out, columns);
    enclosures_text(claim, out, columns);
    documents_text(job, file, out);
    text_add(out, "History\n");
    claims_history_text(job, file, out);
}
