/*
 * A claim as data.
 */
#include "core/claim_words.h"
#include "jobs/finance/claims.h"

static void
set_text(json_t *json, const char *name, Arena *arena, const char *text)
{
    json_object_set_new(json, name, json_of_text(arena, text));
}

static void
set_day(json_t *json, const char *name, Arena *arena, Day day)
{
    json_object_set_new(json, name, json_of_day(arena, day));
}

static void
set_money(json_t *json, const char *name, Arena *arena, Money money)
{
    json_object_set_new(json, name, json_of_money(arena, money));
}

static void
set_dates(json_t *json, Arena *arena, const Claim *claim)
{
    set_day(json, "act_by", arena, claim->act_by);
    set_day(json, "enquiry_by", arena, claim->enquiry_by);
    set_text(json, "enquiry_clause", arena, claim->enquiry_clause);
    set_day(json, "opens_on", arena, claim->opens_on);
    set_text(json, "opening_clause", arena, claim->opening_clause);
    set_day(json, "claim_deadline", arena, claim->claim_deadline);
    set_text(json, "deadline_clause", arena, claim->deadline_clause);
    set_day(json, "barred_after", arena, claim->barred_after);
    set_text(json, "bar_clause", arena, claim->bar_clause);
    set_text(json, "caution", arena, claim->caution);
}

json_t *
claims_json(const Job *job, const LedgerClaim *item)
{
    Arena *const arena = job->arena;
    const Claim *const claim = &item->claim;
    json_t *const json = json_object();

    json_object_set_new(json, "claim", json_integer(claim->number));
    set_text(json, "reference", arena, claim->reference);
    json_object_set_new(json, "state", json_string(claim_state_name(claim->state)));
    json_object_set_new(json, "ground", json_string(claim_ground_name(claim->ground)));
    set_text(json, "shipment_id", arena, claim->shipment_id);
    set_text(json, "tracking_number", arena, claim->tracking_number);
    set_text(json, "carrier", arena, claim->carrier);
    set_dates(json, arena, claim);
    set_money(json, "value", arena, claim->value);
    set_money(json, "payable", arena, claim->payable);
    set_money(json, "claimed", arena, claim->claimed);
    set_money(json, "granted", arena, claim->granted);
    set_money(json, "credited", arena, claim->credited);
    set_text(json, "missing", arena, claim->missing);
    set_text(json, "terms", arena, claim->terms);
    set_text(json, "clause", arena, claim->clause);
    json_object_set_new(json, "opened_as_of", json_of_instant(arena, claim->opened_as_of));
    json_object_set_new(json, "drafted_as_of", json_of_instant(arena, item->drafted_as_of));
    set_text(json, "approved_by", arena, item->approved_by);
    json_object_set_new(json, "approved_as_of", json_of_instant(arena, item->approved_as_of));
    json_object_set_new(json, "found_as_of", json_of_instant(arena, item->found_as_of));
    set_text(json, "found_note", arena, item->found_note);
    json_object_set_new(json, "withdrawn_as_of", json_of_instant(arena, item->withdrawal.as_of));
    json_object_set_new(json, "told_as_of", json_of_instant(arena, item->withdrawal.told_as_of));
    set_text(json, "to_do", arena, claims_task(arena, item));
    return json;
}

json_t *
claims_conditions_json(Arena *arena, const ClaimCondition *items, size_t count)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *const json = json_object();

        set_text(json, "name", arena, items[i].name);
        json_object_set_new(json, "met", json_boolean(items[i].met));
        set_text(json, "words", arena, items[i].words);
        set_text(json, "clause", arena, items[i].clause);
        json_array_append_new(all, json);
    }
    return all;
}

static json_t *
valuation_json(Arena *arena, const Claim *claim)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < claim->line_count; i++) {
        const ValuationLine *const line = &claim->lines[i];
        json_t *const json = json_object();

        json_object_set_new(json, "kind", json_string(claim_liability_name(line->kind)));
        set_text(json, "detail", arena, words_valuation(arena, LANGUAGE_ENGLISH, line));
        set_money(json, "amount", arena, line->amount);
        set_text(json, "clause", arena, line->clause);
        json_object_set_new(json, "decided", json_boolean(line->decided));
        json_array_append_new(all, json);
    }
    return all;
}

static json_t *
enclosures_json(Arena *arena, const Claim *claim)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < claim->enclosure_count; i++) {
        const ClaimEnclosure *const item = &claim->enclosures[i];
        json_t *const json = json_object();

        set_text(json, "name", arena, item->name);
        json_object_set_new(json, "required", json_boolean(item->required));
        json_object_set_new(json, "present", json_boolean(item->present));
        set_text(json, "reference", arena, item->reference);
        set_text(json, "absence", arena, item->absence);
        json_array_append_new(all, json);
    }
    return all;
}

static json_t *
documents_json(const Job *job, const ClaimFile *file)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < file->document_count; i++) {
        const ClaimDocument *const item = &file->documents[i];
        json_t *const json = json_object();

        json_object_set_new(json, "as_of", json_of_instant(job->arena, item->as_of));
        set_text(json, "file", job->arena, item->file_name);
        json_object_set_new(json, "bytes", json_integer(item->size_bytes));
        set_text(json, "sha256", job->arena, item->sha256);
        json_array_append_new(all, json);
    }
    return all;
}

json_t *
claims_history_json(const Job *job, const ClaimFile *file)
{
    Arena *const arena = job->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < file->event_count; i++) {
        const ClaimEvent *const event = &file->history[i];
        json_t *const json = json_object();

        json_object_set_new(json, "as_of", json_of_instant(arena, event->as_of));
        json_object_set_new(json, "recorded_at", json_of_instant(arena, event->recorded_at));
        set_text(json, "event", arena, event->event);
        json_object_set_new(json, "from",
            event->from == 0 ? json_null() : json_string(claim_state_name(event->from)));
        json_object_set_new(
            json, "to", event->to == 0 ? json_null() : json_string(claim_state_name(event->to)));
        set_text(json, "actor", arena, event->actor);
        set_text(json, "note", arena, event->note);
        json_array_append_new(all, json);
    }
    return all;
}

json_t *
claims_file_json(const Job *job, const ClaimFile *file)
{
    Arena *const arena = job->arena;
    const Claim *const claim = &file->dossier.claim;
    json_t *const json = claims_json(job, file->item);

    set_text(json, "service", arena, claim->service);
    set_text(json, "source", arena, claim->source);
    set_text(json, "submit_to", arena, claim->submit_to);
    json_object_set_new(
        json, "conditions", claims_conditions_json(arena, file->conditions, file->condition_count));
    json_object_set_new(json, "valuation", valuation_json(arena, claim));
    json_object_set_new(json, "enclosures", enclosures_json(arena, claim));
    json_object_set_new(json, "documents", documents_json(job, file));
    json_object_set_new(json, "history", claims_history_json(job, file));
    return json;
}
